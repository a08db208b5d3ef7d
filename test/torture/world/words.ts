import { RELATIONSHIP_LIMITS } from '../../../src/relationships/limits.ts';
import type { Side } from '../../story/sides.ts';
import type { Half, Pair } from './pair.ts';

/** What one side said: asked for in order, and what of it was acknowledged. */
interface Ledger {
  readonly asked: string[];
  readonly done: Set<string>;
  /** How often which code was answered instead; `unanswered` when there was no answer. */
  readonly refused: Map<string, number>;
}

export interface Ledgers {
  readonly person: Ledger;
  readonly vendor: Ledger;
}

/** What became of the words in the end. */
export interface Reckoning {
  readonly asked: number;
  readonly acknowledged: number;
  readonly records: number;
  /** Acknowledged and not held by both, held twice by one, held by one of them only. */
  readonly lost: number;
  readonly twice: number;
  readonly different: number;
  /** Where some of those stand, and deliveries that have not come to their end. */
  readonly astray: readonly string[];
}

interface Delivery {
  readonly id: string;
}

interface Page {
  readonly rows: { readonly text: string }[];
  readonly earlier?: number;
}

/** Whoever takes itself for one that came back from a backup stands still until nothing from before can be under way. */
const PATIENCE_MS = RELATIONSHIP_LIMITS.underWayMs + 240_000;
const COMEBACK_MS = 30_000;
const TOLD = 10;
/** Within that something has gone over, unless a rest after failures holds it back. */
const SOON_MS = 5_000;

export function newLedgers(): Ledgers {
  const ledger = (): Ledger => ({ asked: [], done: new Set(), refused: new Map() });
  return { person: ledger(), vendor: ledger() };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Both sides say one word after the other while this work is done. */
export async function talkDuring<T>(
  pair: Pair,
  ledgers: Ledgers,
  round: number,
  work: () => Promise<T>,
  padding = '',
): Promise<T> {
  const signal = { isOver: false };
  const talking = [pair.person, pair.vendor].map((half) =>
    talk(half.side, pair.relationship, ledgers[half.name], `${half.name} ${round}`, padding, signal),
  );
  try {
    return await work();
  } finally {
    signal.isOver = true;
    await Promise.all(talking);
  }
}

/** A word whose request fails is in doubt, or was refused; the next one waits a moment. */
async function talk(
  side: Side,
  relationship: string,
  into: Ledger,
  name: string,
  padding: string,
  until: { isOver: boolean },
): Promise<void> {
  for (let i = 1; !until.isOver; i++) {
    const text = `${name} ${i}${padding}`;
    into.asked.push(text);
    const code = await side.call('send-message', { relationship, text }).then(
      (answer) => (answer.ok ? undefined : answer.code),
      () => 'unanswered',
    );
    if (code === undefined) into.done.add(text);
    else {
      into.refused.set(code, (into.refused.get(code) ?? 0) + 1);
      await pause(50);
    }
  }
}

/** What an operation answers once the node has found its database again; a node that does not come back is a fault. */
async function answered<T>(side: Side, operation: string, input: object): Promise<T> {
  for (const end = performance.now() + COMEBACK_MS; performance.now() < end; await pause(100)) {
    const answer = await side.call(operation, input);
    if (answer.ok) return answer.value as T; // the caller says what it expects
    if (!answer.code.startsWith('database-')) break;
  }
  return side.done<T>(operation, input);
}

/** Lets what waits for its next try go at once. Answers how much waits. */
export async function nudge({ person, vendor }: Pair): Promise<number> {
  let waiting = 0;
  for (const { side } of [person, vendor]) {
    const { rows } = await answered<{ rows: { id: string }[] }>(side, 'list-deliveries', {
      state: 'saved',
      limit: 200,
    });
    waiting += rows.length;
    const last = rows.at(-1);
    if (last) await side.call('retry-delivery', { delivery: last.id });
  }
  return waiting;
}

/** Until nothing waits any more. Rests after failures end with the process, so that nobody sits them out. */
export async function settle(pair: Pair): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  let [soon, least] = [performance.now() + SOON_MS, Number.POSITIVE_INFINITY];
  for (;;) {
    const waiting = await nudge(pair);
    if (waiting === 0 || performance.now() > end) return; // the reckoning says what is missing
    if (waiting < least) [soon, least] = [performance.now() + SOON_MS, waiting];
    if (performance.now() > soon) {
      for (const half of [pair.person, pair.vendor]) await half.restart();
      soon = performance.now() + 2 * SOON_MS;
    }
    await pause(100);
  }
}

