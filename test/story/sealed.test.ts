import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BEGIN, deviceOf, split } from '../../src/sealed/testing.ts';
import { grantsSeen } from '../harness/grants-seen.ts';
import { engines } from '../harness/test-deps.ts';
import { maya, openPair, type Pair, tom } from './pair.ts';

const HOUR = 3_600_000;

for (const engine of engines()) {
  describe(`what others have of a category that is sealed on ${engine}`, () => {
    let pair: Pair;
    before(async () => {
      pair = await openPair(engine);
    });
    after(() => pair.node.close());

    test('what was given stays given, and nothing newer follows until the node reads it again', async () => {
      const { node, meet, give } = pair;
      const relationship = await meet();
      const { item, grant } = await give(relationship, 'first@example.org', { follows: true });
      await writeRule(pair, item);
      const device = deviceOf(node, maya);
      await node.done('begin-vault', BEGIN, maya);
      const { stops } = await device.step<{ stops: object }>('seal-category', { category: 'contact' });
      assert.deepEqual(stops, { grants: 1, rules: 1 });
      const [whole] = await device.moveOver([item], 'contact');
      assert.equal(await device.mode('contact'), 'sealed');

      const sees = async () =>
        (await grantsSeen(node, relationship, tom)).find((it) => it.id === grant)?.value;
      node.clock?.advance(2 * HOUR);
      await node.idle();
      assert.equal(await sees(), 'first@example.org');
      await stopsNobody(pair, relationship, item);
      assert.equal(await sees(), 'first@example.org');

      assert.ok(whole);
      const last = whole.versions.at(-1);
      assert.ok(last);
      const content = { ...last.content, value: 'second@example.org' };
      const newer = { ...last, version: last.version + 1, content };
      await device.step('serve-category', { category: 'contact' });
      const items = [{ ...whole, versions: [...whole.versions, newer] }];
      const remove = [`item/${item}`, 'block/contact/1'];
      await device.step('serve-items', { category: 'contact', items, remove, last: true });
      await node.idle();
      assert.equal(await sees(), 'second@example.org', 'it follows again');
      const list = { property: 'schema:email' };
      const { rows } = await node.done<{ rows: { sharedWith: number }[] }>('list-items', list, maya);
      assert.deepEqual(
        rows.map((row) => row.sharedWith),
        [1],
        'and is told as shared',
      );
    });
  });
}

/** A rule of hers that is on and names the item. */
async function writeRule({ node }: Pair, item: string): Promise<void> {
  const { id: rule } = await node.done<{ id: string }>(
    'put-rule',
    {
      ...{ name: 'A rule', purpose: 'to write', whom: { kind: 'everybody' } },
      steps: [{ when: { kind: 'i-say-so' }, gives: [{ kind: 'item', value: item }], alsoUnasked: true }],
    },
    maya,
  );
  const { seen } = await node.done<{ seen: string }>('preview-rule', { rule }, maya);
  await node.done('switch-rule', { rule, seen, on: true }, maya);
  await node.idle();
}

/** Everything else that looks at My data goes on, and finds nothing of it. */
async function stopsNobody({ node }: Pair, relationship: string, item: string): Promise<void> {
  const reads: [string, object][] = [
    ['list-items', {}],
    ['list-tags', {}],
    ['list-rules', {}],
    ['list-releases', {}],
    ['show-next', { relationship }],
    ['show-sharing', {}],
    ['show-today', {}],
    ['draft-intent', { sentence: 'a used trumpet in Ghent' }],
    ['list-grants', { relationship }],
  ];
  for (const [operation, input] of reads) {
    const answer = await node.done<object>(operation, input, maya);
    if (operation === 'list-items') assert.deepEqual((answer as { rows: object[] }).rows, []); // its schema says so
  }
  const { rules } = await node.done<{ rules: { id: string }[] }>('list-rules', {}, maya);
  assert.equal(rules.length, 1);
  for (const { id: rule } of rules) await node.done('preview-rule', { rule }, maya);
  const again = { relationship, items: [{ item, purpose: 'again' }] };
  assert.equal((await node.refused('share-items', again, maya)).code, 'item-unknown');
  assert.equal((await node.refused('item-history', { id: item }, maya)).code, 'item-unknown');
  // Not of this category: what is never given follows no more, and goes on not to.
  await node.done('set-never', { add: [{ kind: 'category', value: 'size' }] }, maya);
  await node.done('set-never', { drop: [{ kind: 'category', value: 'size' }] }, maya);
  await node.done('sign-in', { handle: 'maya', passphrase: split('first') });
  node.clock?.advance(2 * HOUR);
  await node.idle();
}
