import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { engines } from '../../test/harness/test-deps.ts';
import type { Envelope } from '../delivery/index.ts';
import type { Json } from '../kernel/json.ts';
import { parseCellId } from '../market/index.ts';
import { filledUp } from './cast.ts';
import { castUntil } from './cell-rules.ts';
import { intentLimits } from './limits.ts';
import { castIn, type Loop, openLoop } from './loop/testing.ts';
import type { IntentFields } from './model.ts';
import { DAY_MS, eur, wantFields } from './testing.ts';
import type { Intent } from './view.ts';

const CELL = 'ae-2-8-3-5-3|g0:403:524|EUR|50000|30d|SD-BASE|person';
const NAME = 'Annabel Unmistakable';

/** A want of which every field is its own, so that any of them would be found. */
function exactWant(until: string): IntentFields {
  return wantFields({
    radiusKm: 12_347,
    budget: { max: eur(27_345), min: eur(13_579) },
    give: { unit: 'hours', value: '86420', what: 'lessons in Volapük' },
    window: { from: '2027-01-30', until },
    quantity: 7919,
    attributes: { itemCondition: 'barely-used-at-all', color: 'verdigris' },
    words: 'the very trumpet of my late uncle Theophilus',
  });
}

/** Every member and value of a message, signed payloads opened, with the way to each. */
function leaves(value: Json | undefined, way = ''): Map<string, string> {
  const found = new Map<string, string>();
  const add = (more: Map<string, string>): void => {
    for (const [at, it] of more) found.set(at, it);
  };
  if (typeof value === 'object' && value !== null) {
    for (const [name, it] of Object.entries(value)) add(leaves(it, `${way}.${name}`));
  } else if (way.endsWith('.payload') || way.endsWith('.protected')) {
    add(leaves(JSON.parse(Buffer.from(String(value), 'base64url').toString('utf8')), way));
  } else {
    found.set(way, JSON.stringify(value));
  }
  return found;
}

const asJson = (envelope: Envelope | undefined): Json => JSON.parse(JSON.stringify(envelope));

