import { verifyingKey } from '../kernel/signing.ts';
import { readListing } from './documents.ts';
import type { Checked, ToCheck } from './listing-checker.ts';

/** The other end of `listingChecker`: reads each listing as one that came in an envelope is read. */
process.on('message', ({ turn, wires, key }: ToCheck) => {
  const ready = verifyingKey(key);
  const read = wires.map((wire) => readListing(wire, ready));
  const checked: Checked = {
    turn,
    listings: read.map((it) => (it.ok ? { id: it.value.id, value: it.value.value } : it)),
  };
  process.send?.(checked);
});
