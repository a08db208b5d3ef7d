import { toBase64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { sealingKeyOf } from '../parties/index.ts';
import { parsePayload, recordsOf } from '../records/index.ts';
import {
  appendRecord,
  findRelationship,
  type RelationshipDeps,
  type RelationshipRow,
  relationshipFor,
} from '../relationships/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { COUNTED } from './content.ts';
import { GRANT_LIMITS } from './limits.ts';
import type { GrantTables } from './model.ts';

/** Says under which key I am to be given things here: as soon as both have signed, and whenever it changes. */
export async function announceKey(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
): Promise<Result<unknown>> {
  const key = await sealingKeyOf(tx, deps, tx.home, relationship.mine);
  const content = { key: toBase64url(key.publicKey), reads: COUNTED };
  return appendRecord(tx, deps, relationship, 'sealing-key', content);
}

/** Announces it later, not before an instant. */
export async function announceLater(tx: Tx, rel: string, at: Instant | null): Promise<void> {
  await tables<GrantTables>(tx)
    .insertInto('sealing_due')
    .values({ home_id: tx.home, rel, at })
    .onConflict((c) => c.columns(['home_id', 'rel']).doUpdateSet({ at }))
    .execute();
}

/** Homes with keys to announce now, or without a time for it. */
export async function homesToAnnounce(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await tables<GrantTables>(view)
    .selectFrom('sealing_due')
    .select('home_id')
    .distinct()
    .where((e) => e.or([e('at', 'is', null), e('at', '<=', now)]))
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/**
 * Announces what is due. What has no time yet gets one: two who compare find no minute in which one person said the same
 * to both.
 */
export async function announceDue(deps: RelationshipDeps, home: HomeId): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.storage.read((view) =>
    tables<GrantTables>(view)
      .selectFrom('sealing_due')
      .select(['rel', 'at'])
      .where('home_id', '=', home)
      .where((e) => e.or([e('at', 'is', null), e('at', '<=', now)]))
      .orderBy('rel')
      .limit(GRANT_LIMITS.atOnce)
      .execute(),
  );
  for (const { rel, at } of due) {
    await deps.storage.transact(home, async (tx) => {
      if (at === null) return ok(await announceLater(tx, rel, now + soon(deps)));
      const isSettled = await announceOne(tx, deps, rel);
      if (isSettled) await forgetDue(tx, rel);
      return ok(undefined);
    });
  }
}

/** False while it has to wait: nothing is signed after a backup until the other side is heard. */
async function announceOne(tx: Tx, deps: RelationshipDeps, rel: string): Promise<boolean> {
  const row = await findRelationship(tx, tx.home, rel);
  if (!row || row.state === 'ended' || row.state === 'refused') return true;
  const open = await relationshipFor(tx, rel, 'stop-sharing');
  if (!open.ok || open.value.reconciling_at !== null) return false;
  if (await isAnnounced(tx, deps, open.value)) return true;
  return !isFailure(await announceKey(tx, deps, open.value));
}

/** Whether the last key that I announced here is the one in force, with what is read here. */
async function isAnnounced(tx: Tx, deps: RelationshipDeps, { id, mine }: RelationshipRow): Promise<boolean> {
  const last = (await recordsOf(tx, tx.home, id, ['sealing-key'])).findLast((it) => it.is_mine);
  const body = last?.body ? parsePayload(last.body) : undefined;
  const key = await sealingKeyOf(tx, deps, tx.home, mine);
  return body?.ok === true && body.value.key === toBase64url(key.publicKey) && body.value.reads === COUNTED;
}

async function forgetDue(tx: Tx, rel: string): Promise<void> {
  await tables<GrantTables>(tx)
    .deleteFrom('sealing_due')
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .execute();
}

function soon({ random }: RelationshipDeps): number {
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return Math.floor(((a * 2 ** 16 + b * 2 ** 8 + c) / 2 ** 24) * GRANT_LIMITS.announcedMs);
}