export async function reckon(pair: Pair, said: Ledgers): Promise<Reckoning> {
  const held = [await wordsOf(pair.person, pair), await wordsOf(pair.vendor, pair)];
  const [mine = [], theirs = []] = held;
  const done = [...said.person.done, ...said.vendor.done];
  const sets = held.map((it) => new Set(it));
  const twice = held.reduce((sum, it, i) => sum + it.length - (sets[i]?.size ?? 0), 0);
  const lost = done.filter((it) => !sets.every((set) => set.has(it))).length;
  const different = [...mine.filter((it) => !sets[1]?.has(it)), ...theirs.filter((it) => !sets[0]?.has(it))]
    .length;
  const asked = said.person.asked.length + said.vendor.asked.length;
  const odd = [...new Set([...done, ...mine, ...theirs])].filter((it) => !sets.every((set) => set.has(it)));
  const astray =
    odd.length === 0 ? [] : [...odd.slice(0, TOLD).map(placeOf(sets)), ...(await unfinished(pair))];
  return { asked, acknowledged: done.length, lost, twice, different, records: mine.length, astray };
}

function placeOf([mine, theirs]: readonly ReadonlySet<string>[]): (word: string) => string {
  return (word) => {
    const holders = [
      ...(mine?.has(word) ? ['the person'] : []),
      ...(theirs?.has(word) ? ['the vendor'] : []),
    ];
    return `"${word.split(' ').slice(0, 3).join(' ')}" is held by ${holders.join(' and ') || 'nobody'}`;
  };
}

async function unfinished({ person, vendor }: Pair): Promise<string[]> {
  const told: string[] = [];
  for (const { name, side } of [person, vendor]) {
    for (const state of ['saved', 'refused', 'kept', 'dead', 'dropped']) {
      const { rows } = await answered<{ rows: Delivery[] }>(side, 'list-deliveries', { state, limit: TOLD });
      for (const { id: _, ...it } of rows) told.push(`a delivery of the ${name}: ${JSON.stringify(it)}`);
    }
  }
  return told;
}

/**
 * How many of its own acknowledged words a node does not hold, before anybody else could give them back to it, and how
 * many it holds that nobody said.
 */
export async function missingAt(half: Half, pair: Pair, said: Ledgers): Promise<number> {
  const held = new Set(await wordsOf(half, pair));
  const asked = new Set([...said.person.asked, ...said.vendor.asked]);
  const missing = [...said[half.name].done].filter((it) => !held.has(it));
  return missing.length + [...held].filter((it) => !asked.has(it)).length;
}

/** How often this side was answered something else than that its word is saved. */
export function refusals(said: Ledgers, { name }: Half): number {
  return [...said[name].refused.values()].reduce((sum, it) => sum + it, 0);
}

async function wordsOf({ side }: Half, { relationship }: Pair): Promise<string[]> {
  const found: string[] = [];
  for (let before: number | undefined; ; ) {
    const input = { relationship, limit: 200, ...(before !== undefined && { before }) };
    const page = await answered<Page>(side, 'list-messages', input);
    found.push(...page.rows.map((it) => it.text));
    if (page.earlier === undefined) return found;
    before = page.earlier;
  }
}
