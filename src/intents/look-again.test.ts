import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import type { Envelope } from '../delivery/index.ts';
import type { JsonObject } from '../kernel/json.ts';
import { signingKey } from '../kernel/signing.ts';
import { closedCastId, signTable, type TableContent, wireJson } from '../market/index.ts';
import { makeInboxPath, ownIdentity } from '../parties/index.ts';
import { isObject } from '../records/index.ts';
import type { CastAnswer } from './cast-intent.ts';
import { intentLimits } from './limits.ts';
import { castIn, type Loop, openLoop } from './loop/testing.ts';
import type { CastPreview } from './preview-cast.ts';
import { homesToSweep, sweepIntents } from './sweep-intents.ts';
import { DAY_MS, wantFields } from './testing.ts';
import type { Intent } from './view.ts';

const cellOf = (area: string, category = 'ae-2-8-3-5-3'): string =>
  `${category}|${area}|EUR|50000|any|SD-BASE|person`;
const FINEST = cellOf('g0:403:524');
const WIDER = cellOf('g1:100:131');
const COUNTRY = cellOf('c:BE');

for (const engine of engines()) {
  describe(`held wants on ${engine}`, () => {
    let loop: Loop;
    before(async () => {
      loop = await openLoop(engine, 'held');
    });
    after(() => loop.close());

    const hold = (home: string, words: string, ifBelow = 'hold'): Promise<CastAnswer> =>
      loop.done<CastAnswer>(home, 'cast-intent', { fields: wantFields({ words }), ifBelow });
    const get = (home: string, id: string): Promise<Intent> => loop.done<Intent>(home, 'get-intent', { id });
    const widen = (home: string, id: string): Promise<CastAnswer> =>
      loop.done<CastAnswer>(home, 'widen-intent', { id });
    /** Lets an epoch pass, so that a new table is published and those who wait ask for it. */
    const nextEpoch = async (...homes: string[]): Promise<void> => {
      loop.deps.clock.advance(7 * DAY_MS);
      await loop.publish();
      for (const home of homes) await sweepIntents(loop.deps, home);
      await loop.idle();
    };

    test('a held want waits for its own cell, is cast when a table fills it, and its number is frozen', async () => {
      const anna = await loop.person('Anna');
      const want = await hold(anna, 'own cell');
      assert.equal(want.happened, 'held');
      await loop.idle();
      await loop.crowd(WIDER, 10);
      await nextEpoch(anna);
      assert.equal(
        (await get(anna, want.id)).state,
        'held',
        'a wider cell is not what its owner said yes to',
      );
      await loop.crowd(FINEST, 8);
      await nextEpoch(anna);
      const cast = await get(anna, want.id);
      assert.deepEqual([cast.state, cast.cell?.id, cast.atLeast], ['open', FINEST, 6]);
      await loop.crowd(FINEST, 30);
      await nextEpoch(anna);
      assert.equal((await get(anna, want.id)).atLeast, 6);
      assert.equal((await loop.sent(anna, 'cast')).length, 1);
    });

    test('with the yes to widen it takes the wider cell as soon as there is one', async () => {
      const ben = await loop.person('Ben');
      const held = await loop.done<CastAnswer>(ben, 'cast-intent', {
        fields: wantFields({ words: 'any', category: 'ae-2-8-8-12-1' }),
        ifBelow: 'widen',
      });
      assert.equal(held.happened, 'held');
      await loop.idle();
      await loop.crowd(cellOf('c:BE', 'ae-2-8-8-12-1'), 3);
      await nextEpoch(ben);
      const cast = await get(ben, held.id);
      assert.deepEqual([cast.state, cast.cell?.id], ['open', cellOf('c:BE', 'ae-2-8-8-12-1')]);
    });

    test('many held wants of one person do not leave in the same moment', async () => {
      const carl = await loop.person('Carl');
      const fields = (i: number) => wantFields({ words: `want ${i}`, category: 'ae-2-8-7-6' });
      for (let i = 0; i < 6; i++) await loop.done(carl, 'cast-intent', { fields: fields(i) });
      await loop.idle();
      await loop.crowd(cellOf('g0:403:524', 'ae-2-8-7-6'), 3);
      await nextEpoch(carl);
      assert.equal((await loop.sent(carl, 'cast')).length, 1);
      const times: number[] = [];
      for (let minute = 0; minute < intentLimits.spreadMs / 60_000; minute++) {
        loop.deps.clock.advance(60_000);
        const { cast } = await sweepIntents(loop.deps, carl);
        if (cast > 0) times.push(minute);
      }
      assert.equal((await loop.sent(carl, 'cast')).length, 6);
      assert.ok(times.length >= 3, `they left at ${times.length} different minutes`);
      assert.deepEqual(await sweepIntents(loop.deps, carl), { expired: 0, cast: 0, asked: 0 });
    });

    test('widening is one step, tells no more in any respect, and is a cast of its own', async () => {
      const dora = await loop.person('Dora');
      const want = await hold(dora, 'to be widened');
      assert.equal((await widen(dora, want.id)).happened, 'held', 'without a table there is nothing wider');
      await loop.idle();
      assert.equal((await get(dora, want.id)).state, 'open', 'the yes stands until a table comes');
      await loop.crowd(COUNTRY, 40);
      await loop.crowd(WIDER, 20);
      await nextEpoch();
      await loop.done<CastPreview>(dora, 'preview-cast', { fields: wantFields() });
      await loop.idle();
      const cells: (string | undefined)[] = [];
      for (let i = 0; i < 2; i++) {
        loop.deps.clock.advance(1_000);
        cells.push((await widen(dora, want.id)).cell?.id);
      }
      assert.deepEqual(cells, [WIDER, COUNTRY]);
      const failure = await loop.refused(dora, 'widen-intent', { id: want.id });
      assert.equal(failure.code, 'nothing-wider');
      const casts = (await loop.sent(dora, 'cast')).map(castIn);
      assert.equal(new Set(casts.flatMap((it) => [it.castId, it.key, it.reply.inbox])).size, 9);
      assert.equal(casts.filter((it) => it.attestation).length, 2, 'one per epoch is counted');
      assert.deepEqual(await loop.sent(dora, 'cast-closed'), []);
      await loop.done(dora, 'close-intent', { id: want.id });
      const closed = await loop.sent(dora, 'cast-closed');
      assert.equal(closed.length, 1, 'closing all casts at once would tie them');
      assert.equal(closedCastId(closed[0]?.body.closed), casts.at(-1)?.castId);
      assert.equal((await loop.refused(dora, 'widen-intent', { id: want.id })).code, 'intent-not-open');
      await loop.idle();
    });

    test('wants expire at their date, by the clock and by the sweep, and nobody is told', async () => {
      const ella = await loop.person('Ella');
      const until = new Date(loop.deps.clock.now() + DAY_MS).toISOString().slice(0, 10);
      const fields = wantFields({ words: 'soon', window: { until } });
      const want = await loop.done<CastAnswer>(ella, 'cast-intent', { fields });
      loop.deps.clock.advance(2 * DAY_MS);
      const before = (await loop.sent(ella)).length;
      assert.equal((await get(ella, want.id)).state, 'expired');
      assert.equal((await loop.refused(ella, 'widen-intent', { id: want.id })).code, 'intent-not-open');
      const listed = await loop.done<{ rows: Intent[] }>(ella, 'list-intents', { state: 'expired' });
      assert.deepEqual(
        listed.rows.map((row) => row.id),
        [want.id],
      );
      const due = await loop.deps.storage.read((view) => homesToSweep(view, loop.deps.clock.now()));
      assert.ok(due.includes(ella));
      assert.equal((await sweepIntents(loop.deps, ella)).expired, 1);
      assert.equal((await sweepIntents(loop.deps, ella)).expired, 0);
      const rest = await loop.deps.storage.read((view) => homesToSweep(view, loop.deps.clock.now()));
      assert.ok(!rest.includes(ella));
      assert.equal((await loop.sent(ella)).length, before);
    });

    test('a table is read only whole, newer, unforged and where it was asked for', async () => {
      const fay = await loop.person('Fay');
      const preview = () => loop.done<CastPreview>(fay, 'preview-cast', { fields: wantFields() });
      await preview();
      const [wanted] = await loop.sent(fay, 'cells-wanted');
      const inbox = replyIn(wanted);
      await loop.idle();
      const { market, deps } = loop;
      const key = await deps.storage.transact(market.home, (tx) => ownIdentity(tx, deps, market.id));
      assert.ok(key);
      const table = (changes: Partial<TableContent>, by = key.key) => {
        const content: TableContent = {
          market: market.id,
          epoch: 1,
          number: 1_000,
          at: deps.clock.now(),
          smallest: 3,
          steps: [3, 700],
          part: 1,
          parts: 2,
          rows: [[FINEST, 1]],
          ...changes,
        };
        return { table: wireJson(signTable(content, by, deps.random).wire) };
      };
      const post = (body: JsonObject, to = inbox) => loop.post(to, market.id, 'cells', body);
      const stranger = signingKey(deps.random.bytes(32));
      assert.equal(await post(table({}, stranger)), 'table-malformed');
      assert.equal(await post(table({ market: 'another' })), 'table-malformed');
      assert.equal(await post(table({ steps: [700, 3] })), 'table-malformed');
      assert.equal(await post(table({ steps: [1, 700] })), 'table-malformed');
      assert.equal(await post(table({ rows: [[FINEST, 2]] })), 'table-malformed');
      assert.equal(await post(table({ part: 3 })), 'table-malformed');
      assert.equal(await post({ table: 'nonsense' }), 'table-malformed');
      const elsewhere = makeInboxPath(deps.nodeKey, fay, deps.random);
      assert.equal(await post(table({}), elsewhere), 'table-unasked');
      const atLeast = async () => (await preview()).choices[0]?.atLeast;
      const before = await atLeast();
      assert.notEqual(before, 700);
      assert.equal(await post(table({})), 'acted');
      assert.equal(await post(table({})), 'acted');
      assert.equal(await atLeast(), before, 'half a table is none');
      assert.equal(await post(table({ part: 2, rows: [[WIDER, 0]] })), 'acted');
      assert.equal(await atLeast(), 700);
      assert.equal(await post(table({ number: 999, parts: 1, rows: [] })), 'acted');
      assert.equal(await atLeast(), 700, 'an older table changes nothing');
    });
  });
}

function replyIn(envelope: Envelope | undefined): string {
  const body = envelope?.body.reply;
  assert.ok(isObject(body) && typeof body.inbox === 'string');
  return body.inbox;
}
