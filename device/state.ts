import { inOrder, merge } from '../src/vault/in-order.ts';
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

/** A head, and where it stands; the heads of a block share one `at`. */
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
export function listed(blocks: Iterable<Block>): Pick<State, 'live' | 'trashed'> {
  const live: KnownHead[] = [];
  const trashed: KnownHead[] = [];
  for (const { heads } of blocks) {
    for (const head of heads) (head.trashedAt === null ? live : trashed).push(head);
  }
  return { live: live.sort(inOrder), trashed: trashed.sort(inOrder) };
}

/** What was listed before, with the heads of some blocks exchanged. */
export function listedAgain(
  before: Pick<State, 'live' | 'trashed'>,
  gone: readonly Block[],
  come: readonly Block[],
): Pick<State, 'live' | 'trashed'> {
  const left = new Set(gone.flatMap(({ heads }) => heads.slice(0, 1).map(({ at }) => at)));
  const fresh = listed(come);
  return {
    live: merge(before.live, left, fresh.live),
    trashed: merge(before.trashed, left, fresh.trashed),
  };
}

/** Finds a head by its item; undefined when it is not sealed here. */
export function headOfItem(state: State, id: string): KnownHead | undefined {
  return state.live.find((head) => head.id === id) ?? state.trashed.find((head) => head.id === id);
}
