import { LIMITS } from '../src/kernel/limits.ts';
import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { entryOf } from '../src/vault/catalogue.ts';
import { itemUnknown } from '../src/vault/failures.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { Category } from '../src/vault/model.ts';
import { digestOf } from './crypto.ts';
import { type Draft, draftOver, keyInForce, MOST_OBJECTS, MOST_OCTETS, sizeOf, writeItem } from './draft.ts';
import { busy, categoryTurned, nodeOdd, stopped } from './failures.ts';
import { addEpoch } from './keys.ts';
import { versionName } from './names.ts';
import { readWholeItems, servedIds, type WholeItem } from './node.ts';
import { type CategoryKey, type SealedItem, sealItem } from './objects.ts';
import type { Octets } from './octets.ts';
import { act, giveWay, type Plan, renew, type Session } from './session.ts';
import type { State } from './state.ts';

/** How far moving a category is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface Moving {
  readonly category: Category;
  readonly progress: (so: Progress) => void;
  readonly signal: AbortSignal | undefined;
}

/** Between two writes of long work, so that other devices come to their turn. */
export const BETWEEN_MS = 20;

/** Rounds in which nothing is moved, as when other devices are always quicker. */
const TRIES = 8;

/** Items that are asked for at once. */
const ASKED = 50;

/**
 * Seals a category: from the first step the node takes nothing of it in the clear, then each item is moved with its history.
 * Whenever it was interrupted, doing it again goes on. Answers how many items were moved.
 */
export async function sealCategory(session: Session, moving: Moving): Promise<Result<{ moved: number }>> {
  const { category, progress, signal } = moving;
  const begun = await act(session, (state) => begin(session, state, category));
  if (isFailure(begun)) return begun;
  const seen = await renew(session);
  if (isFailure(seen)) return seen;
  // What the node could still add to something that is sealed would be made up.
  if (seen.value.statement.modes[category]?.mode === 'sealed') return ok({ moved: 0 });
  const total = servedOf(seen.value, category);
  if (total > LIMITS.items) return nodeOdd('show-vault');
  let [moved, idle] = [0, 0];
  for (;;) {
    if (signal?.aborted) return stopped();
    progress({ done: moved, total });
    const some = await moveSome(session, category, total - moved);
    if (isFailure(some)) return some;
    if (some.value.isOver) break;
    moved += some.value.moved;
    idle = some.value.moved === 0 ? idle + 1 : 0;
    if (idle === TRIES) return busy();
    await giveWay(session.s, BETWEEN_MS);
  }
  const ended = await act(session, (state) => end(state, category));
  return isFailure(ended) ? ended : ok({ moved });
}

export function servedOf({ shown }: State, category: Category): number {
  return shown.find((it) => it.category === category)?.served ?? 0;
}

/** Says that it is being sealed, under a fresh key where it has none. One that turns back half way keeps its own. */
async function begin({ s }: Session, state: State, category: Category): Promise<Result<Plan<undefined>>> {
  const known = state.statement.modes[category];
  if (known?.mode === 'sealing' || known?.mode === 'sealed') return ok({ value: undefined });
  const draft = draftOver(state);
  if (known) draft.modes.set(category, { ...known, mode: 'sealing' });
  else await addEpoch(s, draft, category, 'sealing');
  return ok({ value: undefined, draft, operation: 'seal-category', more: { category } });
}

interface Moved {
  readonly moved: number;
  /** Nothing is left. */
  readonly isOver: boolean;
}

/** Moves some items that the node has still. */
async function moveSome(session: Session, category: Category, most: number): Promise<Result<Moved>> {
  const { s } = session;
  const live = await servedIds(s, category, false);
  if (isFailure(live)) return live;
  const ids = live.value.length > 0 ? live : await servedIds(s, category, true);
  if (isFailure(ids)) return ids;
  if (ids.value.length === 0) return ok({ moved: 0, isOver: true });
  // No file is ever an item that the node has: one that it made up would come with a key that it knows.
  if (category === 'file') return nodeOdd('list-items');
  const asked = new Set(ids.value.slice(0, ASKED));
  // Since it is being sealed the node takes nothing of it: more than there was is made up.
  if (asked.size > most) return nodeOdd('list-items');
  const quicker = await areSealed(session, asked);
  if (isFailure(quicker)) return quicker;
  if (quicker.value) return ok({ moved: 0, isOver: false });
  const whole = await readWholeItems(s, [...asked]);
  if (isFailure(whole)) return whole;
  const answered = new Set(whole.value.map((item) => item.id));
  const isOdd = whole.value.some((item) => categoryOf(item) !== category || !asked.has(item.id));
  if (isOdd || answered.size === 0 || answered.size < whole.value.length) return nodeOdd('read-whole-items');
  let left = whole.value;
  while (left.length > 0) {
    const items = left;
    const moved = await moveThese(session, category, items);
    // Another device was quicker, or it left the trash meanwhile: what is there is asked for anew.
    if (isFailure(moved)) {
      if (moved.code !== 'item-unknown') return moved;
      return ok({ moved: whole.value.length - left.length, isOver: false });
    }
    left = left.slice(moved.value);
  }
  return ok({ moved: whole.value.length, isOver: false });
}

/**
 * Whether another device has sealed any of these meanwhile. What is sealed is not in the clear any more: a node that says so
 * would have it written over with what it was before.
 */
