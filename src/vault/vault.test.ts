import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { z } from 'zod';
import { actAs, engines, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { callOperation } from '../kernel/call-operation.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Told } from '../kernel/many.ts';
import { isFailure, must, ok, type Result } from '../kernel/result.ts';
import { findByProperty, forgetHolder, getItems, noteHolder } from './index.ts';
import type { Versions } from './item-history.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Items } from './list-items.ts';
import type { Item } from './model.ts';
import { operations } from './operations.ts';
import { settle } from './testing.ts';

type ItemList = z.output<typeof Items>;
const DAY_MS = 86_400_000;
const HOMES = 'anna ben cleo dora eva filip gita hana ines jo kim lea otto rosa'.split(' ');

for (const engine of engines()) {
  describe(`my data on ${engine}`, () => {
    let deps: TestDeps;
    before(async () => {
      deps = await openTestDeps(engine, 'vault');
      await settle(deps, HOMES);
    });
    after(() => deps.close());

    const call = async <T>(name: string, home: string, input?: unknown): Promise<Result<T>> => {
      const operation = operations.find((o) => o.name === name);
      assert.ok(operation);
      const result = await callOperation(operation, deps, actAs(home), input);
      if (!isFailure(result)) assert.deepEqual(operation.output.parse(result.value), result.value);
      return result as Result<T>; // its own output schema has just parsed it
    };
    const put = async (home: string, property: string, value: string, more = {}): Promise<Item> =>
      must(await call<Item>('put-item', home, { property, value, ...more }));
    const list = async (home: string, input = {}): Promise<ItemList> =>
      must(await call<ItemList>('list-items', home, input));
    const values = async (home: string, input = {}): Promise<string[]> =>
      (await list(home, input)).rows.map((item) => item.value);
    const codeOf = (result: Result<unknown>): string => (isFailure(result) ? result.code : 'ok');

    test('an item is put, changed and looked back at', async () => {
      const first = await put('anna', 'schema:email', 'anna@example.org', { tags: ['mail', 'Mail', 'main'] });
      assert.deepEqual([first.label, first.version, first.category], ['E-mail', 1, 'contact']);
      assert.deepEqual(first.tags, ['mail', 'main']);
      deps.clock.advance(1_000);
      const { id, property } = first;
      const second = await put('anna', property, 'anna@new.example', { id, label: 'Private', ifVersion: 1 });
      assert.deepEqual([second.version, second.tags], [2, ['mail', 'main']], 'what is left out stays');
      assert.equal(second.updatedAt, first.updatedAt + 1_000);
      const same = await put('anna', property, ' anna@new.example ', { id, ifVersion: 1 });
      assert.deepEqual(same, second, 'the same content again makes no version');
      const history = must(await call<z.output<typeof Versions>>('item-history', 'anna', { id }));
      assert.deepEqual(
        history.rows.map((v) => [v.version, v.how, v.value, v.label]),
        [
          [2, 'put', 'anna@new.example', 'Private'],
          [1, 'put', 'anna@example.org', 'E-mail'],
        ],
      );
      const page = must(await call<z.output<typeof Versions>>('item-history', 'anna', { id, limit: 1 }));
      const rest = { id, limit: 1, after: page.next };
      const older = must(await call<z.output<typeof Versions>>('item-history', 'anna', rest));
      assert.deepEqual([older.rows[0]?.version, older.next], [1, undefined]);
    });

    test('of two tabs that save, the second learns that something changed, and loses nothing', async () => {
      const { id, property } = await put('ben', 'vcard:note', 'first');
      const saves = ['left', 'right'].map((value) =>
        call<Item>('put-item', 'ben', { id, property, value, ifVersion: 1 }),
      );
      const codes = (await Promise.all(saves)).map(codeOf).sort();
      assert.deepEqual(codes, ['item-changed', 'ok']);
      assert.equal(codeOf(await call('remove-item', 'ben', { id, ifVersion: 1 })), 'item-changed');
      assert.deepEqual(
        (await list('ben')).rows.map((item) => item.version),
        [2],
      );
    });

    test('an address in parts keeps them until text replaces it', async () => {
      const parts = { streetAddress: 'Kerkstraat 1', postalCode: '9000', addressLocality: 'Ghent' };
      const made = must(await call<Item>('put-item', 'cleo', { property: 'schema:address', parts }));
      assert.deepEqual([made.value, made.parts], ['Kerkstraat 1\n9000 Ghent', parts]);
      const { id } = made;
      const named = await put('cleo', 'schema:address', made.value, { id, label: 'Home' });
      assert.deepEqual([named.parts, named.label], [parts, 'Home']);
      const text = await put('cleo', 'schema:address', 'Dok Noord 4\n9000 Ghent', { id });
      assert.equal(text.parts, undefined);
      const wrong = await call('put-item', 'cleo', { property: 'schema:email', parts });
      assert.equal(codeOf(wrong), 'value-unfit');
    });

    test('the trash keeps an item for thirty days', async () => {
      const { id } = await put('dora', 'schema:name', 'Dora');
      const removed = must(await call<Item>('remove-item', 'dora', { id }));
      assert.equal(removed.trashedUntil, deps.clock.now() + VAULT_LIMITS.trashDays * DAY_MS);
      assert.deepEqual(await values('dora'), []);
      assert.deepEqual(await values('dora', { trashed: true }), ['Dora']);
      assert.equal(
        codeOf(await call('put-item', 'dora', { id, property: 'schema:name', value: 'D' })),
        'item-trashed',
      );
      assert.deepEqual(
        must(await call<Item>('remove-item', 'dora', { id })).version,
        2,
        'again changes nothing',
      );
      deps.clock.advance(VAULT_LIMITS.trashDays * DAY_MS - 1);
      const restored = must(await call<Item>('restore-item', 'dora', { id }));
      assert.deepEqual([restored.value, restored.version, restored.trashedAt], ['Dora', 3, undefined]);
      must(await call('remove-item', 'dora', { id }));
      deps.clock.advance(VAULT_LIMITS.trashDays * DAY_MS);
      assert.deepEqual(await values('dora', { trashed: true }), []);
      assert.equal(codeOf(await call('restore-item', 'dora', { id })), 'item-unknown');
      const other = await put('dora', 'schema:name', 'Dora again');
      must(await call('remove-item', 'dora', { id: other.id }));
      assert.equal(
        codeOf(await call('item-history', 'dora', { id })),
        'item-unknown',
        'its history went with it',
      );
      assert.deepEqual(must(await call('empty-trash', 'dora')), { erased: 1 });
      assert.equal(codeOf(await call('item-history', 'dora', { id: other.id })), 'item-unknown');
    });

    test('search finds every word anywhere, in any case and accent', async () => {
      await put('eva', 'schema:name', 'Zoë Müller', { tags: ['Familie'] });
      await put('eva', 'schema:telephone', '+32 470 12 34 56', { label: 'Zoë mobile' });
      await put('eva', 'vcard:note', '100% wool_only! café', { note: 'for winter' });
      await put('filip', 'schema:name', 'Zoe of another party');
      assert.deepEqual(await values('eva', { search: 'ZOE' }), ['Zoë Müller', '+32 470 12 34 56']);
      assert.deepEqual(await values('eva', { search: 'muller zoe' }), ['Zoë Müller']);
      assert.deepEqual(await values('eva', { search: '470123' }), ['+32 470 12 34 56']);
      assert.deepEqual(await values('eva', { search: 'familie' }), ['Zoë Müller']);
      assert.deepEqual(await values('eva', { search: 'winter CAFE' }), ['100% wool_only! café']);
      for (const search of ['%', '_', '!', '0%', 'l_o', 'y!']) {
        assert.deepEqual(await values('eva', { search }), ['100% wool_only! café'], search);
      }
      for (const search of ['zo%', "' or 1=1 --", 'a_b'])
        assert.deepEqual(await values('eva', { search }), []);
    });

    test('lists by tag, category and property, and counts tags', async () => {
      await put('gita', 'schema:email', 'gita@example.org', { tags: ['Été', 'x'] });
      const { id } = await put('gita', 'own:shoe-size', 'EU 42', { tags: ['ete'] });
      await put('gita', 'schema:height', '170 cm');
      assert.deepEqual(await values('gita', { tag: 'ÉTÉ' }), ['gita@example.org', 'EU 42']);
      assert.deepEqual(await values('gita', { category: 'size' }), ['170 cm', 'EU 42']);
      assert.deepEqual(await values('gita', { property: 'own:shoe-size' }), ['EU 42']);
      const tags = must(await call<{ rows: { tag: string; items: number }[] }>('list-tags', 'gita'));
      assert.deepEqual(
        tags.rows.map((t) => t.items),
        [2, 1],
      );
      await put('gita', 'own:shoe-size', 'EU 43', { id, tags: [] });
      assert.deepEqual(await values('gita', { tag: 'ete' }), ['gita@example.org']);
    });

    test('pages follow each other without gap or repetition while items come and go', async () => {
      const names = Array.from({ length: 25 }, (_, i) => `n${String(i).padStart(2, '0')}`);
      for (const label of names) await put('hana', 'schema:email', `${label}@example.org`, { label });
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page: ItemList = await list('hana', { limit: 7, ...(after && { after }) });
        seen.push(...page.rows.map((item) => item.label));
        if (seen.length === 7) await put('hana', 'schema:email', 'early@example.org', { label: 'a' });
        after = page.next;
      } while (after !== undefined);
      assert.deepEqual(seen, names);
      assert.equal((await list('hana')).total, 26);
      assert.equal((await list('hana', { search: 'n0' })).total, 10);
      assert.equal(codeOf(await call('list-items', 'hana', { after: 'nowhere' })), 'cursor-unknown');
    });

    test('acts on many say to which they were done, and to which not and why', async () => {
      const items: Item[] = [];
      for (const value of ['one', 'two', 'three']) items.push(await put('rosa', 'vcard:note', value));
      const [one, two, three] = items.map((item) => item.id);
      assert.ok(one && two && three);
      const act = async (name: string, ids: readonly string[], more = {}) => {
        const told = must(await call<Told>(name, 'rosa', { ids, ...more }));
        return [told.done, told.not.map((it) => [it.id, it.code])];
      };
      assert.deepEqual(await act('remove-items', [two, 'nobody', two]), [
        [two],
        [['nobody', 'item-unknown']],
      ]);
      assert.deepEqual(await act('tag-items', [one, two, three], { tag: 'Ete' }), [
        [one, three],
        [[two, 'item-trashed']],
      ]);
      assert.deepEqual(await act('tag-items', [one], { tag: 'été' }), [[], [[one, 'tag-there']]]);
      assert.deepEqual((await values('rosa', { tag: 'ete' })).sort(), ['one', 'three']);
      assert.deepEqual(await act('untag-items', [three, one], { tag: 'ETE' }), [[three, one], []]);
      assert.deepEqual(await act('untag-items', [one], { tag: 'ete' }), [[], [[one, 'tag-not-there']]]);
      assert.deepEqual(await act('restore-items', [two]), [[two], []]);
      deps.clock.advance(1_000);
      assert.deepEqual(await act('remove-items', [one, two]), [[one, two], []]);
      deps.clock.advance(VAULT_LIMITS.trashDays * DAY_MS);
      assert.deepEqual(await act('restore-items', [one]), [[], [[one, 'item-unknown']]], 'its time is over');
      assert.equal(codeOf(await call('remove-items', 'rosa', { ids: [] })), 'input-invalid');
      const most = Array.from({ length: LIMITS.manyAtOnce + 1 }, (_, at) => `id${at}`);
      assert.equal(codeOf(await call('remove-items', 'rosa', { ids: most })), 'input-invalid');
      const all = must(await call<Told>('remove-items', 'rosa', { ids: most.slice(1) }));
      assert.equal(all.not.length, LIMITS.manyAtOnce);
    });

    test('a list can answer the ids alone, in its own order', async () => {
      for (let at = 0; at < 7; at++) await put('otto', 'vcard:note', `note ${at}`);
      const first = await list('otto', { idsOnly: true });
      assert.deepEqual([first.rows, first.ids?.length, first.next, first.total], [[], 7, undefined, 7]);
      const shown = await list('otto', { search: 'note' });
      assert.deepEqual(
        first.ids,
        shown.rows.map((item) => item.id),
      );
    });

    test('what does not fit is refused field by field and nothing is written', async () => {
      const refusals: [object, string, string][] = [
        [{ property: 'schema:email', value: 'no' }, 'value-unfit', 'value'],
        [{ property: 'schema:email' }, 'value-unfit', 'value'],
        [{ property: 'email', value: 'a@b' }, 'input-invalid', 'property'],
        [{ property: 'schema:name', value: 'x', label: ' ' }, 'input-invalid', 'label'],
        [{ property: 'schema:name', value: 'x', tags: Array(21).fill('t') }, 'input-invalid', 'tags'],
        [{ property: 'schema:name', value: 'x', note: 'a\u0000' }, 'input-invalid', 'note'],
      ];
      for (const [input, code, field] of refusals) {
        const result = await call('put-item', 'ines', input);
        assert.ok(isFailure(result));
        assert.equal(result.code, code);
        assert.ok(result.fields?.[field], field);
      }
      assert.equal(
        codeOf(await call('put-item', 'ines', { id: 'none', property: 'vcard:note', value: 'x' })),
        'item-unknown',
      );
      assert.deepEqual((await list('ines')).rows, []);
      const { id } = await put('jo', 'vcard:note', 'mine');
      for (const name of ['remove-item', 'restore-item', 'item-history']) {
        assert.equal(codeOf(await call(name, 'ines', { id })), 'item-unknown', 'another party’s item');
      }
    });

    test('only so many versions are kept, the newest', async () => {
      const { id } = await put('kim', 'vcard:note', 'v1');
      const last = VAULT_LIMITS.versions + 2;
      for (let v = 2; v <= last; v++) await put('kim', 'vcard:note', `v${v}`, { id });
      const all: number[] = [];
      let after: string | undefined;
      do {
        const input = { id, limit: 200, ...(after && { after }) };
        const page = must(await call<z.output<typeof Versions>>('item-history', 'kim', input));
        all.push(...page.rows.map((v) => v.version));
        after = page.next;
      } while (after !== undefined);
      assert.deepEqual([all.length, all[0], all.at(-1)], [VAULT_LIMITS.versions, last, 3]);
    });

    test('other rooms read items and say who holds them', async () => {
      const mail = await put('lea', 'schema:email', 'lea@example.org');
      const name = await put('lea', 'schema:name', 'Lea');
      const gone = await put('lea', 'schema:name', 'Gone');
      must(await call('remove-item', 'lea', { id: gone.id }));
      const asked = [name.id, gone.id, mail.id, 'none'];
      const got = await deps.storage.read((view) => getItems(view, deps, 'lea', asked));
      assert.deepEqual(
        got.map((item) => item.value),
        ['Lea', 'lea@example.org'],
      );
      const found = await deps.storage.read((view) => findByProperty(view, deps, 'lea', 'schema:name'));
      assert.deepEqual(
        found.map((item) => item.id),
        [name.id],
      );
      const until = deps.clock.now() + 1_000;
      await deps.storage.transact('lea', async (tx) => {
        await noteHolder(tx, 'rel-1', [mail.id, name.id], undefined);
        await noteHolder(tx, 'rel-2', [mail.id], until);
        return ok(true);
      });
      const shared = async (): Promise<number[]> => (await list('lea')).rows.map((item) => item.sharedWith);
      assert.deepEqual(await shared(), [1, 2]);
      deps.clock.advance(1_000);
      assert.deepEqual(await shared(), [1, 1], 'a grant that has ended does not count');
      await deps.storage.transact('lea', async (tx) => ok(await forgetHolder(tx, 'rel-1', [name.id])));
      assert.deepEqual(await shared(), [0, 1]);
      await deps.storage.transact('lea', async (tx) => ok(await forgetHolder(tx, 'rel-1')));
      assert.deepEqual(await shared(), [0, 0]);
    });
  });
}
