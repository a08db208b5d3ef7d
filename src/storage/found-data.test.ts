import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { createTestDatabase } from '../../test/harness/postgres.ts';
import { type Engine, engines } from '../../test/harness/test-deps.ts';
import { must } from '../kernel/result.ts';
import { insertRows, migrate, postgresStorage, type Storage, sqliteStorage, type View } from './index.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** A database of a Parley that knew the migrations before this one, and nothing in it. */
async function openBefore(engine: Engine, number: number) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-found-'));
  const database = engine === 'postgresql' ? await createTestDatabase() : undefined;
  const storage = database ? postgresStorage(database.url) : sqliteStorage(join(folder, 'a.sqlite'));
  const types = database
    ? { text: 'text collate "C"', whole: 'bigint', bytes: 'bytea' }
    : { text: 'text', whole: 'integer', bytes: 'blob' };
  await storage.transact('node', async ({ db }) => {
    const { text, whole } = types;
    const table = `create table migrations (home_id ${text} not null, number ${whole} not null, name ${text} not null,
      applied_at ${whole} not null, primary key (home_id, number))`;
    await sql.raw(table).execute(db);
    for (const it of MIGRATIONS.filter((migration) => migration.number < number)) {
      for (const statement of it.up(types)) await sql.raw(statement).execute(db);
      await sql`insert into migrations values ('node', ${it.number}, ${it.name}, 0)`.execute(db);
    }
  });
  const close = async (): Promise<void> => {
    await storage.close();
    await database?.drop();
    rmSync(folder, { recursive: true });
  };
  return { storage, close };
}

type Found = readonly [home: string, rel: string, id: string, place: number];

/** Both sides of a relationship keep a record under the same id, each in a relationship of its own. */
const RECORDS: readonly Found[] = [
  ['ada', 'with-ben', 'said', 1],
  ['ada', 'with-ben', 'heard', 2],
  ['ada', 'with-cleo', 'other', 1],
  ['ben', 'with-ada', 'said', 1],
];

const ENVELOPES = [
  ['ada', 'record', 'said', 'with-ben/said'],
  ['ada', 'record', 'other', 'with-cleo/other'],
  ['ben', 'record', 'said', 'with-ada/said'],
  // What it carried is not here, or was another thing of the same id: it stays as it is.
  ['ada', 'record', 'gone', 'gone'],
  ['ben', 'record', 'other', 'other'],
  ['ada', 'cast', 'said', 'said'],
  ['ada', 'record', null, null],
] as const;

const octets = (...words: readonly unknown[]): Uint8Array => new TextEncoder().encode(words.join());

function recordOf([home_id, rel, id, place]: Found, at: number) {
  return {
    ...{ home_id, rel, author: `author-${at}`, seq: place, id, type: 'message', v: 1 },
    ...{ protected: octets('protected', at), payload: octets('payload', at) },
    ...{ signature: octets('signature', at), body: at === 1 ? null : octets('body', at) },
    ...{ received_at: 1_800_000_000_000 + at, is_mine: at % 2 === 0, place },
  };
}

function envelopeOf([home_id, type, about]: (typeof ENVELOPES)[number], at: number) {
  return {
    ...{ home_id, id: `envelope-${at}`, position: at, sender: 's', signer: 's', host: 'h', path: 'p' },
    ...{ type, about, octets: octets(at), state: 'saved', attempts: 0 },
    ...{ next_at: 1, expires_at: 2, saved_at: 0 },
  };
}

const recordsIn = async ({ db }: View) =>
  (await sql`select * from records order by home_id, rel, place`.execute(db)).rows;

async function writeRecord(storage: Storage, at: number, row: Found): Promise<string> {
  return storage
    .transact(row[0], (tx) => insertRows(tx, 'records', [recordOf(row, at)]))
    .then(
      () => 'taken',
      () => 'refused',
    );
}

for (const engine of engines()) {
  test(`${engine}: records and envelopes that are found keep every octet, and are named by their relationship`, async () => {
    const { storage, close } = await openBefore(engine, 40);
    try {
      for (const home of ['ada', 'ben']) {
        await storage.transact(home, async (tx) => {
          const of = <T extends readonly unknown[]>(rows: readonly T[]) => rows.filter(([it]) => it === home);
          await insertRows(
            tx,
            'records',
            of(RECORDS).map((it) => recordOf(it, RECORDS.indexOf(it))),
          );
          await insertRows(
            tx,
            'outbox',
            of(ENVELOPES).map((it) => envelopeOf(it, ENVELOPES.indexOf(it))),
          );
        });
      }
      const before = await storage.read(recordsIn);
      assert.equal(before.length, RECORDS.length);
      assert.equal(await writeRecord(storage, 8, ['ada', 'with-cleo', 'said', 2]), 'refused');
      assert.ok(must(await migrate(storage, 0)).applied > 0);
      assert.deepEqual(await storage.read(recordsIn), before);
      const { rows } = await storage.read(({ db }) =>
        sql<{ about: string | null }>`select about from outbox order by position`.execute(db),
      );
      assert.deepEqual(
        rows.map((row) => row.about),
        ENVELOPES.map(([, , , about]) => about),
      );
      assert.equal(await writeRecord(storage, 8, ['ada', 'with-cleo', 'said', 2]), 'taken');
      assert.equal(
        await writeRecord(storage, 9, ['ada', 'with-cleo', 'said', 3]),
        'refused',
        'an id is one there',
      );
      assert.equal(
        await writeRecord(storage, 9, ['ada', 'with-cleo', 'more', 2]),
        'refused',
        'and so is a place',
      );
    } finally {
      await close();
    }
  });
}
