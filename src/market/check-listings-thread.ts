import { parentPort } from 'node:worker_threads';
import { verifyingKey } from '../kernel/signing.ts';
import { readListing } from './documents.ts';
import type { Checked, ToCheck } from './listing-checker.ts';

/** The other end of `listingChecker`: reads each listing as one that came in an envelope is read. */
parentPort?.on('message', ({ turn, wires, key }: ToCheck) => {
  const ready = verifyingKey(key);
  const read = wires.map((wire) => readListing(wire, ready));
  const checked: Checked = {
    turn,
    listings: read.map((it) => (it.ok ? { id: it.value.id, value: it.value.value } : it)),
  };
  parentPort?.postMessage(checked);
});
