import { randomUUID } from 'node:crypto';
import pg from 'pg';

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
  if (!server) return undefined;
  const name = `parley_${randomUUID().replaceAll('-', '')}`;
  await query(server, `create database ${name} template template0 encoding 'UTF8' locale 'C'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => query(server, `drop database ${name} with (force)`) };
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
