import type { HomeId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { readMarket } from './documents.ts';
import type { MarketDocument } from './model.ts';
import type { Address } from './parts.ts';

interface Tables {
  node_values: { home_id: string; name: string; value: string };
}

/** A market as everybody on this node knows it: where it is reached and the rules it has signed. */
export interface KnownMarket extends Omit<MarketDocument, 'salt' | 'identity'> {
  /** The id of its public identity. */
  readonly id: string;
  readonly address: Address;
}

const PREFIX = 'market/';

/** Stands, with its id after it, where the home of a market of this node would. */
export const REMOTE = '@';

/** What the node remembers of a market: its home while it is being made, and its document once it is open. */
interface Entry {
  readonly home: HomeId;
  readonly handle: string;
  readonly sample: string | null;
  readonly name: string;
  readonly id?: string;
  readonly document?: unknown;
}

/** The markets that this node knows, real ones before samples; read from the node's own rows, never the market's. */
export async function marketsOf(view: View): Promise<KnownMarket[]> {
  return knownOf(await entriesOf(view));
}

function knownOf(entries: readonly Entry[]): KnownMarket[] {
  const known = entries.flatMap((entry) =>
    entry.id === undefined ? [] : [knownMarket(entry.id, entry.document)],
  );
  return known.sort(
    (a, b) => Number(a.isSample) - Number(b.isSample) || a.at - b.at || (a.id < b.id ? -1 : 1),
  );
}

/** The market of an id; without one the first that the node knows. */
export async function findMarket(view: View, id?: string): Promise<KnownMarket | undefined> {
  const entries = await entriesOf(view);
  // Each that is read is verified, so that only the wanted one is.
  return knownOf(id === undefined ? entries : entries.filter((entry) => entry.id === id))[0];
}

function knownMarket(id: string, wire: unknown): KnownMarket {
  const read = readMarket(wire);
  assert(read.ok, 'a market was verified before the node remembered it');
  const { salt: _salt, identity: _identity, ...market } = read.value.value;
  return { id, ...market };
}

export async function entriesOf(view: View): Promise<Entry[]> {
  const rows = await tables<Tables>(view)
    .selectFrom('node_values')
    .select('value')
    .where('home_id', '=', NODE_HOME)
    .where('name', '>=', PREFIX)
    .where('name', '<', `${PREFIX}~`)
    .orderBy('name')
    .execute();
  return rows.map((row) => JSON.parse(row.value) as Entry); // putEntry wrote it
}

/** Remembers a market among the node's values; the transaction is the node's. */
export async function putEntry(tx: Tx, entry: Entry): Promise<void> {
  assert(tx.home === NODE_HOME, 'the directory is the node’s');
  const value = JSON.stringify(entry);
  await tables<Tables>(tx)
    .insertInto('node_values')
    .values({ home_id: NODE_HOME, name: PREFIX + entry.home, value })
    .onConflict((c) => c.columns(['home_id', 'name']).doUpdateSet({ value }))
    .execute();
}

/** Forgets the market of a home, when a sample is removed. */
export async function dropEntry(tx: Tx, home: HomeId): Promise<void> {
  await tables<Tables>(tx)
    .deleteFrom('node_values')
    .where('home_id', '=', NODE_HOME)
    .where('name', '=', PREFIX + home)
    .execute();
}

/** Forgets a market on another node. */
export async function dropRemote(tx: Tx, id: string): Promise<void> {
  await dropEntry(tx, REMOTE + id);
}
