import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { must } from '../../src/kernel/result.ts';
import { migrate, postgresStorage } from '../../src/storage/index.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A database of its own on the server that PARLEY_TEST_POSTGRES names (`npm test` sets it); undefined when it
 * names none, then there is nothing to test on.
 */
export async function createTestDatabase(): Promise<TestDatabase | undefined> {
  const server = process.env.PARLEY_TEST_POSTGRES;
  return server ? create(server, 'template0') : undefined;
}

/** The same with every table in it, where the server has such a one to copy; else as empty as the other. */
export async function createMigratedDatabase(): Promise<TestDatabase | undefined> {
  const server = process.env.PARLEY_TEST_POSTGRES;
  return server ? create(server, process.env.PARLEY_TEST_MIGRATED ?? 'template0') : undefined;
}

/** Makes what `createMigratedDatabase` copies: to migrate takes ten times as long. */
export async function makeMigrated(server: string): Promise<TestDatabase & { readonly name: string }> {
  const database = await create(server, 'template0');
  const storage = postgresStorage(database.url);
  must(await migrate(storage, 0));
  await storage.close();
  return database;
}

async function create(server: string, template: string): Promise<TestDatabase & { readonly name: string }> {
  const name = `parley_${randomUUID().replaceAll('-', '')}`;
  // Copied as files it takes half of the time that it takes as a log of its pages.
  const how = `template ${template} strategy file_copy encoding 'UTF8' locale 'C'`;
  await query(server, `create database ${name} ${how}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => query(server, `drop database ${name} with (force)`) };
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
