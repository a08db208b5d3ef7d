import {
  categoryDowngraded,
  categoryMoving,
  entryOf,
  type Vault,
  type VaultItem,
} from '../../device/index.ts';
import { askNode } from '../api/client.ts';
import { Failed } from '../api/failure.ts';
import type { In, Name, Out } from '../api/operations.ts';
import type { Item, ItemCategory } from '../api/shapes.ts';
import { cancelFile, emptyTrash, listFiles, renameFile } from './file-answers.ts';
import { openVaultNow } from './keeper.ts';
import { failureHere, taken } from './results.ts';
import { pageTogether } from './together.ts';
import { isClosed } from './truth.ts';

type Answers = { [N in Name]?: (vault: Vault, input: In<N>) => Promise<Out<N>> | undefined };
type Many = Out<'remove-items'>;

/** The operations of My data, over what the node reads and what is open here together. */
const ANSWERS: Answers = {
  'list-items': listItems,
  'list-tags': listTags,
  'item-history': (vault, { id }) => (idsIn(vault).has(id) ? historyOf(vault, id) : undefined),
  'put-item': putItem,
  'remove-item': (vault, { id }) => (idsIn(vault).has(id) ? alone(vault.trash([id])) : undefined),
  'restore-item': (vault, { id }) => (idsIn(vault).has(id) ? restoreItem(vault, id) : undefined),
  'remove-items': (vault, { ids }) =>
    onMany(
      vault,
      ids,
      (mine) => vault.trash(mine),
      (rest) => askNode('remove-items', { ids: rest }),
    ),
  'restore-items': (vault, { ids }) =>
    onMany(
      vault,
      ids,
      (mine) => vault.restore(mine),
      (rest) => askNode('restore-items', { ids: rest }),
    ),
  'tag-items': (vault, { ids, tag }) =>
    onMany(
      vault,
      ids,
      (mine) => vault.tag(mine, tag),
      (rest) => askNode('tag-items', { ids: rest, tag }),
    ),
  'untag-items': (vault, { ids, tag }) =>
    onMany(
      vault,
      ids,
      (mine) => vault.untag(mine, tag),
      (rest) => askNode('untag-items', { ids: rest, tag }),
    ),
  'list-files': ofFiles(listFiles),
  'rename-file': ofFiles(renameFile),
  'cancel-file': ofFiles(cancelFile),
  'empty-file-trash': ofFiles(emptyTrash),
  'remove-files': ofFiles(async (vault, { ids }) => taken(await vault.trash(ids))),
  'restore-files': ofFiles(async (vault, { ids }) => taken(await vault.restore(ids))),
};

/** Files are all of one kind or all of the other. */
function ofFiles<In, Out>(answer: (vault: Vault, input: In) => Promise<Out>) {
  return (vault: Vault, input: In): Promise<Out> | undefined =>
    isClosed(modeOf(vault, 'file')) ? answer(vault, input) : undefined;
}

/** What this device answers; undefined where the node is to be asked. */
export function answerSealed<N extends Name>(name: N, input: In<N>): Promise<Out<N>> | undefined {
  const vault = openVaultNow();
  return vault && ANSWERS[name]?.(vault, input);
}

function modeOf(vault: Vault, category: ItemCategory | undefined) {
  return vault.categories().find((it) => it.category === category)?.mode;
}

/** Nothing of what is asked for can be at the node: it is not told what somebody looks for. */
function isHereAlone(vault: Vault, { category, property }: In<'list-items'>): boolean {
  const asked = [category, property === undefined ? undefined : entryOf(property).category];
  return asked.some((it) => modeOf(vault, it) === 'sealed');
}

const NOTHING = { rows: [], total: 0 };

/** What the node shows, without what it cannot have: a row of a sealed kind is one that it has made up. */
async function servedOnly(vault: Vault, input: In<'list-items'>): Promise<Out<'list-items'>> {
  if (isHereAlone(vault, input)) return NOTHING;
  const page = await askNode('list-items', input);
  const rows = page.rows.filter(({ category, property }) =>
    [category, entryOf(property).category].every((it) => modeOf(vault, it) !== 'sealed'),
  );
  return { ...page, rows, total: page.total - (page.rows.length - rows.length) };
}

const ALL = Number.MAX_SAFE_INTEGER;

