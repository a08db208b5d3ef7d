import { sealedFilesPresent } from '../src/files/failures.ts';
import { type Failure, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { isFile } from '../src/vault/catalogue.ts';
import type { Category } from '../src/vault/model.ts';
import { type Draft, draftOver, eraseItem, MOST_OBJECTS } from './draft.ts';
import { stopped } from './failures.ts';
import { openHeadsItems, openVersions } from './items.ts';
import { placeIn } from './names.ts';
import type { WholeItem } from './node.ts';
import type { SealedItem } from './objects.ts';
import { toUtf8 } from './octets.ts';
import { BETWEEN_MS, type Moving } from './seal-category.ts';
import { act, giveWay, type Plan, type Session } from './session.ts';
import type { KnownHead, State } from './state.ts';
import { tidyFiles } from './tidy-files.ts';

/** Of one write at the most: items, their octets, those of one with a long history, and blocks in which they stand. */
const ITEMS = 50;
const OCTETS = 400_000;
const LONG = 600_000;
const BLOCKS = 4;

/**
 * Gives a category back to the node, each item with its history. From the first step on the node takes what is written in it.
 * Whenever it was interrupted, doing it again goes on. Answers how many items were moved. Fails with `files-present` while there are files.
 */
export async function serveCategory(session: Session, moving: Moving): Promise<Result<{ moved: number }>> {
  const { category, progress, signal } = moving;
  const tidied = category === 'file' ? await tidyFiles(session) : ok(undefined);
  if (isFailure(tidied)) return tidied;
  const begun = await act(session, async (state) => begin(state, category));
  if (isFailure(begun)) return begun;
  let moved = 0;
  for (;;) {
    if (signal?.aborted) return stopped();
    const left = session.state ? headsOf(session.state, category).length : 0;
    progress({ done: moved, total: moved + left });
    const some = await act(session, (state) => moveSome(session, state, category));
    if (isFailure(some)) return some;
    if (some.value === 0) break;
    moved += some.value;
    await giveWay(session.s, BETWEEN_MS);
  }
  const ended = await act(session, async (state) => end(state, category));
  return isFailure(ended) ? ended : ok({ moved });
}

function headsOf({ live, trashed }: State, category: Category): KnownHead[] {
  return [...live, ...trashed].filter((head) => head.at.category === category);
}

function begin(state: State, category: Category): Result<Plan<undefined>> {
  const known = state.statement.modes[category];
  if (!known || known.mode === 'serving') return ok({ value: undefined });
  const refused = refuseFiles(headsOf(state, category));
  if (refused) return refused;
  const draft = draftOver(state);
  draft.modes.set(category, { ...known, mode: 'serving' });
  return ok({ value: undefined, draft, operation: 'serve-category', more: { category } });
}

/** What opens a file never goes to the node, whatever it says of how many there are. */
function refuseFiles(heads: readonly KnownHead[]): Failure | undefined {
  const files = heads.filter((head) => isFile(head.property)).length;
  return files > 0 ? sealedFilesPresent(files) : undefined;
}

async function moveSome(session: Session, state: State, category: Category): Promise<Result<Plan<number>>> {
  const all = headsOf(state, category);
  const refused = refuseFiles(all);
  if (refused) return refused;
  const heads = firstOf(all);
  if (heads.length === 0) return ok({ value: 0 });
  const draft = draftOver(state);
  const items = await wholeItems(session, state, heads, draft);
  if (isFailure(items)) return items;
  return ok({ value: items.length, draft, operation: 'serve-items', more: { category, items } });
}

function firstOf(heads: readonly KnownHead[]): KnownHead[] {
  const blocks = new Set<unknown>();
  const first: KnownHead[] = [];
  for (const head of heads.toSorted((a, b) => a.at.block - b.at.block)) {
    blocks.add(head.at);
    if (blocks.size > BLOCKS || first.length >= ITEMS) break;
    first.push(head);
  }
  return first;
}

async function wholeItems(
  { s }: Session,
  state: State,
  heads: readonly KnownHead[],
  draft: Draft,
): Promise<WholeItem[] | Failure> {
  const read = await openHeadsItems(s, state, heads);
  if (isFailure(read)) return read;
  const items: WholeItem[] = [];
  let octets = 0;
  for (const opened of read.value) {
    const versions = await openVersions(s, state, opened);
    if (isFailure(versions)) return versions;
    const item = fitting(opened.item, versions.value);
    octets += octetsOf(item);
    if (items.length > 0 && (octets > OCTETS || draft.remove.size > MOST_OBJECTS)) break;
    eraseItem(draft, opened.head);
    items.push(item);
  }
  return items;
}

/** An item as the node takes it. A history longer than one request goes back as far as that holds. */
function fitting({ id, createdAt, trashedAt }: SealedItem, versions: readonly SealedItem[]): WholeItem {
  const kept: WholeItem['versions'][number][] = [];
  let octets = 0;
  for (const { version, how, changedAt: at, content } of versions) {
    const one = { version, how, at, content };
    octets += octetsOf(one);
    if (kept.length > 0 && octets > LONG) break;
    kept.unshift(one);
  }
  return { id, createdAt, ...(trashedAt !== null && { trashedAt }), versions: kept };
}

function octetsOf(value: object): number {
  return toUtf8(JSON.stringify(value)).length;
}

/** With the last of it the category is as it was before it was sealed; its keys go. */
function end(state: State, category: Category): Result<Plan<undefined>> {
  if (!state.statement.modes[category]) return ok({ value: undefined });
  const draft = draftOver(state);
  draft.modes.delete(category);
  for (const name of state.keys.keys()) {
    if (placeIn(name)?.category !== category) continue;
    draft.keys.delete(name);
    draft.remove.add(name);
  }
  return ok({ value: undefined, draft, operation: 'serve-items', more: { category, items: [], last: true } });
}
