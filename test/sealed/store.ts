import { must, ok } from '../../src/kernel/result.ts';
import { type Tx, tables } from '../../src/storage/index.ts';
import type { TestNode } from '../harness/node.ts';

interface VaultRow {
  home_id: string;
  counter: number;
  statement: Uint8Array;
  made_at: number;
  objects: number;
  octets: number;
}

interface Tables {
  sealed_vaults: VaultRow;
  sealed_objects: { home_id: string; name: string; octets: Uint8Array; changed_at: number };
  sealed_categories: { home_id: string; category: string; mode: string; since: number };
  party_secrets: { home_id: string; cost: string };
}

/** All that a node keeps of a vault, as whoever runs it may keep a copy, and put back what they like of it. */
export interface Copy {
  vault: VaultRow | undefined;
  objects: Map<string, Uint8Array>;
  modes: Map<string, string>;
}

type Database = ReturnType<typeof tables<Tables>>;

async function within<T>(node: TestNode, home: string, work: (db: Database) => Promise<T>): Promise<T> {
  return must(await node.deps.storage.transact(home, async (tx: Tx) => ok(await work(tables<Tables>(tx)))));
}

export async function copyOf(node: TestNode, home: string): Promise<Copy> {
  return within(node, home, async (db) => {
    const [vault] = await db.selectFrom('sealed_vaults').selectAll().where('home_id', '=', home).execute();
    const objects = await db.selectFrom('sealed_objects').selectAll().where('home_id', '=', home).execute();
    const modes = await db.selectFrom('sealed_categories').selectAll().where('home_id', '=', home).execute();
    return {
      vault,
      objects: new Map(objects.map(({ name, octets }) => [name, octets] as const)),
      modes: new Map(modes.map(({ category, mode }) => [category, mode] as const)),
    };
  });
}

export async function putBack(node: TestNode, home: string, copy: Copy): Promise<void> {
  await within(node, home, async (db) => {
    for (const table of ['sealed_vaults', 'sealed_objects', 'sealed_categories'] as const) {
      await db.deleteFrom(table).where('home_id', '=', home).execute();
    }
    if (copy.vault) await db.insertInto('sealed_vaults').values(copy.vault).execute();
    const rows = [...copy.objects].map(([name, octets]) => ({ home_id: home, name, octets, changed_at: 0 }));
    if (rows.length > 0) await db.insertInto('sealed_objects').values(rows).execute();
    for (const [category, mode] of copy.modes) {
      await db.insertInto('sealed_categories').values({ home_id: home, category, mode, since: 0 }).execute();
    }
  });
}

/** The same copy, to be bent. */
export function copied({ vault, objects, modes }: Copy): Copy {
  return { vault: vault && { ...vault }, objects: new Map(objects), modes: new Map(modes) };
}

/** Says that a passphrase is worked out in another way; answers how it was until now. */
export function claimCost(node: TestNode, home: string, cost: string): Promise<string> {
  return within(node, home, async (db) => {
    const [row] = await db.selectFrom('party_secrets').select('cost').where('home_id', '=', home).execute();
    await db.updateTable('party_secrets').set({ cost }).where('home_id', '=', home).execute();
    return row?.cost ?? '';
  });
}
