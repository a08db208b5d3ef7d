import type { Category } from '../src/vault/model.ts';
import { type Cipher, type Draw, digestOf, open, seal } from './crypto.ts';
import { CATEGORIES, CONTEXTS } from './names.ts';
import { concat, fourOctets, fromUtf8, numberAt, type Octets, toUtf8 } from './octets.ts';

/** `sealing`: some of it is still in the clear on the node; `serving`: some of it is there again. */
export type SealedMode = 'sealing' | 'sealed' | 'serving';

/** What is true of one category that the node cannot read. */
export interface ModeOf {
  readonly mode: SealedMode;
  /** The epoch in which is written. */
  readonly epoch: number;
  /** The first since the category was sealed: the keys of all from there on are here. */
  readonly since: number;
  /** Of the blocks of its heads, all of them. */
  readonly digest: string;
}

/** What holds the whole vault together: whoever has the root says so, and a counter says when. */
export interface Statement {
  readonly home: string;
  readonly counter: number;
  /** The number of the root. */
  readonly root: number;
  readonly at: number;
  /** How the digests of the statements before this one begin, the newest first: whoever saw one of them finds it here. */
  readonly past: string;
  /** The marks of the roots before this one, by their numbers. */
  readonly marks: Readonly<Record<string, string>>;
  readonly modes: Readonly<Partial<Record<Category, ModeOf>>>;
  /** The highest epoch that each category has ever had: none is used twice, also after it was served meanwhile. */
  readonly epochs: Readonly<Partial<Record<Category, number>>>;
  /** The open half of each way there is. */
  readonly ways: Readonly<Record<string, string>>;
}

const FORM = 2;
const MODES: readonly unknown[] = ['sealing', 'sealed', 'serving'] satisfies SealedMode[];

export async function sealStatement(root: Cipher, statement: Statement, draw: Draw): Promise<Octets> {
  const { home, counter, root: number, at, past, marks, modes, epochs, ways } = statement;
  const text = JSON.stringify({ v: FORM, home, counter, root: number, at, past, marks, modes, epochs, ways });
  const context = CONTEXTS.statement(home, counter, number);
  return concat(fourOctets(number), await seal(root, toUtf8(text), context, draw));
}

/** The statement of this home, counter and root, or undefined: it says them inside once more. */
export async function openStatement(
  root: Cipher,
  of: Pick<Statement, 'home' | 'counter' | 'root'>,
  octets: Octets,
): Promise<Statement | undefined> {
  if (octets.length < 4 || numberAt(octets, 0) !== of.root) return undefined;
  const opened = await open(root, octets.subarray(4), CONTEXTS.statement(of.home, of.counter, of.root));
  const text = opened && fromUtf8(opened);
  if (text === undefined) return undefined;
  // Whoever has the root has written it, perhaps by another version of this program.
  const said = JSON.parse(text) as Partial<Statement> & { readonly v?: unknown };
  const isSame = said.home === of.home && said.counter === of.counter && said.root === of.root;
  return said.v === FORM && isSame && isWhole(said) ? said : undefined;
}

function isWhole(said: Partial<Statement>): said is Statement {
  const { at, past, marks, modes, epochs, ways } = said;
  if (
    typeof at !== 'number' ||
    typeof past !== 'string' ||
    typeof marks !== 'object' ||
    typeof modes !== 'object' ||
    typeof epochs !== 'object' ||
    typeof ways !== 'object'
  )
    return false;
  const known: readonly string[] = CATEGORIES;
  const highest = new Map<string, number>(Object.entries(epochs));
  return Object.entries(modes).every(
    ([category, { mode, epoch, since, digest }]) =>
      known.includes(category) &&
      MODES.includes(mode) &&
      since > 0 &&
      since <= epoch &&
      epoch === highest.get(category) &&
      typeof digest === 'string',
  );
}

/** Letters of a digest that are kept, and of how many statements. */
const LETTERS = 10;
const PAST = 500;

/** The past of the statement that comes next. */
export function pastAfter({ past }: Pick<Statement, 'past'>, digest: string): string {
  return (digest.slice(0, LETTERS) + past).slice(0, LETTERS * PAST);
}

/**
 * Whether a statement goes on from one that was seen, as far back as it says. Where not, the node has shown two devices two
 * truths, and what was written on one of them is lost on the other.
 */
export function goesOnFrom(
  { counter, past }: Pick<Statement, 'counter' | 'past'>,
  seen: { readonly counter: number; readonly digest: string },
): boolean {
  const back = counter - seen.counter;
  if (back <= 0) return true;
  const said = past.slice((back - 1) * LETTERS, back * LETTERS);
  return said === '' || said === seen.digest.slice(0, LETTERS);
}

/** The digest over the digests of a category's blocks, in the order of their numbers. */
export function digestOfBlocks(blocks: readonly { readonly block: number; readonly digest: string }[]) {
  const inOrder = blocks.toSorted((a, b) => a.block - b.block);
  return digestOf(toUtf8(inOrder.map(({ block, digest }) => `${block} ${digest}\n`).join('')));
}
