import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { exportQuickly, reportOn } from '../../src/archive/testing.ts';
import { isFailure } from '../../src/kernel/result.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { textInputs } from './every-input.ts';
import { DAY, trumpet, trumpetWanted } from './goods.ts';
import { rowsOf } from './holdings.ts';
import { NAUGHTY } from './naughty.ts';

const maya = { as: 'maya' };
const shop = { as: 'shop' };

/** They stretch a passphrase, take a file, or start long work; their texts are tried at their own doors. */
const ELSEWHERE = new Set([
  ...['create-party', 'sign-in', 'recover-party', 'change-passphrase', 'show-recovery-code', 'remove-party'],
  'make-recovery-shares',
  ...[
    'export-party',
    'import-party',
    'verify-export',
    'import-items',
    'import-listings',
    'load-sample',
    'remove-sample',
  ],
]);

/** What every text is tried with; of the other strings each gets a third. */
const WORST = new Set(['', '\0', 'a\0b', '\ud800', '\u202eevil\u202c', '__proto__', '%', 'x'.repeat(10_001)]);

interface Rows<T> {
  readonly rows: T[];
}

interface World {
  readonly node: TestNode;
  readonly homes: { readonly maya: string; readonly shop: string };
  readonly known: Readonly<Record<string, unknown>>;
  readonly whole: Readonly<Record<string, object>>;
}

/** Maya's want for a trumpet, cast as widely as the market allows. */
async function castWant(node: TestNode, now: number) {
  const fields = trumpetWanted(now);
  await node.done('preview-cast', { fields }, maya);
  await node.idle();
  const { choices } = await node.done<{ choices: { cell: { id: string } }[] }>(
    'preview-cast',
    { fields },
    maya,
  );
  const intent = await node.done<{ id: string }>(
    'cast-intent',
    { fields, choice: choices.at(-1)?.cell.id },
    maya,
  );
  await node.idle();
  return { fields, choices, intent };
}

/** A node on which everything that an input can name is there. */
async function openWorld(node: TestNode): Promise<World> {
  const homes = { maya: await node.party('maya'), shop: await node.party('shop') };
  const now = node.deps.clock.now();
  const storefront = await node.done<{ id: string }>('open-storefront', { name: 'Shop' }, shop);
  const listing = await node.done<{ id: string }>('publish-listing', trumpet(now, { stock: 50 }), shop);
  await node.done('publish-listing', trumpet(now, { mode: 'by-hand' }), shop);
  await node.idle();
  const { fields, choices, intent } = await castWant(node, now);
  const [cast] = (await node.done<Rows<{ alias: string }>>('list-casts', {}, shop)).rows;
  const [offer] = (await node.done<Rows<{ id: string }>>('list-offers', { intent: intent.id }, maya)).rows;
  const { code } = await node.done<{ code: string }>('show-recovery-code', {}, maya);
  await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
  const item = await node.done<{ id: string }>(
    'put-item',
    { property: 'schema:email', value: 'a@b.example' },
    maya,
  );
  const { relationship } = await node.done<{ relationship: string }>(
    'accept-offer',
    { offer: offer?.id },
    maya,
  );
  await node.idle();
  const until = now + 20 * DAY;
  const known = {
    relationship,
    intent: intent.id,
    item: item.id,
    offer: offer?.id,
    storefront: storefront.id,
    until,
  };
  const price = { unit: 'EUR', value: '100' };
  const answer = { alias: cast?.alias, title: 'T', price, until, delivery: { how: 'pickup' }, fees: [] };
  const whole = {
    'publish-listing': {
      ...trumpet(now),
      id: listing.id,
      fees: [],
      number: '1',
      takes: [{ ...price, what: 'w' }],
    },
    'answer-intent': answer,
    'cast-intent': { fields, choice: choices.at(-1)?.cell.id },
    'preview-cast': { fields },
    'put-item': {
      id: item.id,
      property: 'vcard:note',
      value: 'v',
      tags: ['t'],
      parts: undefined,
      ifVersion: undefined,
    },
    'accept-offer': {
      offer: offer?.id,
      disclose: [{ item: item.id, purpose: 'p' }],
      reviewDay: '2026-12-01',
    },
    'fulfil-commitment': { commitment: `${relationship}:1` },
  };
  return { node, homes, known: { ...known, commitment: `${relationship}:0` }, whole };
}

for (const engine of engines()) {
  describe(`hostile strings on ${engine}`, () => {
    let world: World;
    before(async () => {
      world = await openWorld(await startTestNode({ engine, seed: `hostile-${engine}`, rehearse: false }));
    });
    after(() => world.node.close());

    test('what is taken comes back as it was given, on both sides', async () => {
      const { node } = world;
      const { relationship } = world.known;
      const said: string[] = [];
      for (const text of NAUGHTY) {
        const item = await node.call('put-item', { property: 'vcard:note', value: text, label: text }, maya);
        if (item.ok) {
          const { rows } = await node.done<Rows<{ value: string }>>(
            'list-items',
            { property: 'vcard:note' },
            maya,
          );
          const kept = rows.map((it) => it.value);
          assert.ok(kept.includes(text.normalize('NFC').trim()), JSON.stringify(text));
        }
        const { rows } = await node.done<Rows<{ id: string }>>(
          'list-items',
          { property: 'vcard:note' },
          maya,
        );
        for (const { id } of rows) await node.done('remove-item', { id }, maya);
        if ((await node.call('send-message', { relationship, text }, maya)).ok)
          said.push(text.normalize('NFC'));
      }
      await node.idle();
      assert.ok(said.length > 70);
      for (const by of [maya, shop]) {
        const heard = await node.done<Rows<{ text: string }>>(
          'list-messages',
          { relationship, limit: said.length },
          by,
        );
        assert.deepEqual(
          heard.rows.map((it) => it.text),
          said,
        );
      }
    });

    test('every text of every operation is taken as it is or refused with a code, and nothing breaks', async () => {
      const { node, known, whole } = world;
      const answers = { taken: 0, refused: 0 };
      for (const operation of OPERATIONS.filter((it) => !ELSEWHERE.has(it.name))) {
        const by = operation.room === 'desk' ? shop : maya;
        for (const [at, input] of textInputs(operation, known, whole[operation.name]).entries()) {
          for (const text of NAUGHTY.filter((it, i) => i % 3 === at % 3 || WORST.has(it))) {
            const answer = await node.call(operation.name, input.with(text), by);
            const where = `${operation.name} ${input.way} ${JSON.stringify(text.slice(0, 40))}`;
            if (!isFailure(answer)) answers.taken++;
            else {
              answers.refused++;
              assert.match(answer.code, /^[a-z]+(-[a-z0-9]+)+$/, where);
              assert.notEqual(answer.code, 'internal-error', where);
              assert.ok(answer.message.length > 10 && answer.message.length < 2_000, where);
            }
          }
        }
      }
      assert.ok(answers.taken > 150 && answers.refused > 2_500, JSON.stringify(answers));
      await node.idle();
    });

    test('after all of it nothing unreadable is kept, and both leave whole', async () => {
      const { node, homes } = world;
      for (const home of Object.values(homes)) {
        for (const { table, columns } of await rowsOf(node, home)) {
          for (const [name, it] of Object.entries(columns)) {
            assert.ok(
              typeof it !== 'string' || (it.isWellFormed() && !it.includes('\0')),
              `${table}.${name}`,
            );
          }
        }
        const archive = await exportQuickly(node, home);
        const report = await reportOn(archive);
        assert.deepEqual([report.ok, report.problems], [true, []]);
        rmSync(archive);
      }
    });
  });
}
