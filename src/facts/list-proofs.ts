import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { issuerView, type Known } from './issuer-view.ts';
import { FACT_LIMITS } from './limits.ts';
import { Proof, type ProofRow } from './model.ts';
import { openJson } from './sealed.ts';
import { copyCounts, issuersOf, pageProofs } from './store.ts';
import { factWords, kindWords, valueWords } from './words.ts';

export const ListProofs = z.object({
  relationship: id.optional().describe('Only those that came from it, or that I issued in it.'),
  ...page,
});
export const ProofList = z.object({ rows: z.array(Proof), next: z.string().optional() });

const CURSOR = cursorOf('list-proofs', [id]);

/** What I can prove, and what I issued to others. Fails with `cursor-unknown`. */
export async function listProofs(
  deps: BaseDeps,
  actor: PartyActor,
  { relationship: rel, after: cursor, limit }: z.output<typeof ListProofs>,
): Promise<Result<z.output<typeof ProofList>>> {
  const after = CURSOR.read(cursor);
  if (!after.ok) return after;
  const [last] = after.value ?? [''];
  return deps.storage.read(async (view) => {
    const found = await pageProofs(view, actor.home, { rel, after: last, limit: limit + 1 });
    const { shown, next } = CURSOR.cut(found, limit, (row) => [row.id]);
    const counts = await copyCounts(
      view,
      actor.home,
      shown.map((row) => row.id),
    );
    const known = { rows: await issuersOf(view, actor.home), at: deps.clock.now() };
    const rows = shown.map((row) => proofView(deps, row, counts.get(row.id), known));
    return ok({ rows, ...next });
  });
}

function proofView(
  deps: BaseDeps,
  row: ProofRow & { readonly name: string | null },
  copies: { readonly left: number; readonly used: number } = { left: 0, used: 0 },
  known: Known,
): Proof {
  const { until_at: until, issuer_key: jwk } = row;
  const isImported = row.rel === null;
  const claims = openJson(deps, row.home_id, 'proof-claims', row.sealed_claims);
  const facts = Object.entries(claims).map(([name, value]) => ({
    ...{ path: [name], says: factWords([name], row.is_issued ? 'they' : 'you'), value: valueWords(value) },
  }));
  const key = jwk === null ? undefined : JSON.parse(jwk);
  const counts = row.is_issued ? { left: 0, used: 0 } : copies;
  const isOver = until !== null && until <= deps.clock.now();
  return {
    ...{ id: row.id, isIssued: row.is_issued, isImported, kind: row.kind, name: kindWords(row.kind), facts },
    issuer: issuerView(row.issuer, key, known, isImported),
    ...(row.rel !== null && { relationship: row.rel }),
    ...(row.name !== null && { with: row.name }),
    state: isOver ? 'expired' : row.state,
    ...(until !== null && { until }),
    since: row.made_at,
    copies: {
      ...counts,
      isLow:
        !row.is_issued &&
        row.state === 'held' &&
        !isOver &&
        !isImported &&
        counts.left <= FACT_LIMITS.copiesLeft,
    },
  };
}
