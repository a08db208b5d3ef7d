import { z } from 'zod';
import { newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id, instant, text } from '../kernel/schema.ts';
import { getPartyRow, partyView } from '../parties/index.ts';
import {
  appendRecord,
  type RelationshipDeps,
  type RelationshipRow,
  relationshipFor,
} from '../relationships/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { getItems } from '../vault/index.ts';
import type { GrantRow, GrantTables } from './model.ts';
import { type AskedUntil, endOf } from './rules.ts';
import { grantsOf, insertGrant } from './store.ts';

/** What I chose to give, confirmed field by field. */
export const Disclosure = z.strictObject({
  item: id,
  purpose: text.min(1, 'Say what it is for.'),
  until: instant
    .optional()
    .describe(
      'The instant after which it must not be used; when left out, that of the ask it answers, else none.',
    ),
});
export type Disclosure = z.infer<typeof Disclosure>;

export const ShareItems = z.object({ relationship: id, items: z.array(Disclosure).min(1).max(50) });

/**
 * Writes down what will go out once the other side has signed. `asks` are what they named an end for. Fails with
 * `item-unknown`, `recovery-unseen`, and as `endOf` does.
 */
export async function planGrants(
  tx: Tx,
  deps: RelationshipDeps,
  rel: string,
  chosen: readonly Disclosure[],
  asks: readonly AskedUntil[],
): Promise<Result<true>> {
  if (chosen.length === 0) return ok(true);
  const party = await getPartyRow(tx, tx.home);
  if (party && (await partyView(tx, tx.home)).recovery === 'unseen') {
    return fail(
      'recovery-unseen',
      'Before anything of yours goes out, write down your recovery code.',
      'Look at the recovery code, write it down, then share.',
    );
  }
  const items = await getItems(
    tx,
    deps,
    tx.home,
    chosen.map((c) => c.item),
  );
  for (const { item, purpose, until } of chosen) {
    const found = items.find((i) => i.id === item);
    if (!found)
      return fail('item-unknown', 'One of these items is not in your data any more.', 'Choose again.');
    const { property, label, value } = found;
    const row = { id: newId(deps.random), rel, is_mine: true, property, label, value, item, purpose };
    const end = endOf(property, until, asks, deps.clock.now());
    if (!end.ok) return end;
    const dates = { until_at: end.value, since_at: null, stopped_at: null };
    await insertGrant(tx, { ...row, ...dates, state: 'planned', record: null });
  }
  return ok(true);
}

/** Sends what was planned, one record a field; what has passed its end meanwhile is not given any more. */
export async function sendPlannedGrants(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
): Promise<Result<string[]>> {
  const records: string[] = [];
  const now = deps.clock.now();
  for (const row of await grantsOf(tx, tx.home, relationship.id)) {
    if (!row.is_mine || row.state !== 'planned' || (row.until_at ?? now + 1) <= now) continue;
    const sent = await appendRecord(tx, deps, relationship, 'grant', grantContent(row));
    if (isFailure(sent)) return sent;
    records.push(sent.value);
  }
  return ok(records);
}

/** Forgets what was planned for a relationship that did not come about. */
export async function dropPlannedGrants(tx: Tx, rel: string): Promise<void> {
  await tables<GrantTables>(tx)
    .deleteFrom('grants')
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .where('state', '=', 'planned')
    .execute();
}

function grantContent(row: GrantRow): Record<string, string | number | null> {
  const { property, label, purpose } = row;
  return { grant: row.id, property, label, value: row.value ?? '', purpose, until: row.until_at };
}

/** Gives named items of my data to the other side of an open relationship. */
export async function shareItems(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof ShareItems>,
): Promise<Result<{ records: string[] }>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const relationship = await relationshipFor(tx, input.relationship, 'speak');
    if (!relationship.ok) return relationship;
    const planned = await planGrants(tx, deps, input.relationship, input.items, []);
    if (!planned.ok) return planned;
    const sent = await sendPlannedGrants(tx, deps, relationship.value);
    return sent.ok ? ok({ records: sent.value }) : sent;
  });
}
