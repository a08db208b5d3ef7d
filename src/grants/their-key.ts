import { fromBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { COUNTED } from './content.ts';
import type { GrantTables } from './model.ts';

/** How the other side of a relationship is given things. */
interface Lock {
  readonly key: Uint8Array;
  /** Whether it has said that it reads what may be opened so often only: others would not know of the number. */
  readonly isCounting: boolean;
}

/** What the other side of a relationship announced last; undefined where it never did, as older ones do not. */
export async function theirLock(view: View, home: HomeId, rel: string): Promise<Lock | undefined> {
  const row = await tables<GrantTables>(view)
    .selectFrom('sealing_keys')
    .select(['public_key', 'reads'])
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
  const key = row && fromBase64url(row.public_key);
  return key && { key, isCounting: (row.reads ?? 0) >= COUNTED };
}

/** In which of these relationships the other side counts openings, as it announced last. */
export async function countingIn(view: View, home: HomeId, rels: readonly string[]): Promise<Set<string>> {
  if (rels.length === 0) return new Set();
  const rows = await tables<GrantTables>(view)
    .selectFrom('sealing_keys')
    .select(['rel', 'reads'])
    .where('home_id', '=', home)
    .where('rel', 'in', rels)
    .orderBy('place')
    .execute();
  const last = new Map(rows.map((row) => [row.rel, row.reads ?? 0]));
  return new Set([...last].flatMap(([rel, reads]) => (reads >= COUNTED ? [rel] : [])));
}

export async function theirKey(view: View, home: HomeId, rel: string): Promise<Uint8Array | undefined> {
  return (await theirLock(view, home, rel))?.key;
}

export async function noteTheirKey(
  tx: Tx,
  rel: string,
  place: number,
  { key, reads }: { readonly key: string; readonly reads?: number | undefined },
): Promise<void> {
  await tables<GrantTables>(tx)
    .insertInto('sealing_keys')
    .values({ home_id: tx.home, rel, place, public_key: key, reads: reads ?? null })
    .execute();
}
