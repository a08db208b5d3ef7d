import type { Envelope } from '../delivery/index.ts';
import { type Failure, fail } from '../kernel/result.ts';
import {
  type Counterpart,
  type CounterpartRow,
  counterpartOf,
  getCounterpart,
  isPathOf,
} from '../parties/index.ts';
import type { Tx } from '../storage/index.ts';
import type { RelationshipRow } from './model.ts';
import { findRelationship, relationshipsWith } from './store.ts';

/**
 * The relationship that a message of it names, when it came to a path of that very relationship: at any other of my paths
 * it is as unknown as at a stranger's, so that nobody can try whether two paths are one person's.
 */
export async function relationshipOf(tx: Tx, envelope: Envelope): Promise<RelationshipRow | Failure> {
  const rel = envelope.body.rel;
  const row = typeof rel === 'string' ? await findRelationship(tx, tx.home, rel) : undefined;
  if (row && (await isPathOf(tx, tx.home, row.mine, envelope.to))) return row;
  return fail('relationship-unknown', 'There is no such relationship here.', '');
}

/** The other side as it is known now; undefined before it has signed. */
export async function pinned(
  tx: Tx,
  relationship: RelationshipRow,
): Promise<(Counterpart & { readonly row: CounterpartRow }) | undefined> {
  if (relationship.theirs === null) return undefined;
  const row = await getCounterpart(tx, tx.home, relationship.theirs);
  return row && { ...counterpartOf(row), row };
}

/** The relationship with this counterpart that has this inbox path. */
export async function relationshipWith(
  tx: Tx,
  counterpart: string,
  inbox: string,
): Promise<RelationshipRow | undefined> {
  for (const row of await relationshipsWith(tx, tx.home, counterpart))
    if (await isPathOf(tx, tx.home, row.mine, inbox)) return row;
  return undefined;
}
