import type { Envelope } from '../delivery/index.ts';
import { type Failure, fail } from '../kernel/result.ts';
import { type Counterpart, type CounterpartRow, counterpartOf, getCounterpart } from '../parties/index.ts';
import type { Tx } from '../storage/index.ts';
import type { RelationshipRow } from './model.ts';
import { findRelationship } from './store.ts';

/** The relationship that a message of it names. */
export async function relationshipOf(tx: Tx, envelope: Envelope): Promise<RelationshipRow | Failure> {
  const rel = envelope.body.rel;
  const row = typeof rel === 'string' ? await findRelationship(tx, tx.home, rel) : undefined;
  return row ?? fail('relationship-unknown', 'There is no such relationship here.', '');
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
