import type { HomeId } from '../kernel/ids.ts';
import { tables, type View } from '../storage/index.ts';
import { keyringOf, type VaultDeps } from './category-keys.ts';
import type { Heads } from './find.ts';
import { inOrder, merge } from './in-order.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Category, Head, VaultTables } from './model.ts';
import { openHeads } from './sealing.ts';
import { chunks } from './store.ts';

interface Where {
  readonly category: Category;
  readonly block: number;
}

/** A block as it was read: every head of it says which. */
interface Block extends Where {
  readonly revision: string;
  /** About how many characters its heads take in memory. */
  readonly size: number;
}

/** A head, and where it stands. */
interface KnownHead extends Head {
  readonly at: Block;
}

interface Held extends Heads<KnownHead> {
  readonly revision: string;
  /** Of all blocks. */
  readonly size: number;
  /** The blocks by name. */
  readonly blocks: ReadonlyMap<string, Block>;
}

const NONE: Held = { revision: '', size: 0, blocks: new Map(), live: [], trashed: [] };

/** A memo and no state: a revision is never used twice, also not by a transaction that was rolled back. */
const kept = new WeakMap<Uint8Array, Map<HomeId, Held>>();

/** The heads of a home as they are in this view. Only blocks that changed since the last look are opened again. */
export async function headsOf(view: View, deps: VaultDeps, home: HomeId): Promise<Heads<KnownHead>> {
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
  const blocks = new Map<string, Block>();
  const changed: Where[] = [];
  for (const row of rows) {
    const known = before.blocks.get(nameOf(row));
    if (known?.revision === row.revision) blocks.set(nameOf(row), known);
    else changed.push(row);
  }
  const gone = new Set([...before.blocks.values()].filter((it) => blocks.get(nameOf(it)) !== it));
  const opened = await openBlocks(view, deps, home, changed, blocks);
  const add = (old: readonly KnownHead[], isTrashed: boolean) =>
    merge(
      old,
      gone,
      opened.filter((head) => (head.trashedAt !== null) === isTrashed),
    );
  let size = 0;
  for (const block of blocks.values()) size += block.size;
  return { revision, size, blocks, live: add(before.live, false), trashed: add(before.trashed, true) };
}

/** The heads of these blocks in order; the blocks are put among the others. */
async function openBlocks(
  view: View,
  deps: VaultDeps,
  home: HomeId,
  changed: readonly Where[],
  blocks: Map<string, Block>,
): Promise<KnownHead[]> {
  const keys = keyringOf(view, deps, home);
  const opened: KnownHead[] = [];
  for (const some of chunks(changed)) {
    const asked = new Set(some.map(nameOf));
    const rows = await tables<VaultTables>(view)
      .selectFrom('item_heads')
      .selectAll()
      .where('home_id', '=', home)
      .where('category', 'in', [...new Set(some.map((it) => it.category))])
      .where('block', 'in', [...new Set(some.map((it) => it.block))])
      .execute();
    for (const { category, block, epoch, revision, sealed } of rows) {
      if (!asked.has(nameOf({ category, block }))) continue;
      const heads = openHeads(await keys.at(category, epoch), block, revision, sealed);
      const at = { category, block, revision, size: sizeOf(heads) };
      blocks.set(nameOf(at), at);
      for (const head of heads) opened.push({ ...head, at });
    }
  }
  return opened.sort(inOrder);
}

const HEAD_CHARS = 200;

function sizeOf(heads: readonly Head[]): number {
  return heads.reduce((sum, head) => sum + head.search.length + HEAD_CHARS, 0);
}

function nameOf({ category, block }: Where): string {
  return `${category} ${block}`;
}
