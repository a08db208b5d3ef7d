import type { z } from 'zod';
import { actOnEach, Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, type Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { itemTrashed, itemUnknown } from './failures.ts';
import { fold } from './fold.ts';
import { VAULT_LIMITS } from './limits.ts';
import { tag } from './model.ts';
import { refuseSealed } from './modes.ts';
import { categoryOf, getKept, updateItem } from './store.ts';

export const TagItems = Many.extend({ tag });

/** Puts a tag on items. Each that cannot take it is told with `item-unknown`, `item-trashed`, `tag-there`, `tags-full`. */
export async function tagItems(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof TagItems>,
): Promise<Result<Told>> {
  return changeTags(deps, actor, input.ids, (tags) => {
    if (tags.some((it) => fold(it) === fold(input.tag))) {
      return fail('tag-there', 'This item has the tag already.', 'Nothing more is needed.');
    }
    if (tags.length >= VAULT_LIMITS.tags) {
      return fail('tags-full', `An item takes at most ${VAULT_LIMITS.tags} tags.`, 'Take one off first.');
    }
    return [...tags, input.tag];
  });
}

/** Writes the tags that a rule makes of those each item has, or tells why it makes none. */
export async function changeTags(
  deps: BaseDeps,
  actor: PartyActor,
  ids: readonly string[],
  rule: (tags: readonly string[]) => readonly string[] | Failure,
): Promise<Result<Told>> {
  return deps.storage.transact(actor.home, (tx) =>
    actOnEach(ids, (item) => changeTagsOf(tx, deps, item, rule)),
  );
}

async function changeTagsOf(
  tx: Tx,
  deps: BaseDeps,
  item: string,
  rule: (tags: readonly string[]) => readonly string[] | Failure,
): Promise<Failure | undefined> {
  const kept = await getKept(tx, deps, tx.home, item);
  if (!kept) return itemUnknown();
  if (kept.trashedAt !== null) return itemTrashed();
  const sealed = await refuseSealed(tx, categoryOf(kept.content));
  if (sealed) return sealed;
  const tags = rule(kept.content.tags);
  if ('code' in tags) return tags;
  const content = { ...kept.content, tags };
  const next = { ...kept, content, version: kept.version + 1, updatedAt: deps.clock.now() };
  await updateItem(tx, deps, next, 'put');
  return undefined;
}
