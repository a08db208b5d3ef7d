import { newId } from '../src/kernel/ids.ts';
import { LIMITS } from '../src/kernel/limits.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { entryOf } from '../src/vault/catalogue.ts';
import { contentOf, packContent } from '../src/vault/content.ts';
import { changedSince, itemsFull, itemTrashed } from '../src/vault/failures.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { Category } from '../src/vault/model.ts';
import { TRASH_MS } from '../src/vault/view.ts';
import { type Draft, draftOver, eraseItem, MOST_OBJECTS, MOST_OCTETS, sizeOf, writeItem } from './draft.ts';
import { categoryOther, categoryServed, categoryServing } from './failures.ts';
import { type Put, readPut } from './input.ts';
import { type Opened, openHeadsItems, presentHead, type VaultItem, viewOf } from './items.ts';
import { versionName } from './names.ts';
import type { SealedItem } from './objects.ts';
import { act, type Plan, type Session } from './session.ts';
import { headOfItem, type KnownHead, type State } from './state.ts';
import type { Surroundings } from './surroundings.ts';

/** What an act on many answers: to which it was done, and to which not and why. */
export interface Told {
  readonly done: string[];
  readonly not: { id: string; code: string; message: string; next: string }[];
}

/** A new item, or the next version of one. The same content again makes no version. */
export async function put(session: Session, input: Put): Promise<Result<VaultItem>> {
  const written = readPut(input);
  if (isFailure(written)) return written;
  const fresh = newId({ bytes: session.s.random });
  return act(session, (state) =>
    input.id === undefined
      ? make(session.s, state, fresh, written.value)
      : change(session.s, state, input.id, { ...input, ...written.value }),
  );
}

type Written = Parameters<typeof contentOf>[0];

async function make(
  s: Surroundings,
  state: State,
  id: string,
  input: Written,
): Promise<Result<Plan<VaultItem>>> {
  const content = contentOf(input, undefined);
  if (isFailure(content)) return content;
  // A try before this one was taken, though the node said that it was not.
  const known = headOfItem(state, id);
  if (known) {
    const opened = await openHeadsItems(s, state, [known]);
    return isFailure(opened) ? opened : ok({ value: viewOf(opened.value[0]?.item ?? bug()) });
  }
  const refused = refuseCategory(state, entryOf(input.property).category);
  if (refused) return refused;
  const served = state.shown.reduce((sum, it) => sum + it.served, 0);
  if (served + state.live.length + state.trashed.length >= LIMITS.items) return itemsFull();
  const draft = draftOver(state);
  const now = s.now();
  const about = { how: 'put', createdAt: now, changedAt: now, trashedAt: null, before: null } as const;
  const item: SealedItem = { id, version: 1, content: content.value, ...about };
  await writeItem(s, draft, item, undefined);
  eraseOverdue(s, state, draft);
  return ok({ value: viewOf(item), draft });
}

export async function change(
  s: Surroundings,
  state: State,
  id: string,
  input: Put,
): Promise<Result<Plan<VaultItem>>> {
  const head = presentHead(s, state, id);
  if (isFailure(head)) return head;
  if (head.value.trashedAt !== null) return itemTrashed();
  const refused = refuseCategory(state, head.value.at.category);
  if (refused) return refused;
  const read = await openHeadsItems(s, state, [head.value]);
  if (isFailure(read)) return read;
  const opened = read.value[0] ?? bug();
  const content = contentOf(input, opened.item.content);
  if (isFailure(content)) return content;
  if (entryOf(content.value.property).category !== head.value.at.category) return categoryOther();
  if (packContent(opened.item.content) === packContent(content.value))
    return ok({ value: viewOf(opened.item) });
  const stale = changedSince(opened.item, input.ifVersion);
  if (stale) return stale;
  const draft = draftOver(state);
  const next = await nextVersion(s, draft, opened, { content: content.value, how: 'put', trashedAt: null });
  eraseOverdue(s, state, draft);
  return ok({ value: viewOf(next), draft });
}

function bug(): never {
  throw new Error('broken assumption: what was asked for alone comes alone');
}

/** Writes the next version of an item, and the one before as what it was. */
export async function nextVersion(
  s: Surroundings,
  draft: Draft,
  { head, item, octets }: Opened,
  changed: Partial<SealedItem> & Pick<SealedItem, 'how' | 'trashedAt'>,
): Promise<SealedItem> {
  const version = item.version + 1;
  const next = { ...item, ...changed, version, changedAt: s.now(), before: head.digest };
  draft.put.set(versionName(item.id, item.version), octets);
  const tooOld = version - VAULT_LIMITS.versions;
  if (tooOld > 0) draft.remove.add(versionName(item.id, tooOld));
  await writeItem(s, draft, next, head);
  return next;
}

export function refuseCategory(state: State, category: Category): Failure | undefined {
  const mode = state.statement.modes[category]?.mode;
  if (mode === undefined) return categoryServed(category);
  return mode === 'serving' ? categoryServing(category) : undefined;
}