async function areSealed(session: Session, ids: ReadonlySet<string>): Promise<Result<boolean>> {
  const { state } = session;
  if (!state || !hasAny(state, ids)) return ok(false);
  const now = await renew(session);
  if (isFailure(now)) return now;
  return now.value.statement.counter === state.statement.counter ? nodeOdd('list-items') : ok(true);
}

function hasAny({ live, trashed }: State, ids: ReadonlySet<string>): boolean {
  return live.some((head) => ids.has(head.id)) || trashed.some((head) => ids.has(head.id));
}

function categoryOf({ versions }: WholeItem): Category | undefined {
  const newest = versions.at(-1);
  return newest && entryOf(newest.content.property).category;
}

/** Moves the first of these, as many as one write takes; one with a long history takes several. */
async function moveThese(
  session: Session,
  category: Category,
  items: readonly WholeItem[],
): Promise<Result<number>> {
  const [first] = items;
  if (first && isLong(first)) return moveHistory(session, category, first);
  const ids = new Set(items.map((item) => item.id));
  return act(session, async (state) => {
    if (hasAny(state, ids)) return itemUnknown();
    if (state.statement.modes[category]?.mode !== 'sealing') return categoryTurned(category);
    const draft = draftOver(state);
    const replaces: string[] = [];
    for (const item of items) {
      if (replaces.length > 0 && (isLong(item) || isFull(draft, item))) break;
      const sealed = await sealWhole(session, keyInForce(draft, category), item);
      for (const [name, octets] of sealed.versions) draft.put.set(name, octets);
      await writeItem(session.s, draft, sealed.newest, undefined);
      replaces.push(item.id);
    }
    return ok({ value: replaces.length, draft, more: { replaces } });
  });
}

/** About the octets that an item takes with its history. */
function octetsOf({ versions }: WholeItem): number {
  return versions.reduce((sum, { content }) => sum + 400 + JSON.stringify(content).length * 2, 0);
}

function isLong(item: WholeItem): boolean {
  return octetsOf(item) > MOST_OCTETS / 2;
}

function isFull(draft: Draft, next: WholeItem): boolean {
  const { objects, octets } = sizeOf(draft);
  return objects + next.versions.length > MOST_OBJECTS || octets + octetsOf(next) > MOST_OCTETS;
}

/** A history that is too long for one write goes ahead in several: nothing names it until the item itself comes. */
async function moveHistory(session: Session, category: Category, item: WholeItem): Promise<Result<number>> {
  const { state } = session;
  if (state?.statement.modes[category]?.mode !== 'sealing') return categoryTurned(category);
  const key = keyInForce(draftOver(state), category);
  const { versions, newest } = await sealWhole(session, key, item);
  let left = [...versions];
  while (left.length > 0) {
    const some = firstThatFit(left);
    const put = await act(session, async (now) => {
      if (!isUnder(now, key)) return categoryTurned(category);
      const draft = draftOver(now);
      for (const [name, octets] of some) draft.put.set(name, octets);
      return ok({ value: undefined, draft });
    });
    if (isFailure(put)) return put;
    left = left.slice(some.length);
  }
  return act(session, async (now) => {
    if (hasAny(now, new Set([item.id]))) return itemUnknown();
    if (!isUnder(now, key)) return categoryTurned(category);
    const draft = draftOver(now);
    await writeItem(session.s, draft, newest, undefined);
    return ok({ value: 1, draft, more: { replaces: [item.id] } });
  });
}

/** Whether what was sealed under this key opens there still. */
function isUnder({ statement: { modes } }: State, { category, epoch }: CategoryKey): boolean {
  const known = modes[category];
  return known?.mode === 'sealing' && known.since <= epoch && epoch <= known.epoch;
}

function firstThatFit(all: readonly (readonly [string, Octets])[]) {
  let sum = 0;
  const over = all.findIndex(([, octets], at) => {
    sum += octets.length;
    return at > 0 && sum > MOST_OCTETS;
  });
  return over < 0 ? all : all.slice(0, over);
}

interface SealedWhole {
  readonly versions: readonly (readonly [name: string, octets: Octets])[];
  readonly newest: SealedItem;
}

/** Every version, each naming the one before. */
async function sealWhole({ s }: Session, key: CategoryKey, item: WholeItem): Promise<SealedWhole> {
  const { id, createdAt } = item;
  const kept = item.versions.slice(-VAULT_LIMITS.versions);
  const versions: [string, Octets][] = [];
  let before: string | null = null;
  let newest: SealedItem | undefined;
  for (const [at, { version, how, at: changedAt, content }] of kept.entries()) {
    const isNewest = at === kept.length - 1;
    const trashedAt = isNewest ? (item.trashedAt ?? null) : null;
    newest = { id, version, content, how, createdAt, changedAt, trashedAt, before };
    if (isNewest) break;
    const octets: Octets = await sealItem(key, newest, s.random);
    versions.push([versionName(id, version), octets]);
    before = await digestOf(octets);
  }
  if (!newest) throw new Error('broken assumption: an item has a version');
  return { versions, newest };
}

/** The node has said that nothing of it is left there; the statement says so too. */
async function end(state: State, category: Category): Promise<Result<Plan<undefined>>> {
  const known = state.statement.modes[category];
  if (known?.mode !== 'sealing') return ok({ value: undefined });
  const draft = draftOver(state);
  draft.modes.set(category, { ...known, mode: 'sealed' });
  return ok({ value: undefined, draft });
}
