import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyTables } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import type { CastAnswer } from './cast-intent.ts';
import { type Loop, openLoop } from './loop/testing.ts';
import type { CastPreview } from './preview-cast.ts';
import { sweepIntents } from './sweep-intents.ts';
import { DAY_MS, eur, wantFields } from './testing.ts';
import type { Intent } from './view.ts';

for (const engine of engines()) {
  describe(`casting on ${engine}`, () => {
    let loop: Loop;
    before(async () => {
      loop = await openLoop(engine, 'casting');
    });
    after(() => loop.close());

    const preview = (home: string, fields = wantFields()): Promise<CastPreview> =>
      loop.done<CastPreview>(home, 'preview-cast', { fields });
    const cast = (home: string, input: object): Promise<CastAnswer> =>
      loop.done<CastAnswer>(home, 'cast-intent', { fields: wantFields(), ...input });
    /** The id of the choice that gives up area alone. */
    const wider = 'ae-2-8-3-5-3|g1:100:131|EUR|50000|any|SD-BASE|person';

    test('without a table a preview says that one is on its way, asks for it once, and names no number', async () => {
      const anna = await loop.person('Anna');
      const first = await preview(anna);
      assert.deepEqual([first.isTableOnItsWay, first.epoch, first.choices.length], [true, '', 1]);
      assert.deepEqual([first.choices[0]?.atLeast, first.choices[0]?.isBelow], [null, true]);
      const wanted = await loop.sent(anna, 'cells-wanted');
      assert.equal(wanted.length, 1);
      assert.deepEqual(Object.keys(wanted[0]?.body ?? {}), ['reply']);
      assert.equal((await preview(anna)).isTableOnItsWay, false, 'it was asked a moment ago');
      await loop.idle();
      const second = await preview(anna);
      assert.deepEqual([second.isTableOnItsWay, second.epoch], [false, '2027-01-15']);
      assert.equal((await loop.sent(anna)).length, 1, 'a preview with a table sends nothing');
    });

    test('the table that the market publishes is what the preview counts with', async () => {
      await loop.crowd(wider, 7);
      await loop.publish();
      const ben = await loop.person('Ben');
      await preview(ben);
      await loop.idle();
      const shown = await preview(ben);
      assert.equal(shown.smallest, 3);
      assert.deepEqual(
        shown.choices.map((it) => [it.cell.id, it.atLeast, it.isBelow]),
        [
          ['ae-2-8-3-5-3|g0:403:524|EUR|50000|any|SD-BASE|person', null, true],
          [wider, 6, false],
        ],
      );
      assert.equal(shown.recommended, 1);
      assert.match(shown.choices[1]?.lost ?? '', /the wider area of .* instead of around Ghent/);
      assert.equal(shown.choices[1]?.unitOfCount, 'accounts');
      assert.deepEqual(shown.market, {
        id: loop.market.id,
        name: 'The square',
        isSample: false,
        host: 'here',
        isHere: true,
        reached: 'here',
      });
    });

    test('held, widened, let go, cast: the answer says which, and only what was cast was sent', async () => {
      const home = await loop.person('Carla');
      await preview(home);
      await loop.idle();
      const held = await cast(home, { fields: wantFields({ words: 'held' }) });
      assert.deepEqual(
        [held.happened, held.state, held.cell, held.atLeast],
        ['held', 'held', undefined, undefined],
      );
      const gone = await cast(home, { fields: wantFields({ words: 'gone' }), ifBelow: 'let-go' });
      assert.deepEqual([gone.happened, gone.state], ['let-go', 'closed']);
      assert.equal((await loop.refused(home, 'get-intent', { id: gone.id })).code, 'intent-unknown');
      assert.deepEqual(await loop.sent(home, 'cast'), []);
      const widened = await cast(home, { fields: wantFields({ words: 'wide' }), ifBelow: 'widen' });
      assert.deepEqual([widened.happened, widened.state, widened.cell?.id], ['widened', 'open', wider]);
      const chosen = await cast(home, { fields: wantFields({ words: 'chosen' }), choice: wider });
      assert.deepEqual([chosen.happened, chosen.cell?.id, chosen.atLeast], ['cast', wider, 6]);
      assert.equal((await loop.sent(home, 'cast')).length, 2);
      await loop.idle();
      const list = await loop.done<{ rows: Intent[] }>(home, 'list-intents', { state: 'open' });
      assert.deepEqual(list.rows.map((row) => row.sentence).sort(), ['chosen', 'wide']);
    });

    test('what cannot be cast is refused with a code and leaves nothing behind', async () => {
      const home = await loop.person('Dora');
      const refusals: [string, object][] = [
        ['category-unknown', { fields: wantFields({ category: 'xx-1' }) }],
        ['date-past', { fields: wantFields({ window: { until: '2026-01-01' } }) }],
        [
          'units-differ',
          { fields: wantFields({ budget: { min: eur(1), max: { unit: 'USD', value: '2' } } }) },
        ],
        ['radius-without-place', { fields: { ...wantFields({ radiusKm: 5 }), place: undefined } }],
        ['choice-unknown', { choice: 'ae-2|w|EUR|50000|any|SD-BASE|person' }],
        ['market-unknown', { market: 'nowhere' }],
        ['input-invalid', { fields: { ...wantFields(), quantity: 0 } }],
      ];
      for (const [code, input] of refusals) {
        const failure = await loop.refused(home, 'cast-intent', { fields: wantFields(), ...input });
        assert.equal(failure.code, code);
      }
      const list = await loop.done<{ rows: Intent[] }>(home, 'list-intents', {});
      assert.deepEqual([list.rows, await loop.sent(home)], [[], []]);
    });

    test('the same want twice, and from two tabs at once, is one want', async () => {
      const home = await loop.person('Ella');
      const fields = wantFields({ attributes: { color: 'red', size: '3/4' } });
      const reordered = {
        ...Object.fromEntries(Object.entries(fields).reverse()),
        attributes: { size: '3/4', color: 'red' },
        words: ` ${fields.words.toUpperCase()}`,
      };
      const both = await Promise.all(
        [fields, reordered].map((it) => loop.call(home, 'cast-intent', { fields: it })),
      );
      const codes = both.map((result) => (result.ok ? 'cast' : result.code)).sort();
      assert.deepEqual(codes, ['cast', 'intent-repeated']);
      const [first] = (await loop.done<{ rows: Intent[] }>(home, 'list-intents', {})).rows;
      assert.ok(first);
      await loop.done(home, 'close-intent', { id: first.id });
      await loop.done(home, 'cast-intent', { fields });
      assert.equal((await loop.done<{ rows: Intent[] }>(home, 'list-intents', {})).rows.length, 2);
    });

    test('no more wants are open at once than may be', async () => {
      const home = await loop.person('Fay');
      for (let i = 0; i < LIMITS.openIntents; i++)
        await cast(home, { fields: wantFields({ words: `want ${i}` }) });
      const failure = await loop.refused(home, 'cast-intent', { fields: wantFields({ words: 'one more' }) });
      assert.equal(failure.code, 'too-many-intents');
    });

    test('my terms are required when the want names none, and the cell names them', async () => {
      const home = await loop.person('Gus');
      const { fields } = await cast(home, { fields: wantFields({ requiredTerms: [] }) });
      assert.deepEqual(fields.requiredTerms, ['SD-BASE']);
    });

    test('a paused copy sends nothing, whatever is asked of it', async () => {
      const home = await loop.person('Ida');
      const open = await cast(home, { fields: wantFields({ words: 'open' }), ifBelow: 'widen' });
      const held = await cast(home, { fields: wantFields({ words: 'held' }) });
      await loop.deps.storage.transact(home, (tx) =>
        tables<PartyTables>(tx)
          .updateTable('parties')
          .set({ paused_at: 1 })
          .where('home_id', '=', home)
          .execute(),
      );
      const before = await loop.sent(home);
      const asked: [string, object][] = [
        ['preview-cast', { fields: wantFields() }],
        ['cast-intent', { fields: wantFields() }],
        ['widen-intent', { id: held.id }],
        ['close-intent', { id: open.id }],
      ];
      for (const [name, input] of asked)
        assert.equal((await loop.refused(home, name, input)).code, 'party-paused');
      loop.deps.clock.advance(20 * DAY_MS);
      assert.deepEqual(await sweepIntents(loop.deps, home), { expired: 0, cast: 0, asked: 0 });
      assert.equal((await loop.sent(home)).length, before.length);
    });

    test('a list goes on where it stopped, finds words without accents, and refuses a foreign cursor', async () => {
      const home = await loop.person('Hugo');
      for (const words of ['a Bücherregal', 'two chairs 100% oak', 'a lamp']) {
        await cast(home, { fields: wantFields({ words }) });
        loop.deps.clock.advance(1);
      }
      type List = { rows: Intent[]; next?: string };
      const first = await loop.done<List>(home, 'list-intents', { limit: 2 });
      assert.deepEqual(
        first.rows.map((row) => row.sentence),
        ['a lamp', 'two chairs 100% oak'],
      );
      const rest = await loop.done<List>(home, 'list-intents', { limit: 2, after: first.next });
      assert.deepEqual([rest.rows.map((row) => row.sentence), rest.next], [['a Bücherregal'], undefined]);
      const search = async (words: string): Promise<number> =>
        (await loop.done<List>(home, 'list-intents', { search: words })).rows.length;
      assert.deepEqual(
        [await search('BUCHER'), await search('100%'), await search('10_%'), await search('')],
        [1, 1, 0, 3],
      );
      assert.equal((await loop.refused(home, 'list-intents', { after: 'x' })).code, 'cursor-unknown');
    });
  });
}
