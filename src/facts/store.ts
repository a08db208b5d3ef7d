import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { RelationshipTables } from '../relationships/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { CopyRow, FactTables, IssuerRow, ProofRow } from './model.ts';

export async function insertProof(tx: Tx, row: Omit<ProofRow, 'home_id'>): Promise<void> {
  await tables<FactTables>(tx)
    .insertInto('proofs')
    .values({ home_id: tx.home, ...row })
    .execute();
}

export async function getProof(view: View, home: HomeId, id: string): Promise<ProofRow | undefined> {
  return tables<FactTables>(view)
    .selectFrom('proofs')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function updateProof(tx: Tx, id: string, change: Partial<ProofRow>): Promise<void> {
  await tables<FactTables>(tx)
    .updateTable('proofs')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

/** Takes out a proof with all its copies. */
export async function dropProof(tx: Tx, id: string): Promise<void> {
  const db = tables<FactTables>(tx);
  await db.deleteFrom('proof_copies').where('home_id', '=', tx.home).where('proof', '=', id).execute();
  await db.deleteFrom('proofs').where('home_id', '=', tx.home).where('id', '=', id).execute();
}

/** What a party issued, took or imported. What others offer it is counted apart, so that none of them can fill its place. */
export async function countProofs(view: View, home: HomeId): Promise<number> {
  const { total } = await tables<FactTables>(view)
    .selectFrom('proofs')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where((e) => e.or([e('is_issued', '=', true), e('state', '!=', 'offered')]))
    .executeTakeFirstOrThrow();
  return total;
}

/** What the other side offered in a relationship and nobody took. */
export async function countOffers(view: View, home: HomeId, rel: string): Promise<number> {
  const { total } = await tables<FactTables>(view)
    .selectFrom('proofs')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where('is_issued', '=', false)
    .where('state', '=', 'offered')
    .executeTakeFirstOrThrow();
  return total;
}

/** Proofs in the order of their ids, each with the name of whom it came from or went to. */
export async function pageProofs(
  view: View,
  home: HomeId,
  which: { readonly rel?: string | undefined; readonly after: string; readonly limit: number },
): Promise<(ProofRow & { name: string | null })[]> {
  let query = tables<FactTables & Pick<RelationshipTables, 'relationships'>>(view)
    .selectFrom('proofs as p')
    .leftJoin('relationships as r', (join) =>
      join.onRef('r.home_id', '=', 'p.home_id').onRef('r.id', '=', 'p.rel'),
    )
    .selectAll('p')
    .select('r.name')
    .where('p.home_id', '=', home)
    .where('p.id', '>', which.after);
  if (which.rel !== undefined) query = query.where('p.rel', '=', which.rel);
  return query.orderBy('p.id').limit(which.limit).execute();
}

/** What I can show, or could once copies have come. */
export async function heldProofs(view: View, home: HomeId): Promise<ProofRow[]> {
  return tables<FactTables>(view)
    .selectFrom('proofs')
    .selectAll()
    .where('home_id', '=', home)
    .where('is_issued', '=', false)
    .where('state', '=', 'held')
    .orderBy('id')
    .execute();
}

export async function insertCopies(tx: Tx, rows: readonly Omit<CopyRow, 'home_id'>[]): Promise<void> {
  if (rows.length === 0) return;
  await tables<FactTables>(tx)
    .insertInto('proof_copies')
    .values(rows.map((row) => ({ home_id: tx.home, ...row })))
    .execute();
}

/**
 * A mark that keys were made for a proof that is gone. They follow from its id, which its issuer chose: under the same id
 * again, copies would be bound to keys that others have seen.
 */
export function keepSpent(tx: Tx, proof: string, at: Instant): Promise<void> {
  return insertCopies(tx, [{ proof, number: 0, sealed_copy: null, sealed_key: null, used_at: at }]);
}

/** Whether there is a proof of that id, or was one for which keys were made. */
export async function isProofKnown(view: View, home: HomeId, id: string): Promise<boolean> {
  return (await getProof(view, home, id)) !== undefined || (await copiesOf(view, home, id)).length > 0;
}

export async function copiesOf(view: View, home: HomeId, proof: string): Promise<CopyRow[]> {
  return tables<FactTables>(view)
    .selectFrom('proof_copies')
    .selectAll()
    .where('home_id', '=', home)
    .where('proof', '=', proof)
    .orderBy('number')
    .execute();
}

export async function updateCopy(
  tx: Tx,
  { proof, number }: Pick<CopyRow, 'proof' | 'number'>,
  change: Partial<CopyRow>,
): Promise<void> {
  await tables<FactTables>(tx)
    .updateTable('proof_copies')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('proof', '=', proof)
    .where('number', '=', number)
    .execute();
}

/** How many copies of each proof nobody has seen, and how many somebody has. */
export async function copyCounts(
  view: View,
  home: HomeId,
  proofs: readonly string[],
): Promise<ReadonlyMap<string, { readonly left: number; readonly used: number }>> {
  if (proofs.length === 0) return new Map();
  const rows = await tables<FactTables>(view)
    .selectFrom('proof_copies')
    .select((e) => ['proof', e.fn.countAll<number>().as('total'), e.fn.count<number>('used_at').as('used')])
    .where('home_id', '=', home)
    .where('proof', 'in', proofs)
    .groupBy('proof')
    .execute();
  return new Map(
    rows.map(({ proof, total, used }) => [proof, { left: Number(total) - Number(used), used: Number(used) }]),
  );
}

/** Homes that were asked for copies of what they issued. */
export async function homesWithWanted(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await tables<FactTables>(view)
    .selectFrom('proofs')
    .select('home_id')
    .distinct()
    .where('wanted', 'is not', null)
    .where('until_at', '>', now)
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

export async function wantedOf(view: View, home: HomeId, now: Instant): Promise<ProofRow[]> {
  return tables<FactTables>(view)
    .selectFrom('proofs')
    .selectAll()
    .where('home_id', '=', home)
    .where('wanted', 'is not', null)
    .where('until_at', '>', now)
    .orderBy('id')
    .execute();
}

export async function issuersOf(view: View, home: HomeId): Promise<IssuerRow[]> {
  return tables<FactTables>(view)
    .selectFrom('proof_issuers')
    .selectAll()
    .where('home_id', '=', home)
    .orderBy('address')
    .execute();
}

export async function putIssuer(tx: Tx, row: Omit<IssuerRow, 'home_id'>): Promise<void> {
  await tables<FactTables>(tx)
    .insertInto('proof_issuers')
    .values({ home_id: tx.home, ...row })
    .onConflict((c) => c.columns(['home_id', 'address']).doUpdateSet(row))
    .execute();
}