/** Erases, on the way, some of what has left the trash by time. */
export function eraseOverdue(s: Surroundings, state: State, draft: Draft): void {
  for (const head of state.trashed) {
    if ((head.trashedAt ?? 0) > s.now() - TRASH_MS || refuseCategory(state, head.at.category)) continue;
    if (isFull(draft)) return;
    eraseItem(draft, head);
  }
}

export function isFull(draft: Draft): boolean {
  const { objects, octets } = sizeOf(draft);
  return objects >= MOST_OBJECTS / 2 || octets >= MOST_OCTETS / 2;
}

export function trash(session: Session, ids: readonly string[]): Promise<Result<Told>> {
  const now = session.s.now();
  return turn(session, ids, { how: 'removed', trashedAt: now });
}

export function restore(session: Session, ids: readonly string[]): Promise<Result<Told>> {
  return turn(session, ids, { how: 'restored', trashedAt: null });
}

/** Writes a next version of each that is in or out of the trash; what is there already stays as it is. */
function turn(
  session: Session,
  ids: readonly string[],
  to: Pick<SealedItem, 'how' | 'trashedAt'>,
): Promise<Result<Told>> {
  const write: Write = async (draft, opened) => {
    const isThere = (opened.item.trashedAt === null) === (to.trashedAt === null);
    if (!isThere) await nextVersion(session.s, draft, opened, to);
  };
  return onEach(session, { ids, refuse: () => undefined, write });
}

/** Erases what lies in the trash with its versions; nothing can bring it back. */
export function erase(session: Session, ids: readonly string[]): Promise<Result<Told>> {
  const refuse = (head: KnownHead) => (head.trashedAt === null ? notTrashed() : undefined);
  return onEach(session, { ids, refuse, write: undefined });
}

function notTrashed(): Failure {
  return fail('item-in-use', 'This item is not in the trash.', 'Remove it first.');
}

/** Of one write at the most: items, and blocks in which they stand. */
const ITEMS = 40;
const BLOCKS = 6;

type Write = (draft: Draft, opened: Opened) => Promise<void>;

interface Each {
  readonly ids: readonly string[];
  /** Why it is not done to one. */
  readonly refuse: (head: KnownHead) => Failure | undefined;
  /** Absent where the item need not be read. */
  readonly write: Write | undefined;
}

/** Some items to a write: what cannot be done to one hinders no other. */
export async function onEach(session: Session, each: Each): Promise<Result<Told>> {
  const told: Told = { done: [], not: [] };
  let left: readonly string[] = byBlock(session.state, [...new Set(each.ids)]);
  while (left.length > 0) {
    const ids = left;
    const some = await act(session, (state) => planSome(session.s, state, { ...each, ids }));
    if (isFailure(some)) return some;
    told.done.push(...some.value.done);
    told.not.push(...some.value.not);
    const said = new Set([...some.value.done, ...some.value.not.map((it) => it.id)]);
    left = left.filter((id) => !said.has(id));
  }
  return ok(told);
}

/** What stands in one block is written with it once, in whatever order it was asked for. */
function byBlock(state: State | undefined, ids: readonly string[]): readonly string[] {
  const place = new Map<string, string>();
  for (const { id, at } of [...(state?.live ?? []), ...(state?.trashed ?? [])])
    place.set(id, `${at.category} ${at.block}`);
  const placeOf = (id: string): string => place.get(id) ?? '';
  return ids.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0));
}

/** Plans the first of these items, as many as one write takes. */
async function planSome(
  s: Surroundings,
  state: State,
  { ids, refuse, write }: Each,
): Promise<Result<Plan<Told>>> {
  const { told, heads } = firstOf(s, state, ids, refuse);
  const read = write === undefined ? ok([]) : await openHeadsItems(s, state, heads);
  if (isFailure(read)) return read;
  const draft = draftOver(state);
  for (const [at, head] of heads.entries()) {
    const opened = read.value[at];
    if (write === undefined) eraseItem(draft, head);
    else if (opened) await write(draft, opened);
    told.done.push(head.id);
    if (isFull(draft)) break;
  }
  return ok(draft.blocks.size > 0 ? { value: told, draft } : { value: told });
}

function firstOf(
  s: Surroundings,
  state: State,
  ids: readonly string[],
  refuse: Each['refuse'],
): { told: Told; heads: KnownHead[] } {
  const told: Told = { done: [], not: [] };
  const heads: KnownHead[] = [];
  const blocks = new Set<unknown>();
  const judge = (id: string): Result<KnownHead> => {
    const head = presentHead(s, state, id);
    if (isFailure(head)) return head;
    return refuseCategory(state, head.value.at.category) ?? refuse(head.value) ?? head;
  };
  for (const id of ids) {
    const head = judge(id);
    if (isFailure(head)) {
      const { code, message, next } = head;
      told.not.push({ id, code, message, next });
      continue;
    }
    blocks.add(head.value.at);
    if (blocks.size > BLOCKS || heads.length >= ITEMS) break;
    heads.push(head.value);
  }
  return { told, heads };
}
