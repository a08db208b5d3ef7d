import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTown, signerOf, trumpet } from '../desk/testing.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { must } from '../kernel/result.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import { readOutcome, signOutcome, signTicket } from './documents.ts';
import type { OutcomeResult } from './model.ts';
import { wireJson } from './store.ts';
import { cellAround } from './testing.ts';

test('outcomes count once each, are repaired once, and travel with the vendor’s quotes', async () => {
  const town = await openTown('sqlite', 'outcomes');
  const [shop, thief, wanter] = [
    await town.vendor('shop'),
    await town.vendor('thief'),
    await town.vendor('wanter'),
  ];
  await town.done(shop, 'publish-listing', trumpet(town.deps));
  const mine = await signerOf(town, shop);
  const theirs = await signerOf(town, thief);
  const { random } = town.deps;
  const key = signingKey(random.bytes(32));
  const ticketOf = (signer: SigningKey, of = key) =>
    signTicket({ storefront: mine.id, key: toBase64url(of.publicKey) }, signer, random).wire;
  const tell = (ticket: ReturnType<typeof ticketOf>, result: OutcomeResult, signer = key) => {
    const outcome = signOutcome({ storefront: mine.id, result, on: '2027-01-15' }, signer, random).wire;
    return town.tell(wanter, signer.kid, 'outcome', { ticket: wireJson(ticket), outcome: wireJson(outcome) });
  };
  await town.idle();
  const ticket = ticketOf(mine.key);
  assert.equal(
    await tell(ticketOf(theirs.key), 'kept'),
    'record-malformed',
    'the vendor has not signed that ticket',
  );
  assert.equal(await tell(ticket, 'kept', theirs.key), 'record-malformed', 'another key than the ticket’s');
  assert.equal(
    await tell(ticketOf(mine.key, mine.key), 'kept', mine.key),
    'record-malformed',
    'one key for both',
  );
  assert.equal(await tell(ticket, 'late'), undefined);
  assert.equal(await tell(ticket, 'kept'), 'outcome-known');
  assert.equal(
    await tell(ticket, 'late'),
    undefined,
    'the same again, from who does not know that it was said',
  );
  assert.equal(await tell(ticket, 'repaired'), undefined);
  assert.equal(await tell(ticket, 'repaired'), undefined);
  assert.equal(await tell(ticket, 'late'), 'outcome-known');
  const second = signingKey(random.bytes(32));
  assert.equal(await tell(ticketOf(mine.key, second), 'kept', second), undefined);
  const cast = await town.cast(wanter, cellAround());
  await town.idle();
  const standing = cast.quotes[0]?.standing;
  assert.deepEqual({ ...standing, records: 0 }, { kept: 1, late: 0, broken: 0, repaired: 1, records: 0 });
  const results = standing?.records.map(
    (record) => must(readOutcome(record, mine.key.publicKey)).value.result,
  );
  assert.deepEqual(results, ['kept', 'repaired'], 'the newest first, each with both signatures');
  await town.end();
});
