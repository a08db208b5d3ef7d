import type { HomeId } from '../kernel/ids.ts';
import { tables, type View } from '../storage/index.ts';
import { keyringOf, type VaultDeps } from './category-keys.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Category, Head, VaultTables } from './model.ts';
import { openHeads } from './sealing.ts';
import { chunks } from './store.ts';

/** A block as it was read: every head of it says which. */
interface Block {
  readonly category: Category;
  readonly block: number;
  readonly revision: string;
}

/** A head, and where it stands. */
export interface KnownHead extends Head {
  readonly at: Block;
}

/** Every head of one home, by place and id: what is in use, and what is in the trash. */
export interface Heads {
  readonly live: readonly KnownHead[];
  readonly trashed: readonly KnownHead[];
}

interface Held extends Heads {
  readonly revision: string;
  /** About how many characters they take in memory. */
  readonly size: number;
  /** The blocks by name. */
  readonly blocks: ReadonlyMap<string, Block>;
}

const NONE: Held = { revision: '', size: 0, blocks: new Map(), live: [], trashed: [] };

/** A memo and no state: a revision is never used twice, also not by a transaction that was rolled back. */
const kept = new WeakMap<Uint8Array, Map<HomeId, Held>>();

/** The heads of a home as they are in this view. Only blocks that changed since the last look are opened again. */
export async function headsOf(view: View, deps: VaultDeps, home: HomeId): Promise<Heads> {
  const revision = await revisionOf(view, home);
  if (revision === undefined) return NONE;
  const homes = kept.get(deps.nodeKey) ?? new Map<HomeId, Held>();
  kept.set(deps.nodeKey, homes);
  const before = homes.get(home) ?? NONE;
  const heads = before.revision === revision ? before : await lookAgain(view, deps, home, before, revision);
  homes.delete(home);
  homes.set(home, heads);
  forgetOldest(homes);
  return heads;
}

/** Lets go of what of a home was opened: of what is sealed nothing is to stay in memory either. */
export function forgetHeads(deps: VaultDeps, home: HomeId): void {
  kept.get(deps.nodeKey)?.delete(home);
}

async function revisionOf(view: View, home: HomeId): Promise<string | undefined> {
  const row = await tables<VaultTables>(view)
    .selectFrom('vault_revisions')
    .select('revision')
    .where('home_id', '=', home)
    .executeTakeFirst();
  return row?.revision;
}

/** Keeps the homes that were looked at last, as many as fit. */
function forgetOldest(homes: Map<HomeId, Held>): void {
  let total = 0;
  for (const { size } of homes.values()) total += size;
  for (const [home, { size }] of homes) {
    if (total <= VAULT_LIMITS.headsKept || homes.size === 1) return;
    homes.delete(home);
    total -= size;
  }
}

async function lookAgain(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  before: Held,
  revision: string,
): Promise<Held> {
  const rows = await tables<VaultTables>(view)
    .selectFrom('item_heads')
    .select(['category', 'block', 'revision'])
    .where('home_id', '=', home)
    .execute();
  const changed: Block[] = [];
  const blocks = new Map<string, Block>();
  for (const row of rows) {
    const known = before.blocks.get(nameOf(row));
    const isSame = known?.revision === row.revision;
    blocks.set(nameOf(row), isSame ? known : row);
    if (!isSame) changed.push(row);
  }
  const same = new Set(blocks.values());
  const opened = (await openBlocks(view, deps, home, changed)).sort(inOrder);
  const add = (old: readonly KnownHead[], isTrashed: boolean) =>
    merge(
      old.filter((head) => same.has(head.at)),
      opened.filter((head) => (head.trashedAt !== null) === isTrashed),
    );
  const [live, trashed] = [add(before.live, false), add(before.trashed, true)];
  return { revision, size: sizeOf(live) + sizeOf(trashed), blocks, live, trashed };
}

async function openBlocks(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  changed: readonly Block[],
): Promise<KnownHead[]> {
  const keys = keyringOf(view, deps, home);
  const opened: KnownHead[] = [];
  for (const some of chunks(changed)) {
    const named = new Map(some.map((block) => [nameOf(block), block]));
    const rows = await tables<VaultTables>(view)
      .selectFrom('item_heads')
      .selectAll()
      .where('home_id', '=', home)
      .where('category', 'in', [...new Set(some.map((it) => it.category))])
      .where('block', 'in', [...new Set(some.map((it) => it.block))])
      .execute();
    for (const { category, block, epoch, revision, sealed } of rows) {
      const at = named.get(nameOf({ category, block }));
      if (!at) continue;
      const key = await keys.at(category, epoch);
      for (const head of openHeads(key, block, revision, sealed)) opened.push({ ...head, at });
    }
  }
  return opened;
}

const HEAD_CHARS = 200;

function sizeOf(heads: readonly KnownHead[]): number {
  return heads.reduce((sum, head) => sum + head.search.length + HEAD_CHARS, 0);
}

function nameOf({ category, block }: Pick<Block, 'category' | 'block'>): string {
  return `${category} ${block}`;
}

function inOrder(a: Head, b: Head): number {
  if (a.place !== b.place) return a.place < b.place ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Two lists in order as one. */
function merge(a: readonly KnownHead[], b: readonly KnownHead[]): readonly KnownHead[] {
  if (b.length === 0) return a;
  const merged: KnownHead[] = [];
  let next = 0;
  for (const head of a) {
    for (let other = b[next]; other && inOrder(other, head) < 0; other = b[++next]) merged.push(other);
    merged.push(head);
  }
  merged.push(...b.slice(next));
  return merged;
}
