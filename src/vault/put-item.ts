import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { id, line } from '../kernel/schema.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { entryOf } from './catalogue.ts';
import { fold } from './fold.ts';
import { itemsOf, itemUnknown } from './items.ts';
import { VAULT_LIMITS } from './limits.ts';
import { AddressParts, type Content, type Item, type ItemRow, note, PropertyName, tag } from './model.ts';
import { addressText, checkValue, takesParts } from './rules.ts';
import { countItems, eraseTrashed, getItemRow, insertItems, updateItem } from './store.ts';
import { readContent, storeContent } from './values.ts';
import { TRASH_MS } from './view.ts';

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
 * Fails with `value-unfit`, `item-unknown`, `item-trashed`, `item-changed`, `items-full`.
 */
export async function putItem(deps: BaseDeps, actor: PartyActor, input: Input): Promise<Result<Item>> {
  return deps.storage.transact(actor.home, async (tx) => {
    await eraseTrashed(tx, deps.clock.now() - TRASH_MS);
    const written = await (input.id === undefined
      ? makeItem(tx, deps, input)
      : changeItem(tx, deps, input.id, input));
    if (!written.ok) return written;
    const [item] = await itemsOf(tx, tx.home, [written.value], deps.clock.now());
    return item ? ok(item) : itemUnknown();
  });
}

async function makeItem(tx: Tx, deps: BaseDeps, input: Input): Promise<Result<ItemRow>> {
  const content = contentOf(input, undefined);
  if (!content.ok) return content;
  if ((await countItems(tx, tx.home)) >= LIMITS.items) return itemsFull();
  const row = newRow(tx.home, newId(deps.random), content.value, deps.clock.now());
  await insertItems(tx, [row], 'put');
  return ok(row);
}

async function changeItem(tx: Tx, deps: BaseDeps, item: string, input: Input): Promise<Result<ItemRow>> {
  const row = await getItemRow(tx, tx.home, item);
  if (!row) return itemUnknown();
  if (row.is_trashed) return itemTrashed();
  const content = contentOf(input, row);
  if (!content.ok) return content;
  const changed = { ...row, ...storeContent(content.value) };
  if (sameContent(row, changed)) return ok(row);
  const stale = changedSince(row, input.ifVersion);
  if (stale) return stale;
  const now = deps.clock.now();
  const next = { ...changed, version: row.version + 1, updated_at: now };
  await updateItem(tx, next, 'put', now);
  return ok(next);
}

/** `item-changed` when the caller has seen another version than the one that is kept. */
export function changedSince(row: ItemRow, ifVersion: number | undefined): Failure | undefined {
  if (ifVersion === undefined || ifVersion === row.version) return undefined;
  return fail(
    'item-changed',
    'This item was changed somewhere else in the meantime. Nothing was overwritten.',
    'Look at the newer version, then save again if you still want to.',
  );
}

export function itemTrashed(): Failure {
  return fail('item-trashed', 'This item is in the trash.', 'Restore it first, then change it.');
}

export function itemsFull(): Failure {
  return fail(
    'items-full',
    `My data holds at most ${LIMITS.items} items, those in the trash included. Nothing was added.`,
    'Remove what you no longer need and empty the trash, then try again.',
  );
}

/** The row of a new item. */
export function newRow(home: string, item: string, content: Content, at: Instant): ItemRow {
  return {
    home_id: home,
    id: item,
    ...storeContent(content),
    version: 1,
    created_at: at,
    updated_at: at,
    is_trashed: false,
    trashed_at: null,
  };
}

/** What is to be kept: the input, checked, over what was there before. */
export function contentOf(
  input: Omit<Input, 'id' | 'ifVersion'>,
  before: ItemRow | undefined,
): Result<Content> {
  const entry = entryOf(input.property);
  const old = before?.property === input.property ? before && readContent(before) : undefined;
  if (input.parts && !takesParts(entry)) {
    return fail('value-unfit', 'Only an address has parts.', 'Write it as one value.', {
      parts: 'Only an address has parts.',
    });
  }
  const given = input.parts ? addressText(input.parts) : input.value;
  const value = given === undefined && old ? ok(old.value) : checkValue(input.property, given ?? '');
  if (!value.ok) return value;
  // Text that replaces an address in parts has no parts; the same text keeps them.
  const parts = input.parts ?? (old?.value === value.value ? old.parts : undefined);
  const kept = before && readContent(before);
  return ok({
    property: input.property,
    value: value.value,
    parts,
    label: input.label ?? old?.label ?? entry.label,
    note: (input.note ?? kept?.note) || undefined,
    tags: input.tags ? distinct(input.tags) : (kept?.tags ?? []),
  });
}

/** Tags that differ only in case or accents are one. */
function distinct(tags: readonly string[]): string[] {
  return [...new Map(tags.toReversed().map((t) => [fold(t), t])).values()].toReversed();
}

function sameContent(a: ItemRow, b: ItemRow): boolean {
  const { property, label, value, parts, note, tags } = a;
  const same = b.property === property && b.label === label && b.value === value && b.parts === parts;
  return same && b.note === note && b.tags === tags;
}
