import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { actAs, engines, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { callOperation } from '../kernel/call-operation.ts';
import type { Told } from '../kernel/many.ts';
import { must } from '../kernel/result.ts';
import { tables } from '../storage/index.ts';
import type { DeliveryTables } from './model.ts';
import { operations } from './operations.ts';
import { send } from './send.ts';

interface Page {
  rows: { id: string; type: string; state: string; host?: string }[];
  ids?: string[];
  total: number;
}

for (const engine of engines()) {
  describe(`what was sent, on ${engine}`, () => {
    let deps: TestDeps;
    const sent: string[] = [];
    const call = async <T>(name: string, input: object): Promise<T> => {
      const operation = operations.find((it) => it.name === name);
      assert.ok(operation);
      return must(await callOperation(operation, deps, actAs('ann'), input)) as T; // each test names what it asks for
    };
    const found = async (input: object) =>
      (await call<Page>('list-deliveries', input)).rows.map((row) => `${row.type} ${row.host}`);

    before(async () => {
      deps = await openTestDeps(engine, 'deliveries');
      const things = [
        ['cast', 'north.example'],
        ['record', 'north.example'],
        ['answer', 'SOUTH.example'],
        ['answer', 'north.example'],
      ] as const;
      await deps.storage.transact('ann', async (tx) => {
        for (const [type, host] of things) {
          const as = { name: 'ann', signer: 'one-use/test' };
          sent.push(await send(tx, deps, { to: { host, inbox: `path-${type}` }, as, type, body: {} }));
        }
      });
      sent.splice(0, sent.length - things.length);
      await deps.storage.transact('ann', (tx) =>
        tables<DeliveryTables>(tx)
          .updateTable('outbox')
          .set({ state: 'dead', attempts: 3, problem: 'node_100%_gone' })
          .where('home_id', '=', 'ann')
          .where('type', '!=', 'cast')
          .execute(),
      );
    });
    after(() => deps.close());

    test('it is found by type, host and trouble, and by the types that other words stand for', async () => {
      assert.deepEqual(await found({ search: 'South' }), ['answer SOUTH.example']);
      assert.deepEqual(await found({ search: 'ANSW' }), ['answer north.example', 'answer SOUTH.example']);
      assert.deepEqual(await found({ search: 'e_100%' }), [
        'answer north.example',
        'answer SOUTH.example',
        'record north.example',
      ]);
      assert.deepEqual(await found({ search: 'x100%' }), [], 'signs of a pattern stand for themselves');
      assert.deepEqual(await found({ search: 'a want', orTypes: ['cast'] }), ['cast north.example']);
      assert.deepEqual(await found({ search: 'north', state: 'dead' }), [
        'answer north.example',
        'record north.example',
      ]);
      const ids = await call<Page>('list-deliveries', { state: 'dead', idsOnly: true });
      assert.deepEqual([ids.rows, ids.ids, ids.total], [[], sent.slice(1).toReversed(), 3]);
    });

    test('many are dropped or tried again, those that must not be are told by themselves', async () => {
      const dropped = await call<Told>('drop-deliveries', { ids: [...sent, 'nothing'] });
      assert.deepEqual(dropped.done, [sent[0], sent[2], sent[3]]);
      assert.deepEqual(
        dropped.not.map((it) => [it.id, it.code]),
        [
          [sent[1], 'delivery-needed'],
          ['nothing', 'delivery-not-stuck'],
        ],
      );
      const tried = await call<Told>('retry-deliveries', { ids: sent });
      assert.deepEqual(tried.done, [sent[1]]);
      const { rows } = await call<Page>('list-deliveries', {});
      assert.deepEqual(
        rows.map((row) => row.state),
        ['dropped', 'dropped', 'saved', 'dropped'],
      );
    });
  });
}
