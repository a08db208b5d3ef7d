import type { HomeId } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { assert } from '../kernel/result.ts';
import { open, seal } from '../kernel/sealing.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { Row, Value } from './model.ts';

/** The node that a copy of a party lives on, as far as rows depend on it. */
export interface Bound {
  readonly home: HomeId;
  readonly nodeKey: Uint8Array;
  readonly random: Random;
}

/** Added to the time of the next try of whatever a copy still had to send: so it waits until the copy is in use. */
const HELD_MS = 2 ** 52;

/** The tables with columns that the node's key seals. */
const SECRET: ReadonlySet<string> = new Set(['party_secrets', 'past_served', 'proofs', 'proof_copies']);

/** The columns that the node's key seals, with what each seal is bound to (see parties/). */
const SEALED: Readonly<Record<string, (home: HomeId) => string>> = {
  served: (home) => `served|${home}`,
  past_served: (home) => `past-served|${home}`,
  recovery_code: (home) => `recovery-code|${home}`,
  sealed_claims: (home) => `proof-claims|${home}`,
  sealed_copy: (home) => `proof-copy|${home}`,
  sealed_key: (home) => `proof-key|${home}`,
};

/** A stored row as the archive has it: whatever belongs to one node is taken off. */
export function toArchived(bound: Bound, table: string, row: Row): Row {
  if (SECRET.has(table)) return mapSealed(row, (value, context) => opened(bound, value, context));
  if (table === 'outbox' && typeof row.next_at === 'number' && row.next_at >= HELD_MS) {
    return { ...row, next_at: row.next_at - HELD_MS };
  }
  // Work under way ends for the copy with the snapshot, as it does when a node stops.
  return table === 'jobs' && row.state === 'running'
    ? { ...row, state: 'interrupted', ended_at: row.told_at ?? null }
    : row;
}

/** An archived row as this node stores it: sealed under its own key, and held back from being sent. */
export function toStored(bound: Bound, table: string, row: Row): Row {
  const { nodeKey, random, home } = bound;
  if (SECRET.has(table)) {
    return mapSealed(row, (value, context) => seal(nodeKey, value, context(home), random));
  }
  const isWaiting = table === 'outbox' && row.state === 'saved' && typeof row.next_at === 'number';
  return isWaiting ? { ...row, next_at: Number(row.next_at) + HELD_MS } : row;
}

function opened({ nodeKey, home }: Bound, value: Uint8Array, context: (home: HomeId) => string): Uint8Array {
  const plain = open(nodeKey, value, context(home));
  assert(plain, 'what a node has sealed opens with its key');
  return plain;
}

function mapSealed(row: Row, map: (value: Uint8Array, context: (home: HomeId) => string) => Uint8Array): Row {
  const out: Record<string, Value> = { ...row };
  for (const [column, context] of Object.entries(SEALED)) {
    const value = row[column];
    if (value instanceof Uint8Array) out[column] = map(value, context);
  }
  return out;
}

/** Lets go what was held back when it was stored; the transaction is of the home that is taken into use. */
export async function releaseHeld(tx: Tx): Promise<void> {
  await tables<{ outbox: { home_id: string; next_at: number } }>(tx)
    .updateTable('outbox')
    .set((e) => ({ next_at: e('next_at', '-', HELD_MS) }))
    .where('home_id', '=', tx.home)
    .where('next_at', '>=', HELD_MS)
    .execute();
}
