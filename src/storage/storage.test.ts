import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { engines, openTestDeps } from '../../test/harness/test-deps.ts';
import { fail, ok } from '../kernel/result.ts';
import { migrate, type Tx, tables, type View } from './index.ts';

interface Values {
  node_values: { home_id: string; name: string; value: string };
}

for (const engine of engines()) {
  test(`${engine}: what returns commits, what fails or throws leaves nothing, side by side`, async () => {
    const { storage, close } = await openTestDeps(engine, `storage-${engine}`);
    try {
      const put = (home: string, name: string, end: () => unknown) =>
        storage.transact(home, async (tx) => {
          await tables<Values>(tx)
            .insertInto('node_values')
            .values({ home_id: home, name, value: 'x' })
            .execute();
          return end();
        });
      const throws = (): never => {
        throw new Error('a bug');
      };
      const results = await Promise.allSettled([
        put('a', 'one', () => ok(1)),
        put('a', 'two', () => fail('no', 'No.', 'Nothing.')),
        put('b', 'three', throws),
        put('b', 'four', () => ok(1)),
        put('a', 'one', () => ok('twice')),
      ]);
      assert.deepEqual(
        results.map((r) => r.status),
        ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected'],
      );
      const rows = await storage.read((view) =>
        tables<Values>(view).selectFrom('node_values').select(['home_id', 'name']).orderBy('name').execute(),
      );
      assert.deepEqual(
        rows.map((row) => `${row.home_id} ${row.name}`),
        ['b four', 'a one'],
      );
    } finally {
      await close();
    }
  });

  test(`${engine}: a body with nobody beside it, not tried before: what fails or throws leaves nothing`, async () => {
    const { storage, close } = await openTestDeps(engine, `alone-${engine}`, false);
    try {
      const alone = async (name: string | undefined, end: () => unknown): Promise<unknown> => {
        const ended = await storage
          .transact('h', async (tx) => {
            const row = { home_id: 'h', name: name ?? '', value: 'x' };
            if (name) await tables<Values>(tx).insertInto('node_values').values(row).execute();
            return end();
          })
          .catch((error) => (error instanceof Error ? error.message : error));
        const rows = await storage.read((view) =>
          tables<Values>(view).selectFrom('node_values').select('name').orderBy('name').execute(),
        );
        return [ended, rows.map((row) => row.name).join()];
      };
      const no = fail('no', 'No.', 'Nothing.');
      const throws = (): never => {
        throw new Error('a bug');
      };
      assert.deepEqual(await alone('one', () => no), [no, '']);
      assert.deepEqual(await alone('two', throws), ['a bug', '']);
      assert.deepEqual(await alone('three', () => ok(3)), [ok(3), 'three']);
      assert.deepEqual(await alone(undefined, () => no), [no, 'three']);
      assert.deepEqual(await alone(undefined, throws), ['a bug', 'three']);
      assert.deepEqual(await alone(undefined, () => ok(0)), [ok(0), 'three']);
      assert.deepEqual(await alone('four', () => 4), [4, 'four,three'], 'and the next one is as ever');
    } finally {
      await close();
    }
  });

  test(`${engine}: a body that goes on over a statement that failed is told "done" only if what it wrote stands`, async () => {
    const { storage, close } = await openTestDeps(engine, `caught-${engine}`, false);
    try {
      const put = (tx: Tx, name: string) =>
        tables<Values>(tx).insertInto('node_values').values({ home_id: 'h', name, value: 'x' }).execute();
      const ended = await storage
        .transact('h', async (tx) => {
          await put(tx, 'one');
          await put(tx, 'one').catch(() => {});
          return 'done';
        })
        .catch(() => 'failed');
      const rows = await storage.read((view) =>
        tables<Values>(view).selectFrom('node_values').select('name').execute(),
      );
      assert.deepEqual([ended, rows.length], ended === 'done' ? ['done', 1] : ['failed', 0]);
    } finally {
      await close();
    }
  });

  test(`${engine}: a read that takes long keeps its snapshot and holds up nobody`, async () => {
    const { storage, close } = await openTestDeps(engine, `reads-${engine}`);
    try {
      const put = (name: string): Promise<unknown> =>
        storage.transact('h', (tx) =>
          tables<Values>(tx).insertInto('node_values').values({ home_id: 'h', name, value: 'x' }).execute(),
        );
      const names = async (view: View): Promise<string[]> => {
        const rows = await tables<Values>(view)
          .selectFrom('node_values')
          .select('name')
          .where('home_id', '=', 'h')
          .orderBy('name')
          .execute();
        return rows.map((row) => row.name);
      };
      await put('a');
      const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const long = storage.read(async (view) => {
        const first = await names(view);
        begun.resolve();
        await goOn.promise;
        return [first, await names(view)];
      });
      await begun.promise;
      await put('b');
      assert.deepEqual(await storage.read(names), ['a', 'b']);
      const many = await Promise.all(Array.from({ length: 20 }, () => storage.read(names)));
      assert.deepEqual(new Set(many.map(String)), new Set(['a,b']));
      goOn.resolve();
      assert.deepEqual(await long, [['a'], ['a']]);
      await assert.rejects(
        storage.read(() => Promise.reject(new Error('a bug'))),
        /a bug/,
      );
      assert.deepEqual(await storage.read(names), ['a', 'b']);
    } finally {
      await close();
    }
  });

  test(`${engine}: values come back as they went in, whatever the engine keeps them as`, async () => {
    const { storage, close } = await openTestDeps(engine, `codec-${engine}`);
    try {
      const bytes = new Uint8Array([0, 1, 255]);
      const row = await storage.transact('node', async (tx) => {
        await sql`create table odd (home_id text, big_amount bigint, is_so bigint, at bigint, octets ${sql.raw(engine === 'sqlite' ? 'blob' : 'bytea')}, words text)`.execute(
          tx.db,
        );
        await sql`insert into odd values ('h', ${2n ** 63n - 1n}, ${true}, ${1_800_000_000_000}, ${bytes}, ${'naïve 🎺'})`.execute(
          tx.db,
        );
        return (await sql`select big_amount, is_so, at, octets, words from odd`.execute(tx.db)).rows[0];
      });
      assert.deepEqual(row, {
        big_amount: 2n ** 63n - 1n,
        is_so: true,
        at: 1_800_000_000_000,
        octets: bytes,
        words: 'naïve 🎺',
      });
    } finally {
      await close();
    }
  });

  test(`${engine}: a commit wakes its listeners once, a rollback nobody`, async () => {
    const { storage, close } = await openTestDeps(engine, `wake-${engine}`);
    try {
      let [woken, changed] = [0, 0];
      storage.listen('topic', () => woken++);
      storage.listen('changed:h', () => changed++);
      const act = (end: unknown) =>
        storage.transact('h', async (tx) => {
          tx.wake('topic');
          tx.wake('topic');
          return end;
        });
      await act(ok(1));
      await act(fail('no', 'No.', 'Nothing.'));
      assert.deepEqual([woken, changed], [1, 1]);
    } finally {
      await close();
    }
  });

  test(`${engine}: data of a newer Parley is left alone; migrating twice changes nothing`, async () => {
    const { storage, close } = await openTestDeps(engine, `migrate-${engine}`);
    try {
      assert.deepEqual(await migrate(storage, 0), ok({ applied: 0 }));
      await storage.transact('node', (tx) =>
        sql`insert into migrations (home_id, number, name, applied_at) values ('node', 9999, 'later', 0)`.execute(
          tx.db,
        ),
      );
      const newer = await migrate(storage, 0);
      assert.equal(newer.ok ? '' : newer.code, 'database-newer');
    } finally {
      await close();
    }
  });
}
