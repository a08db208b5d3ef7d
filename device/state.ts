import { inOrder } from '../src/vault/find.ts';
import type { Category } from '../src/vault/model.ts';
import type { Cipher } from './crypto.ts';
import type { CategoryShown, How } from './node.ts';
import type { CategoryKey, SealedHead } from './objects.ts';
import type { Statement } from './statement.ts';
import type { Whose } from './surroundings.ts';
import type { Root, Way } from './ways.ts';

/** A block of heads, opened. */
export interface Block {
  readonly category: Category;
  readonly block: number;
  /** Of its octets, as the statement vouches for them. */
  readonly digest: string;
  readonly heads: readonly KnownHead[];
}

/** A head, and where it stands. */
export interface KnownHead extends SealedHead {
  readonly at: { readonly category: Category; readonly block: number };
}

/** A vault as it was at one counter: everything in it has been opened and fits the statement. */
export interface State {
  readonly whose: Whose;
  readonly root: Root;
  readonly cipher: Cipher;
  readonly statement: Statement;
  /** Of the statement's octets. */
  readonly digest: string;
  readonly ways: ReadonlyMap<string, Way>;
  /** By the name of the object. */
  readonly keys: ReadonlyMap<string, CategoryKey>;
  readonly blocks: ReadonlyMap<string, Block>;
  /** Heads in the order of lists. */
  readonly live: readonly KnownHead[];
  readonly trashed: readonly KnownHead[];
  /** What the node says of each category beside. */
  readonly shown: readonly CategoryShown[];
  readonly passphrase: How;
}

/** The heads of blocks in the order of lists. */
export function listed(blocks: ReadonlyMap<string, Block>): Pick<State, 'live' | 'trashed'> {
  const live: KnownHead[] = [];
  const trashed: KnownHead[] = [];
  for (const { heads } of blocks.values()) {
    for (const head of heads) (head.trashedAt === null ? live : trashed).push(head);
  }
  return { live: live.sort(inOrder), trashed: trashed.sort(inOrder) };
}

/** What was listed before, with the heads of some blocks exchanged: two lists in order are one more quickly than anew. */
export function listedAgain(
  before: Pick<State, 'live' | 'trashed'>,
  gone: ReadonlySet<Block>,
  come: readonly Block[],
): Pick<State, 'live' | 'trashed'> {
  const left = new Set([...gone].flatMap((block) => block.heads));
  const fresh = listed(new Map(come.map((block, at) => [String(at), block])));
  const stays = (heads: readonly KnownHead[]) => heads.filter((head) => !left.has(head));
  return {
    live: merge(stays(before.live), fresh.live),
    trashed: merge(stays(before.trashed), fresh.trashed),
  };
}

function merge(a: readonly KnownHead[], b: readonly KnownHead[]): readonly KnownHead[] {
  const merged: KnownHead[] = [];
  let next = 0;
  for (const head of a) {
    for (let other = b[next]; other && inOrder(other, head) < 0; other = b[++next]) merged.push(other);
    merged.push(head);
  }
  merged.push(...b.slice(next));
  return merged;
}

/** Finds a head by its item; undefined when it is not sealed here. */
export function headOfItem(state: State, id: string): KnownHead | undefined {
  return state.live.find((head) => head.id === id) ?? state.trashed.find((head) => head.id === id);
}
