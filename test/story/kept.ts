import assert from 'node:assert/strict';
import { type RawBuilder, sql } from 'kysely';
import type { JsonObject } from '../../src/kernel/json.ts';
import { must, ok } from '../../src/kernel/result.ts';
import { appendRecord, getRelationshipRow, type RecordReader } from '../../src/relationships/index.ts';
import type { Tx } from '../../src/storage/index.ts';
import { grantsSeen } from '../harness/grants-seen.ts';
import type { TestNode } from '../harness/node.ts';
import { maya, type Pair, tom } from './pair.ts';

export const ADDRESS = { property: 'schema:telephone', value: '+32 470 12 34 56' };
export const READABLE = {
  property: 'schema:email',
  label: 'Email',
  value: 'v@example.org',
  purpose: 'p',
  until: null,
};

/** Takes every record of its own as it is: for what only a node signs that somebody has changed. */
class Blind extends Map<string, readonly RecordReader[]> {
  override get(): readonly RecordReader[] {
    return [];
  }
}

export async function sign(
  { node, homes }: Pair,
  who: 'maya' | 'tom',
  relationship: string,
  type: string,
  { salt: _, ...content }: JsonObject,
  v = 1,
): Promise<void> {
  const deps = { ...node.deps, readers: new Blind() };
  await write(node, homes[who], async (tx) => {
    const row = must(await getRelationshipRow(tx, homes[who], relationship));
    must(await appendRecord(tx, deps, row, type, content, v));
  });
}

async function write(node: TestNode, home: string, body: (tx: Tx) => Promise<unknown>): Promise<void> {
  await node.deps.storage.transact(home, async (tx) => {
    await body(tx);
    return ok(undefined);
  });
}

async function rows<T>({ node }: Pair, query: RawBuilder<T>): Promise<T[]> {
  return (await node.deps.storage.read(({ db }) => query.execute(db))).rows;
}

/** An item of hers says something else. */
export async function change({ node }: Pair, item: string, value: string): Promise<void> {
  await node.done('put-item', { id: item, property: 'schema:email', value }, maya);
  await node.idle();
}

/** What she has signed of a type, in its order. */
export async function bodiesOf(pair: Pair, relationship: string, type: string): Promise<JsonObject[]> {
  const found = await rows(
    pair,
    sql<{
      body: Uint8Array;
    }>`select body from records where home_id = ${pair.homes.maya} and rel = ${relationship}
      and type = ${type} and body is not null order by place`,
  );
  return found.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
}

/** The records with something given in them, in the rows of somebody. */
export async function kept(pair: Pair, home: string, relationship: string): Promise<string[]> {
  const found = await rows(
    pair,
    sql<{ id: string }>`select id from records where home_id = ${home} and rel = ${relationship}
      and type in ('grant', 'grant-updated') and body is not null order by place`,
  );
  return found.map((it) => it.id);
}

export async function forget({ node }: Pair, home: string, grant: string): Promise<void> {
  await write(node, home, async ({ db }) => {
    await sql`update records set body = null where home_id = ${home}
      and id = (select record from grants where home_id = ${home} and id = ${grant})`.execute(db);
    await sql`delete from grants where home_id = ${home} and id = ${grant}`.execute(db);
  });
}

export async function paused({ node }: Pair, home: string, is: boolean): Promise<void> {
  const at = is ? 1 : null;
  await write(node, home, ({ db }) =>
    sql`update parties set paused_at = ${at} where home_id = ${home}`.execute(db),
  );
}

/** Her envelopes with something given in them, whatever became of them. */
export async function waiting(pair: Pair): Promise<number> {
  const found = await rows(
    pair,
    sql<{ octets: Uint8Array }>`select octets from outbox where home_id = ${pair.homes.maya}`,
  );
  const inner = found.flatMap(({ octets }) => {
    const { body } = octets.length > 0 ? JSON.parse(Buffer.from(octets).toString()) : { body: {} };
    return [body.record, ...(body.records ?? [])].map((it) =>
      Buffer.from(it?.body ?? '', 'base64url').toString(),
    );
  });
  return inner.filter((it) => it.includes('"enc":')).length;
}

export async function unsent(pair: Pair): Promise<unknown[]> {
  return rows(pair, sql`select type, state, problem from outbox where state not in ('acted', 'dropped')`);
}

/** Something of his, given to her. */
export async function givenByHim({ node }: Pair, relationship: string): Promise<string> {
  const { id: item } = await node.done<{ id: string }>('put-item', ADDRESS, tom);
  await node.done('share-items', { relationship, items: [{ item, purpose: 'to call' }] }, tom);
  await node.idle();
  const seen = await grantsSeen(node, relationship, tom);
  const grant = seen.find((it) => it.isMine)?.id;
  assert(grant !== undefined);
  return grant;
}

/** As if he had never announced a key; answers how it comes back. */
export async function withoutKeys(pair: Pair, relationship: string): Promise<() => Promise<void>> {
  const { node, homes } = pair;
  const where = sql`home_id = ${homes.maya} and rel = ${relationship}`;
  const [key] = await rows(
    pair,
    sql<{ public_key: string }>`select public_key from sealing_keys where ${where}`,
  );
  assert(key);
  await write(node, homes.maya, ({ db }) => sql`delete from sealing_keys where ${where}`.execute(db));
  return () => insertKey(pair, relationship, key.public_key);
}

export async function insertKey({ node, homes }: Pair, relationship: string, key: string): Promise<void> {
  await write(node, homes.maya, ({ db }) =>
    sql`insert into sealing_keys (home_id, rel, place, public_key)
      values (${homes.maya}, ${relationship}, 999, ${key})`.execute(db),
  );
}

/** As after a backup, since an instant; null when she goes on. */
export async function standStill(
  { node, homes }: Pair,
  relationship: string,
  at: number | null,
): Promise<void> {
  await write(node, homes.maya, ({ db }) =>
    sql`update relationships set reconciling_at = ${at} where home_id = ${homes.maya} and id = ${relationship}`.execute(
      db,
    ),
  );
}