for (const engine of engines()) {
  describe(`what leaves before acceptance on ${engine}`, () => {
    let loop: Loop;
    let anna: string;
    let until = '';
    before(async () => {
      loop = await openLoop(engine, 'privacy');
      anna = await loop.person(NAME);
      until = new Date(loop.deps.clock.now() + 17 * DAY_MS).toISOString().slice(0, 10);
      await loop.crowd(CELL, 4);
      await loop.publish();
      await loop.done(anna, 'preview-cast', { fields: exactWant(until) });
      await loop.idle();
    });
    after(() => loop.close());

    const cast = async (home: string, changes: Partial<IntentFields> = {}): Promise<Envelope> => {
      loop.deps.clock.advance(61_000);
      const fields = { ...exactWant(until), ...changes };
      const intent = await loop.done<Intent>(home, 'cast-intent', { fields, choice: CELL });
      assert.equal(intent.state, 'open');
      await loop.idle();
      const [last] = (await loop.sent(home, 'cast')).slice(-1);
      assert.ok(last);
      return last;
    };
    const person = async (name: string): Promise<string> => {
      const home = await loop.person(name);
      await loop.done(home, 'preview-cast', { fields: exactWant(until) });
      await loop.idle();
      return home;
    };

    test('two message types leave, with exactly these members and the cell that was shown', async () => {
      await cast(anna);
      const sent = await loop.sent(anna);
      assert.deepEqual(new Set(sent.map((it) => it.type)), new Set(['cells-wanted', 'cast']));
      for (const envelope of sent.filter((it) => it.type === 'cells-wanted')) {
        const { reply, ...rest } = envelope.body;
        assert.deepEqual(rest, {});
        assert.deepEqual(Object.keys(reply as object), ['host', 'inbox']); // askForTable sent it
      }
      const envelope = sent.at(-1);
      const signed = leaves(asJson(envelope));
      const members = [...signed.keys()].filter((it) => it.startsWith('.body.cast.payload.'));
      const named = members
        .map((it) => it.replace('.body.cast.payload.', ''))
        .filter((it) => !it.startsWith('attestation.'));
      assert.deepEqual(named.sort(), [
        'castId',
        'cell.area',
        'cell.budget.unit',
        'cell.budget.upTo',
        'cell.buyer',
        'cell.category',
        'cell.terms',
        'cell.time',
        'filling',
        'key',
        'reply.host',
        'reply.inbox',
        'salt',
        'type',
        'until',
        'v',
      ]);
      const payload = castIn(envelope);
      assert.deepEqual(payload.cell, parseCellId(CELL));
      assert.equal(payload.until, castUntil('30d', loop.deps.clock.now()));
    });

    test('no exact field, no name, no id of mine is in anything that left', async () => {
      const intents = await loop.done<{ rows: Intent[] }>(anna, 'list-intents', {});
      const want = exactWant(until);
      const mine = [
        ...[NAME, 'annabel', anna, ...intents.rows.map((it) => it.id)],
        ...[
          '27345',
          '13579',
          '86420',
          '12347',
          '7919',
          'lessons',
          'verdigris',
          'barely',
          'Theophilus',
          'trumpet',
        ],
        ...['2027-01-30', until, String(Date.parse(until) + DAY_MS - 1), String(Date.parse('2027-01-30'))],
        ...['Ghent', '2797656', String(want.place?.latE6), String(want.place?.lonE6)],
      ];
      for (const envelope of await loop.sent(anna)) {
        const text = [...leaves(asJson(envelope))].flat().join('\n').toLowerCase();
        for (const it of mine)
          assert.ok(!text.includes(it.toLowerCase()), `${it} left in a ${envelope.type}`);
      }
    });

    test('nothing that two casts of one person share is theirs alone', async () => {
      const others: Envelope[] = [];
      for (const name of ['Ben', 'Carl']) {
        const home = await person(name);
        for (const words of ['one', 'two']) others.push(await cast(home, { words }));
      }
      const [counted] = await loop.sent(anna, 'cast');
      assert.ok(counted);
      const first = await cast(anna, { words: 'first' });
      const second = await cast(anna, { words: 'second' });
      loop.deps.clock.advance(7 * DAY_MS);
      const third = await cast(anna, { words: 'third' });
      const values = (envelope: Envelope): Set<string> => new Set(leaves(asJson(envelope)).values());
      const everybody = others.map(values);
      const pairs: [Envelope, Envelope][] = [
        [first, second],
        [second, third],
        [first, third],
        [counted, third],
      ];
      assert.ok(castIn(counted).attestation && castIn(third).attestation, 'both are counted');
      for (const [a, b] of pairs) {
        const shared = [...values(a)].filter((it) => values(b).has(it));
        for (const it of shared)
          assert.ok(
            everybody.some((theirs) => theirs.has(it)),
            `${it} ties two casts`,
          );
      }
      const secrets = (envelope: Envelope): string[] => {
        const { castId, key, reply, salt } = castIn(envelope);
        return [castId, key, reply.inbox, salt, envelope.from, envelope.id];
      };
      for (const [a, b] of pairs) {
        const text = [...leaves(asJson(b)).values()].join('\n');
        for (const secret of secrets(a)) {
          for (let i = 0; i + 8 <= secret.length; i++) {
            assert.ok(!text.includes(secret.slice(i, i + 8)), 'a part of an id or path came twice');
          }
        }
      }
    });

    test('at most one cast of an account is counted in an epoch', async () => {
      const dora = await person('Dora');
      for (const words of ['one', 'two', 'three']) await cast(dora, { words });
      loop.deps.clock.advance(7 * DAY_MS);
      await cast(dora, { words: 'four' });
      const casts = (await loop.sent(dora, 'cast')).map(castIn);
      assert.deepEqual(
        casts.map((it) => it.attestation !== undefined),
        [true, false, false, true],
      );
    });

    test('every cast has one length, whatever is wanted by whomever', async () => {
      const wide = await loop.person('Wilhelmina the Very Long Named', 'organisation');
      const cell = 'ae|w|EUR|any|any|SD-BASE-A|organisation';
      await loop.crowd(cell, 4);
      loop.deps.clock.advance(7 * DAY_MS);
      await loop.publish();
      await loop.done(wide, 'preview-cast', { fields: wantFields() });
      await loop.idle();
      const input = { fields: wantFields({ requiredTerms: ['SD-BASE-A'] }), choice: cell };
      assert.equal((await loop.done<Intent>(wide, 'cast-intent', input)).state, 'open');
      const casts = [...(await loop.sent(anna, 'cast')), ...(await loop.sent(wide, 'cast'))];
      assert.ok(casts.length >= 4);
      assert.equal(new Set(casts.map((it) => JSON.stringify(it).length)).size, 1);
    });
  });
}

test('the filling makes every payload a whole number of blocks, and one block for any cell there is', () => {
  const text = (max: number) =>
    fc.string({ unit: fc.constantFrom(...'abcXYZ019-'), minLength: 1, maxLength: max });
  const attestation = {
    payload: 'A'.repeat(340),
    signatures: [{ protected: 'A'.repeat(150), signature: 'A'.repeat(86) }],
  };
  const contents = fc.record(
    {
      category: text(60),
      area: fc.constantFrom('g0:403:524', 'w', 'c:BE'),
      upTo: fc.constantFrom('any', '1', '5000000000000000000'),
      host: text(200),
      hasAttestation: fc.boolean(),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(contents, ({ category, area, upTo, host, hasAttestation }) => {
      const filled = filledUp({
        castId: 'x'.repeat(26),
        key: 'k'.repeat(43),
        cell: {
          category,
          area,
          budget: { unit: 'EUR', upTo },
          time: 'any',
          terms: 'SD-BASE',
          buyer: 'person',
        },
        reply: { host, inbox: 'i'.repeat(72) },
        until: 1_800_000_000_000,
        ...(hasAttestation && { attestation }),
      });
      const payload = JSON.stringify({ type: 'cast', v: 1, ...filled, salt: 's'.repeat(22) });
      assert.equal(Buffer.byteLength(payload), intentLimits.castOctets);
    }),
  );
});
