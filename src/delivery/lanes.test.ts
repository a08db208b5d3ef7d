import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDeps } from '../../test/harness/test-deps.ts';
import { ok } from '../kernel/result.ts';
import { insertHeldParty, makeInboxPath } from '../parties/index.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { type Carry, carryInside } from './carry.ts';
import { startCourier } from './courier.ts';
import { carryLocally } from './local.ts';
import type { DeliveryTables, InboxHandler } from './model.ts';
import { send } from './send.ts';
import { ownName } from './speakers.ts';

const deps = await openTestDeps('sqlite', 'lanes');
const { clock, random } = deps;
before(() => {
  const party = { handle: 'dora', name: 'dora', kind: 'person' as const, sample: null, identities: 1 };
  return deps.storage.transact('dora', (tx) => insertHeldParty(tx, deps, party));
});
after(() => deps.close());

const count: InboxHandler<BaseDeps> = {
  type: 'count',
  isSpeaker: ownName,
  receive: async () => ok(undefined),
};

test('after a clock was set back in the midst of a lane nothing overtakes what waits for its time', async () => {
  const order: unknown[] = [];
  const inside = carryLocally(deps, new Map([[count.type, count]]));
  const noting: Carry = async (to, batch) => {
    const bodies = batch.map((octets) => JSON.parse(Buffer.from(octets).toString('utf8')).body);
    order.push(...bodies.flatMap(({ n }) => (n === undefined ? [] : [n])));
    return inside(to, batch);
  };
  await deps.storage.transact('clara', async (tx) => {
    const inbox = makeInboxPath(deps.nodeKey, 'dora', random);
    for (let n = 1; n <= 3; n++)
      await send(tx, deps, {
        to: { host: 'here', inbox },
        as: { name: 'clara', signer: 'one-use/test' },
        type: 'count',
        body: { n },
      });
    // The second was written while the clock was ten minutes ahead.
    await tables<DeliveryTables>(tx)
      .updateTable('outbox')
      .set({ next_at: clock.now() + 600_000 })
      .where('home_id', '=', 'clara')
      .where('position', '=', 2)
      .execute();
    return ok(undefined);
  });
  const courier = startCourier(deps, carryInside(noting));
  await courier.idle();
  assert.deepEqual(order, [1]);
  clock.advance(600_001);
  await courier.idle();
  await courier.stop();
  assert.deepEqual(order, [1, 2, 3]);
});
