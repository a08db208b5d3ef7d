import { z } from 'zod';
import { newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { id, instant, text } from '../kernel/schema.ts';
import { getPartyRow, partyView } from '../parties/index.ts';
import { getRelationshipRow, type RelationshipDeps, relationshipFor } from '../relationships/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { getItems } from '../vault/index.ts';
import { Times } from './content.ts';
import { sendPlannedGrants } from './give.ts';
import type { GrantTables } from './model.ts';
import { type AskedUntil, endOf } from './rules.ts';
import { countPlanned, insertGrant } from './store.ts';
import { sealPlanned } from './values.ts';

/** What I chose to give, confirmed field by field. */
export const Disclosure = z.strictObject({
  item: id,
  purpose: text.min(1, 'Say what it is for.'),
  until: instant
    .optional()
    .describe(
      'The instant after which it must not be used; when left out, that of the ask it answers, else none.',
    ),
  times: Times.optional().describe(
    'How often they may open it, also counting what it becomes later; as often as they like, when left out. Their Parley keeps to it and tells you of each opening; nothing can force them.',
  ),
  follows: z
    .boolean()
    .optional()
    .describe('Give what you change later too; when left out, they get what it says now and nothing newer.'),
});
export type Disclosure = z.infer<typeof Disclosure>;

export const ShareItems = z.object({ relationship: id, items: z.array(Disclosure).min(1).max(50) });
export const ItemsShared = z.object({
  records: z.array(id),
  waiting: z
    .int()
    .min(0)
    .describe(
      'What does not go out yet: their Parley has not said how to lock it for them, or that it counts openings, as older ones never do.',
    ),
});

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
    return recoveryUnseen();
  }
  const items = await getItems(
    tx,
    deps,
    tx.home,
    chosen.map((c) => c.item),
  );
  const relationship = await getRelationshipRow(tx, tx.home, rel);
  if (!relationship.ok) return relationship;
  for (const { item, purpose, until, times, follows = false } of chosen) {
    const found = items.find((i) => i.id === item);
    if (!found)
      return fail('item-unknown', 'One of these items is not in your data any more.', 'Choose again.');
    const { property, label, version } = found;
    const end = endOf(property, until, asks, deps.clock.now());
    if (!end.ok) return end;
    const grant = newId(deps.random);
    const planned = await sealPlanned(tx, deps, relationship.value.mine, grant, found.value);
    const row = { id: grant, rel, is_mine: true, property, label, item, purpose, until_at: end.value };
    await insertGrant(tx, {
      ...row,
      ...{ state: 'planned', planned, is_following: follows, item_version: version, times: times ?? null },
    });
  }
  return ok(true);
}

export function recoveryUnseen(): Failure {
  return fail(
    'recovery-unseen',
    'Before anything of yours goes out, write down your recovery code.',
    'Look at the recovery code, write it down, then share.',
  );
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

/** Gives named items of my data to the other side of an open relationship. */
export async function shareItems(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof ShareItems>,
): Promise<Result<z.output<typeof ItemsShared>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const relationship = await relationshipFor(tx, input.relationship, 'speak');
    if (!relationship.ok) return relationship;
    const planned = await planGrants(tx, deps, input.relationship, input.items, []);
    if (!planned.ok) return planned;
    const sent = await sendPlannedGrants(tx, deps, relationship.value);
    if (!sent.ok) return sent;
    return ok({ records: sent.value, waiting: await countPlanned(tx, input.relationship) });
  });
}
