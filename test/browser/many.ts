import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { must } from '../../src/kernel/result.ts';
import { closedWayOut } from '../../src/network/index.ts';
import { openNode } from '../../src/node/index.ts';
import { operatorAs } from '../../src/parties/index.ts';
import { gazetteerForTests } from '../../src/places/testing.ts';
import { type Tx, tables } from '../../src/storage/index.ts';
import type { Kept } from '../../src/vault/model.ts';
import { newKept } from '../../src/vault/put-item.ts';
import { insertItems } from '../../src/vault/store.ts';

const MANY = 10_000;
const ROWS_AT_ONCE = 400;
/** Above every position that the node itself gives out. */
const FAR = 1_000_000;

type Row = Record<string, string | number | boolean | Uint8Array | null>;
/** What a copy does not share with the row it is a copy of. */
type Change = (at: number, from: Row) => Row;

const MAYAS: Readonly<Record<string, Change>> = {
  intents: (at, from) => ({
    id: `want${at}`,
    open_key: null,
    state: 'open',
    sentence: `want number ${at}`,
    search: `want number ${at}`,
    created_at: Number(from.created_at) - at,
  }),
  relationships: (at, from) => ({
    id: `rel${at}`,
    name: `Vendor ${at}`,
    last_at: Number(from.last_at) - at,
    unread: 0,
  }),
  // Every other one is over.
  grants: (at, from) => ({
    id: `grant${at}`,
    rel: `rel${at}`,
    since_at: Number(from.since_at) - at,
    ...(at % 2 === 1 && { state: 'stopped', stopped_at: Number(from.since_at) + at, stopped_by: 'mine' }),
  }),
  // Every other one was given up; of those every fiftieth is one that what follows stands on.
  outbox: (at) => ({
    id: `sent${at}`,
    position: FAR + at,
    state: at % 2 === 0 ? 'acted' : 'dead',
    type: at % 100 === 1 ? 'record' : 'cells-wanted',
    attempts: 40,
    problem: at % 2 === 0 ? null : 'connect-failed',
  }),
};
const SHOPS: Readonly<Record<string, Change>> = {
  desk_casts: (at, from) => ({
    alias: `alias${at}`,
    state: 'new',
    received_at: Number(from.received_at) - at,
    // One in ten is of another kind, by its budget.
    cell: at % 10 === 0 ? String(from.cell).replace(/\|EUR\|[^|]+\|/, '|EUR|20000|') : String(from.cell),
  }),
  desk_offers: (at) => ({ id: `listing${at}`, kind: 'listing', name: `n${at}` }),
  desk_items: (at) => ({
    number: `n${at}`,
    position: FAR + at,
    listing: `listing${at}`,
    folded: `trumpet number ${at}`,
  }),
};

/** Copies one row of each list of Maya's and of the shop's ten thousand times, in a folder that no node has open. */
export async function multiply(data: string): Promise<void> {
  const node = must(
    await openNode({
      data,
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      gazetteer: gazetteerForTests(),
      wayOut: closedWayOut,
    }),
  );
  for (const [handle, changes] of [
    ['maya', MAYAS],
    ['fanfare', SHOPS],
  ] as const) {
    const { home } = must(await operatorAs(node.deps, handle));
    if (home === undefined) throw new Error(`${handle} does not live here`);
    await node.deps.storage.transact(home, async (tx) => {
      for (const [table, change] of Object.entries(changes)) await copy(tx, table, change);
      if (changes === MAYAS) await insertItems(tx, node.deps, notes(node.deps.clock.now()), 'put');
    });
  }
  await node.close();
}

function notes(now: number): Kept[] {
  return Array.from({ length: MANY }, (_, at) =>
    newKept(`item${at}`, { property: 'vcard:note', label: `Note ${at}`, value: `what ${at}`, tags: [] }, now),
  );
}

/** Where not any row will do, the first by this column is copied: listings were signed before the answer was. */
const FIRST: Readonly<Record<string, string>> = { desk_offers: 'made_at' };

async function copy(tx: Tx, table: string, change: Change): Promise<void> {
  const db = tables<Record<string, Row>>(tx);
  const row = await db
    .selectFrom(table)
    .selectAll()
    .where('home_id', '=', tx.home)
    .orderBy(FIRST[table] ?? 'home_id')
    .limit(1)
    .executeTakeFirstOrThrow();
  for (let from = 0; from < MANY; from += ROWS_AT_ONCE) {
    const some = Array.from({ length: ROWS_AT_ONCE }, (_, at) => ({ ...row, ...change(from + at, row) }));
    await db.insertInto(table).values(some).execute();
  }
}
