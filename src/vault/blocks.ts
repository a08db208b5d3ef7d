import { newId } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { type Tx, tables } from '../storage/index.ts';
import { keyInForce, keyringOf, type VaultDeps } from './category-keys.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Category, Head, VaultTables } from './model.ts';
import { openHeads, sealHeads } from './sealing.ts';

interface Where {
  readonly category: Category;
  readonly block: number;
}

/** What becomes of one head: a new one, another content or category, or nothing more. */
export interface HeadChange {
  readonly id: string;
  /** Where it stood. */
  readonly from?: Where;
  readonly to?: { readonly category: Category; readonly head: Head };
}

/** A block that is being changed. */
interface Block extends Where {
  readonly heads: Map<string, Head>;
  octets: number;
}

/**
 * Writes heads into the blocks of their categories. Answers the block of each by its id. Each block that changes is sealed
 * again under the key in force.
 */
export async function writeHeads(
  tx: Tx,
  deps: VaultDeps,
  changes: readonly HeadChange[],
): Promise<ReadonlyMap<string, number>> {
  const open = new Map<string, Block>();
  const newest = new Map<Category, Block>();
  const placed = new Map<string, number>();
  for (const { id, from, to } of changes) {
    const before = from && (await opened(tx, deps, open, from));
    if (before) takeOut(before, id);
    if (!to) continue;
    // One that has grown moves on, so that no block outgrows what an archive takes in a line.
    const stays = before && before.category === to.category && hasRoom(before, to.head);
    const block = stays ? before : await roomFor(tx, deps, open, newest, to);
    block.heads.set(id, to.head);
    block.octets += octetsOf(to.head);
    placed.set(id, block.block);
  }
  for (const block of open.values()) await writeBlock(tx, deps, block);
  if (open.size > 0) await noteRevision(tx, deps);
  return placed;
}

function takeOut(block: Block, id: string): void {
  const head = block.heads.get(id);
  if (head) block.octets -= octetsOf(head);
  block.heads.delete(id);
}

function hasRoom({ heads, octets }: Block, head: Head): boolean {
  if (heads.size === 0) return true;
  return heads.size < VAULT_LIMITS.blockHeads && octets + octetsOf(head) <= VAULT_LIMITS.blockOctets;
}

async function opened(tx: Tx, deps: VaultDeps, open: Map<string, Block>, where: Where): Promise<Block> {
  const name = `${where.category} ${where.block}`;
  const known = open.get(name);
  if (known) return known;
  const row = await tables<VaultTables>(tx)
    .selectFrom('item_heads')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('category', '=', where.category)
    .where('block', '=', where.block)
    .executeTakeFirst();
  assert(row, 'the block that an item names is there');
  const key = await keyringOf(tx, deps, tx.home).at(row.category, row.epoch);
  const heads = openHeads(key, row.block, row.revision, row.sealed);
  const block = {
    ...where,
    heads: new Map(heads.map((head) => [head.id, head])),
    octets: heads.reduce((sum, head) => sum + octetsOf(head), 0),
  };
  open.set(name, block);
  return block;
}

/** The newest block of a category, or another one when that is full. */
async function roomFor(
  tx: Tx,
  deps: VaultDeps,
  open: Map<string, Block>,
  newest: Map<Category, Block>,
  { category, head }: { readonly category: Category; readonly head: Head },
): Promise<Block> {
  let block = newest.get(category);
  if (!block) {
    const row = await tables<VaultTables>(tx)
      .selectFrom('item_heads')
      .select('block')
      .where('home_id', '=', tx.home)
      .where('category', '=', category)
      .orderBy('block', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row) block = await opened(tx, deps, open, { category, block: row.block });
  }
  if (!block || !hasRoom(block, head)) {
    block = { category, block: (block?.block ?? 0) + 1, heads: new Map(), octets: 0 };
    open.set(`${category} ${block.block}`, block);
  }
  newest.set(category, block);
  return block;
}

/** What a head takes in a block, at most: a text of more octets than characters is counted as such. */
function octetsOf(head: Head): number {
  return Buffer.byteLength(JSON.stringify(Object.values(head)));
}

async function writeBlock(tx: Tx, deps: VaultDeps, { category, block, heads }: Block): Promise<void> {
  const db = tables<VaultTables>(tx);
  if (heads.size === 0) {
    await db
      .deleteFrom('item_heads')
      .where('home_id', '=', tx.home)
      .where('category', '=', category)
      .where('block', '=', block)
      .execute();
    return;
  }
  const key = await keyInForce(tx, deps, category);
  const revision = newId(deps.random);
  const sealed = sealHeads(key, block, revision, [...heads.values()], deps.random);
  const row = { epoch: key.epoch, revision, heads: heads.size, sealed };
  await db
    .insertInto('item_heads')
    .values({ home_id: tx.home, category, block, ...row })
    .onConflict((c) => c.columns(['home_id', 'category', 'block']).doUpdateSet(row))
    .execute();
}

async function noteRevision(tx: Tx, deps: VaultDeps): Promise<void> {
  const row = { revision: newId(deps.random), changed_at: deps.clock.now() };
  await tables<VaultTables>(tx)
    .insertInto('vault_revisions')
    .values({ home_id: tx.home, ...row })
    .onConflict((c) => c.column('home_id').doUpdateSet(row))
    .execute();
}