function idsIn(vault: Vault): ReadonlySet<string> {
  const live = vault.list({ limit: ALL }).rows;
  const trashed = vault.list({ trashed: true, limit: ALL }).rows;
  return new Set([...live, ...trashed].map((head) => head.id));
}

/** Nobody else sees what is sealed. */
const shown = (item: VaultItem): Item => ({ ...item, sharedWith: 0 });

async function listItems(vault: Vault, input: In<'list-items'>): Promise<Out<'list-items'>> {
  if (input.id !== undefined) {
    if (!idsIn(vault).has(input.id)) return servedOnly(vault, input);
    return { rows: taken(await vault.getMany([input.id])).map(shown), total: 1 };
  }
  if (input.idsOnly) return listIds(vault, input);
  return listTogether(vault, input);
}

/** Those that the node lists come first, and with the last of them all that are open here. */
async function listIds(vault: Vault, input: In<'list-items'>): Promise<Out<'list-items'>> {
  const page = await servedOnly(vault, input);
  if (page.next !== undefined) return page;
  const mine = vault.list({ ...input, after: undefined, limit: ALL }).rows.map((head) => head.id);
  return { ...page, ids: [...(page.ids ?? []), ...mine], total: page.total + mine.length };
}

const USUAL = 50;

/** A page of both lists, in the order that both have. */
async function listTogether(vault: Vault, input: In<'list-items'>): Promise<Out<'list-items'>> {
  const { after: from, ...rest } = input;
  const lists = {
    served: (after: string | undefined, limit: number) =>
      servedOnly(vault, { ...rest, limit, ...(after === undefined ? {} : { after }) }),
    sealed: async (after: string | undefined, limit: number) => {
      const { rows: heads, ...page } = vault.list({ ...rest, after, limit });
      const items = taken(await vault.getMany(heads.map((head) => head.id)));
      return { ...page, rows: items.map(shown) };
    },
  };
  const { rows, ...page } = await pageTogether(lists, from, input.limit ?? USUAL);
  return { ...page, rows: [...rows] };
}

async function listTags(vault: Vault): Promise<Out<'list-tags'>> {
  const served = await askNode('list-tags', {});
  const tags = new Map<string, { tag: string; items: number }>();
  for (const { tag, items } of [...served.rows, ...vault.tags()]) {
    const key = tag.toLowerCase();
    const known = tags.get(key);
    tags.set(key, { tag: known?.tag ?? tag, items: (known?.items ?? 0) + items });
  }
  return { rows: [...tags.values()].sort((a, b) => a.tag.localeCompare(b.tag)) };
}

async function historyOf(vault: Vault, id: string): Promise<Out<'item-history'>> {
  const versions = taken(await vault.history(id));
  return { rows: versions.map((version) => ({ ...version, tags: [...version.tags] })) };
}

function putItem(vault: Vault, input: In<'put-item'>): Promise<Item> | undefined {
  const isMine = input.id !== undefined && idsIn(vault).has(input.id);
  const { category } = entryOf(input.property);
  const mode = modeOf(vault, category);
  // While it goes back to the node, the node takes it.
  if (!isMine && !isClosed(mode)) return undefined;
  if (!isMine && input.id !== undefined) {
    // The node shows an item of a kind of which it has none, or of which some have not moved yet.
    const why = mode === 'sealed' ? categoryDowngraded(category) : categoryMoving(category);
    return Promise.reject(new Failed(failureHere(why)));
  }
  return vault.put(input).then((kept) => shown(taken(kept)));
}

async function restoreItem(vault: Vault, id: string): Promise<Item> {
  await alone(vault.restore([id]));
  return shown(taken(await vault.get(id)));
}

/** An act on one, by the act on many. */
async function alone(told: ReturnType<Vault['trash']>): Promise<Record<string, never>> {
  const [refused] = taken(await told).not;
  if (refused) throw new Failed(refused);
  return {};
}

async function onMany(
  vault: Vault,
  ids: readonly string[],
  here: (ids: readonly string[]) => ReturnType<Vault['trash']>,
  there: (ids: string[]) => Promise<Many>,
): Promise<Many> {
  const known = idsIn(vault);
  const mine = ids.filter((id) => known.has(id));
  const rest = ids.filter((id) => !known.has(id));
  const done = rest.length > 0 ? await there(rest) : { done: [], not: [] };
  if (mine.length === 0) return done;
  const too = taken(await here(mine));
  return { done: [...done.done, ...too.done], not: [...done.not, ...too.not] };
}
