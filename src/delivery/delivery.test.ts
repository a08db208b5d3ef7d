import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDeps } from '../../test/harness/test-deps.ts';
import { LIMITS } from '../kernel/limits.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { insertHeldParty, makeInboxPath, type Speaker } from '../parties/index.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { type Carry, carryInside } from './carry.ts';
import { startCourier } from './courier.ts';
import { carryLocally } from './local.ts';
import type { DeliveryTables, InboxHandler } from './model.ts';
import { homesToPrune, pruneDeliveries } from './prune.ts';
import { nextNumber, send } from './send.ts';
import { ownName } from './speakers.ts';

const deps = await openTestDeps('sqlite', 'delivery');
const { clock, random } = deps;
before(async () => {
  for (const home of ['ben', 'dora', 'hugo']) {
    const party = { handle: home, name: home, kind: 'person' as const, sample: null, identities: 1 };
    await deps.storage.transact(home, (tx) => insertHeldParty(tx, deps, party));
  }
});
after(() => deps.close());

/** Counts its messages in a row of the receiver, so that an effect twice would show. */
const count: InboxHandler<BaseDeps> = {
  type: 'count',
  isSpeaker: ownName,
  async receive(tx, _deps, envelope) {
    await nextNumber(tx, `seen-${envelope.from}`);
    if (envelope.body.refuse === true) return fail('not-today', 'Not today.', 'Later.');
    return ok(undefined);
  },
};
/** Speaks for a name on this node, where nothing needs to be signed. */
const speaker = (name: string): Speaker => ({ name, signer: 'one-use/test' });
const handlers = new Map([[count.type, count]]);

const seen = (home: string, from: string): Promise<number> =>
  deps.storage.read(async (view) => {
    const row = await tables<DeliveryTables>(view)
      .selectFrom('counters')
      .select('value')
      .where('home_id', '=', home)
      .where('name', '=', `seen-${from}`)
      .executeTakeFirst();
    return row?.value ?? 0;
  });

const outboxOf = (home: string) =>
  deps.storage.read((view) =>
    tables<DeliveryTables>(view)
      .selectFrom('outbox')
      .select(['state', 'problem', 'attempts', 'receipt', 'next_at'])
      .where('home_id', '=', home)
      .orderBy('position')
      .execute(),
  );

const post = (from: string, to: string, body = {}): Promise<Result<string>> => {
  const inbox = makeInboxPath(deps.nodeKey, to, random);
  return deps.storage.transact(from, async (tx) =>
    ok(await send(tx, deps, { to: { host: 'here', inbox }, as: speaker(from), type: 'count', body })),
  );
};

test('an envelope carried again and again has its effect once and gets the very same receipt', async () => {
  const receipts: Uint8Array[] = [];
  const inside = carryLocally(deps, handlers);
  const stuttering: Carry = async (to, batch) => {
    for (let time = 0; time < 3; time++) {
      const [answer] = await inside(to, batch);
      assert.ok(answer?.ok);
      receipts.push(answer.value);
    }
    return [ok(receipts[0] ?? new Uint8Array())];
  };
  const courier = startCourier(deps, carryInside(stuttering));
  await post('anna', 'ben');
  await courier.idle();
  await courier.stop();
  assert.equal(await seen('ben', 'anna'), 1);
  assert.equal(receipts.length, 3);
  assert.deepEqual(receipts[1], receipts[0]);
  assert.deepEqual(receipts[2], receipts[0]);
  assert.deepEqual(
    (await outboxOf('anna')).map((row) => row.state),
    ['acted'],
  );
});

test('a refusal undoes what the handler wrote and reaches the sender as a code', async () => {
  const courier = startCourier(deps, carryInside(carryLocally(deps, handlers)));
  await post('carl', 'dora', { refuse: true });
  await courier.idle();
  await courier.stop();
  assert.equal(await seen('dora', 'carl'), 0);
  assert.deepEqual(
    (await outboxOf('carl')).map((row) => [row.state, row.problem]),
    [['refused', 'not-today']],
  );
});

test('what cannot be carried waits longer each time, holds back what follows, and is given up in the end', async () => {
  const inbox = makeInboxPath(deps.nodeKey, 'fred', random);
  const order: string[] = [];
  const down: Carry = async (_to, [octets]) => {
    order.push(JSON.parse(new TextDecoder().decode(octets)).body.name);
    return [fail('node-unreachable', 'Down.', 'Wait.')];
  };
  const courier = startCourier(deps, carryInside(down));
  for (const name of ['first', 'second']) {
    await deps.storage.transact('emma', (tx) =>
      send(tx, deps, { to: { host: 'here', inbox }, as: speaker('emma'), type: 'count', body: { name } }),
    );
  }
  await courier.idle();
  let waited = 0;
  for (let day = 0; day < 60; day++) {
    clock.advance(24 * 3600 * 1000);
    await courier.idle();
    const [first] = await outboxOf('emma');
    if (first?.state === 'dead') break;
    waited = Math.max(waited, (first?.next_at ?? 0) - clock.now());
  }
  await courier.stop();
  const [first] = await outboxOf('emma');
  assert.equal(first?.state, 'dead');
  assert.equal(first?.attempts, 40);
  assert.ok(waited <= 24 * 3600 * 1000);
  assert.equal(
    order.slice(0, 40).every((name) => name === 'first'),
    true,
  );
});

test('a courier that starts anew takes up what an earlier one left', async () => {
  await post('gina', 'hugo');
  assert.equal(await seen('hugo', 'gina'), 0);
  const courier = startCourier(deps, carryInside(carryLocally(deps, handlers)));
  await courier.idle();
  await courier.stop();
  assert.equal(await seen('hugo', 'gina'), 1);
});

