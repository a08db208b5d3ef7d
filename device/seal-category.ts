import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { entryOf } from '../src/vault/catalogue.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { Category } from '../src/vault/model.ts';
import { digestOf } from './crypto.ts';
import { type Draft, draftOver, keyInForce, MOST_OBJECTS, MOST_OCTETS, sizeOf, writeItem } from './draft.ts';
import { nodeOdd, stopped } from './failures.ts';
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
  const total = servedOf(seen.value, category);
  let moved = 0;
  for (;;) {
    if (signal?.aborted) return stopped();
    progress({ done: moved, total: Math.max(total, moved) });
    const some = await moveSome(session, category);
    if (isFailure(some)) return some;
    if (some.value === 0) break;
    moved += some.value;
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

/** Moves some items that the node has still. Answers how many; none when all are sealed. */
async function moveSome(session: Session, category: Category): Promise<Result<number>> {
  const { s } = session;
  const live = await servedIds(s, category, false);
  if (isFailure(live)) return live;
  const ids = live.value.length > 0 ? live : await servedIds(s, category, true);
  if (isFailure(ids)) return ids;
  if (ids.value.length === 0) return ok(0);
  const whole = await readWholeItems(s, ids.value.slice(0, ASKED));
  if (isFailure(whole)) return whole;
  const isOdd = whole.value.some((item) => categoryOf(item) !== category);
  if (isOdd || whole.value.length === 0) return nodeOdd('read-whole-items');
  let left = whole.value;
  while (left.length > 0) {
    const items = left;
    const moved = await moveThese(session, category, items);
    // Another device was quicker, or it left the trash meanwhile: what is there is asked for anew.
    if (isFailure(moved))
      return moved.code === 'item-unknown' ? ok(whole.value.length - left.length || 1) : moved;
    left = left.slice(moved.value);
  }
  return ok(whole.value.length);
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
  return act(session, async (state) => {
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
  const key = state && keyInForce(draftOver(state), category);
  if (!key) return nodeOdd('seal-category');
  const { versions, newest } = await sealWhole(session, key, item);
  let left = [...versions];
  while (left.length > 0) {
    const some = firstThatFit(left);
    const put = await act(session, async (now) => {
      const draft = draftOver(now);
      for (const [name, octets] of some) draft.put.set(name, octets);
      return ok({ value: undefined, draft });
    });
    if (isFailure(put)) return put;
    left = left.slice(some.length);
  }
  return act(session, async (now) => {
    const draft = draftOver(now);
    await writeItem(session.s, draft, newest, undefined);
    return ok({ value: 1, draft, more: { replaces: [item.id] } });
  });
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
