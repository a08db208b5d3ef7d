import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, line } from '../kernel/schema.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { contentOf, packContent } from './content.ts';
import { changedSince, itemsFull, itemTrashed, itemUnknown } from './failures.ts';
import { itemsOf } from './items.ts';
import { VAULT_LIMITS } from './limits.ts';
import { AddressParts, type Content, type Item, type Kept, note, PropertyName, tag } from './model.ts';
import { refuseSealed } from './modes.ts';
import { categoryOf, countItems, eraseOldTrash, getKept, insertItems, updateItem } from './store.ts';

export const PutItem = z.object({
  id: id.optional().describe('The item to change; left out, a new one is made.'),
  property: PropertyName.describe('What it is; list-properties has the names.'),
  value: z.string().max(LIMITS.textChars).optional().describe('As people write it.'),
  parts: AddressParts.optional().describe('An address in parts, instead of the value.'),
  label: line.optional().describe('What you call it; the name of the property when left out.'),
  note: note.optional(),
  tags: z.array(tag).max(VAULT_LIMITS.tags).optional(),
  ifVersion: z
    .int()
    .min(1)
    .optional()
    .describe('The version you have seen; refused when there is a newer one.'),
});

type Input = z.output<typeof PutItem>;

/**
 * A new item, or the next version of one; what is left out keeps what it was. The same content again makes no version.
 * What left the trash by time is erased on the way.
 * Fails with `value-unfit`, `item-unknown`, `item-trashed`, `item-changed`, `items-full`, `category-sealed`.
 */
export async function putItem(deps: BaseDeps, actor: PartyActor, input: Input): Promise<Result<Item>> {
  return deps.storage.transact(actor.home, async (tx) => {
    await eraseOldTrash(tx, deps);
    const written = await (input.id === undefined
      ? makeItem(tx, deps, input)
      : changeItem(tx, deps, input.id, input));
    if (!written.ok) return written;
    const [item] = await itemsOf(tx, tx.home, [written.value], deps.clock.now());
    return item ? ok(item) : itemUnknown();
  });
}

async function makeItem(tx: Tx, deps: BaseDeps, input: Input): Promise<Result<Kept>> {
  const content = contentOf(input, undefined);
  if (!content.ok) return content;
  const sealed = await refuseSealed(tx, categoryOf(content.value));
  if (sealed) return sealed;
  if ((await countItems(tx, tx.home)) >= LIMITS.items) return itemsFull();
  const kept = newKept(newId(deps.random), content.value, deps.clock.now());
  await insertItems(tx, deps, [kept], 'put');
  return ok(kept);
}

async function changeItem(tx: Tx, deps: BaseDeps, item: string, input: Input): Promise<Result<Kept>> {
  const kept = await getKept(tx, deps, tx.home, item);
  if (!kept) return itemUnknown();
  if (kept.trashedAt !== null) return itemTrashed();
  const content = contentOf(input, kept.content);
  if (!content.ok) return content;
  const sealed = await refuseSealed(tx, categoryOf(kept.content), categoryOf(content.value));
  if (sealed) return sealed;
  if (packContent(kept.content) === packContent(content.value)) return ok(kept);
  const stale = changedSince(kept, input.ifVersion);
  if (stale) return stale;
  const next = { ...kept, content: content.value, version: kept.version + 1, updatedAt: deps.clock.now() };
  await updateItem(tx, deps, next, 'put');
  return ok(next);
}

/** A new item. */
export function newKept(id: string, content: Content, at: Instant): Kept {
  return { id, version: 1, createdAt: at, updatedAt: at, trashedAt: null, content };
}