test('a lane is taken together up to what is odd, the rest one by one, and again with the same receipts', async () => {
  const sizes: number[] = [];
  const counting: InboxHandler<BaseDeps> = {
    ...count,
    async receiveTogether(tx, _deps, lane) {
      const odd = lane.findIndex((it) => it.body.refuse === true);
      const plain = odd < 0 ? lane : lane.slice(0, odd);
      sizes.push(plain.length);
      for (const it of plain) await nextNumber(tx, `seen-${it.from}`);
      return plain.length;
    },
  };
  const inside = carryLocally(deps, new Map([[count.type, counting]]));
  const answers: unknown[] = [];
  const twice: Carry = async (to, batch) => {
    for (let time = 0; time < 2; time++) answers.push(await inside(to, batch));
    return inside(to, batch);
  };
  const inbox = makeInboxPath(deps.nodeKey, 'ben', random);
  await deps.storage.transact('nora', async (tx) => {
    for (const refuse of [false, false, true, false])
      await send(tx, deps, {
        to: { host: 'here', inbox },
        as: speaker('nora'),
        type: 'count',
        body: { refuse },
      });
  });
  const courier = startCourier(deps, carryInside(twice));
  await courier.idle();
  await courier.stop();
  // Each body runs twice here; what has been taken is not taken again.
  assert.deepEqual(sizes, [2, 2]);
  assert.deepEqual(answers[1], answers[0]);
  assert.equal(await seen('ben', 'nora'), 3);
  assert.deepEqual(
    (await outboxOf('nora')).map((row) => row.state),
    ['acted', 'acted', 'refused', 'acted'],
  );
});

test('an envelope for an inbox that this node did not make is not delivered to anybody', async () => {
  const foreign = makeInboxPath(random.bytes(32), 'ben', random);
  const carry = carryLocally(deps, handlers);
  const octets = new TextEncoder().encode(
    JSON.stringify({ v: 1, id: 'x', from: 'a', to: foreign, type: 'count', iat: 1, exp: 2e12, body: {} }),
  );
  const [answer] = await carry({ host: 'here', inbox: foreign }, [octets]);
  assert.equal(!answer || answer.ok ? '' : answer.code, 'inbox-unknown');
});

test('what comes for a party that has left is refused, and nothing is kept for it', async () => {
  const courier = startCourier(deps, carryInside(carryLocally(deps, handlers)));
  await post('iris', 'nobody');
  await courier.idle();
  await courier.stop();
  assert.deepEqual(
    (await outboxOf('iris')).map((row) => [row.state, row.problem]),
    [['refused', 'inbox-gone']],
  );
  const kept = await deps.storage.read((view) =>
    tables<DeliveryTables>(view).selectFrom('inbox').selectAll().where('home_id', '=', 'nobody').execute(),
  );
  assert.deepEqual(kept, []);
});

test('one envelope that breaks the carrier holds up nobody else, and counts as a try', async () => {
  const inside = carryLocally(deps, handlers);
  const breaking: Carry = async (to, batch) => {
    if (batch.some((it) => new TextDecoder().decode(it).includes('poison'))) throw new Error('a bug');
    return inside(to, batch);
  };
  const courier = startCourier(deps, carryInside(breaking));
  await post('jack', 'ben', { poison: true });
  await post('kate', 'ben');
  await courier.idle();
  await courier.stop();
  assert.equal(await seen('ben', 'kate'), 1);
  assert.deepEqual(
    (await outboxOf('jack')).map((row) => [row.state, row.problem, row.attempts]),
    [['saved', 'internal-error', 1]],
  );
});

test('receipts are forgotten when their envelopes cannot come again, and not before', async () => {
  const courier = startCourier(deps, carryInside(carryLocally(deps, handlers)));
  await post('lena', 'ben');
  await courier.idle();
  await courier.stop();
  const kept = (): Promise<number> =>
    deps.storage.read(async (view) => {
      const db = tables<DeliveryTables>(view);
      const rows = await db.selectFrom('inbox').select('id').where('sender', '=', 'lena').execute();
      return rows.length;
    });
  clock.advance(LIMITS.envelopeLifetimeMs);
  for (const home of await deps.storage.read((view) => homesToPrune(view, clock.now())))
    await pruneDeliveries(deps, home);
  assert.equal(await kept(), 1);
  clock.advance(8 * 24 * 3600 * 1000);
  for (const home of await deps.storage.read((view) => homesToPrune(view, clock.now())))
    await pruneDeliveries(deps, home);
  assert.equal(await kept(), 0);
  assert.deepEqual(
    (await outboxOf('lena')).map((row) => row.state),
    ['acted'],
  );
  clock.advance(91 * 24 * 3600 * 1000);
  await pruneDeliveries(deps, 'lena');
  assert.deepEqual(await outboxOf('lena'), []);
});

test('a receipt of another envelope counts as none, whoever signed it', async () => {
  const inside = carryLocally(deps, handlers);
  let first: Result<Uint8Array> | undefined;
  const lying: Carry = async (to, batch) => {
    if (!batch.some((it) => new TextDecoder().decode(it).includes('"from":"mira"'))) return inside(to, batch);
    first ??= (await inside(to, batch))[0];
    return first ? [first] : [];
  };
  const courier = startCourier(deps, carryInside(lying));
  await post('mira', 'ben');
  await courier.idle();
  await post('mira', 'ben');
  await courier.idle();
  await courier.stop();
  assert.equal(await seen('ben', 'mira'), 1);
  assert.deepEqual(
    (await outboxOf('mira')).map((row) => [row.state, row.problem]),
    [
      ['acted', null],
      ['saved', 'receipt-malformed'],
    ],
  );
});
