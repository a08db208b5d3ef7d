import { seededRandom } from '../../src/kernel/seeded-random.ts';
import type { Side } from '../story/sides.ts';
import { type Half, openPair, type Pair } from './pair.ts';

/** What one side said: asked for in order, and what of it was acknowledged. */
interface Ledger {
  readonly asked: string[];
  readonly done: Set<string>;
}

interface Figures {
  readonly kills: number;
  readonly engines: string;
  readonly asked: number;
  readonly acknowledged: number;
  /** Acknowledged and not held by both, held twice by one, held by one of them only. */
  readonly lost: number;
  readonly twice: number;
  readonly different: number;
  readonly records: number;
  readonly seconds: number;
}

interface Page {
  readonly rows: { readonly text: string }[];
  readonly earlier?: number;
}

const PATIENCE_MS = 240_000;

/** Two nodes talk while one of them, by chance, is killed and started anew; then both must hold the same. */
export async function kills(
  rounds: number,
  seed = 'kills',
  tell: (round: number) => void = () => {},
): Promise<Figures> {
  const began = performance.now();
  const random = seededRandom(seed);
  const pair = await openPair();
  const ledgers = { person: ledger(), vendor: ledger() };
  try {
    for (let round = 1; round <= rounds; round++) {
      const killed = random.pick([pair.person, pair.vendor]);
      const signal = { isOver: false };
      const working = [
        talk(pair.person.side, pair.relationship, ledgers.person, `person ${round}`, signal),
        talk(pair.vendor.side, pair.relationship, ledgers.vendor, `vendor ${round}`, signal),
      ];
      await pause(20 + random.below(300));
      await killed.kill();
      signal.isOver = true;
      await Promise.all(working);
      await nudge(pair);
      tell(round);
    }
    return { ...(await compare(pair, ledgers)), kills: rounds, seconds: (performance.now() - began) / 1000 };
  } finally {
    await pair.close();
  }
}

const ledger = (): Ledger => ({ asked: [], done: new Set() });

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Says one word after the other; a word whose request fails is in doubt, and the next one waits a moment. */
async function talk(
  side: Side,
  relationship: string,
  into: Ledger,
  name: string,
  until: { isOver: boolean },
): Promise<void> {
  for (let i = 1; !until.isOver; i++) {
    const text = `${name} ${i}`;
    into.asked.push(text);
    try {
      await side.done('send-message', { relationship, text });
      into.done.add(text);
    } catch {
      await pause(50); // its node is the one that was killed
    }
  }
}

/** Lets what waits for its next try go at once. */
async function nudge({ person, vendor }: Pair): Promise<number> {
  let waiting = 0;
  for (const { side } of [person, vendor]) {
    const { rows } = await side.done<{ rows: { id: string }[] }>('list-deliveries', {
      state: 'saved',
      limit: 200,
    });
    waiting += rows.length;
    const last = rows.at(-1);
    if (last) await side.call('retry-delivery', { delivery: last.id });
  }
  return waiting;
}

async function compare(pair: Pair, said: { person: Ledger; vendor: Ledger }) {
  const end = performance.now() + PATIENCE_MS;
  for (const half of [pair.person, pair.vendor]) await half.restart(); // rests after failures end with the process
  while ((await nudge(pair)) > 0 && performance.now() < end) await pause(250);
  const held = [await words(pair.person, pair), await words(pair.vendor, pair)];
  const [mine = [], theirs = []] = held;
  const done = [...said.person.done, ...said.vendor.done];
  const sets = held.map((it) => new Set(it));
  const twice = held.reduce((sum, it, i) => sum + it.length - (sets[i]?.size ?? 0), 0);
  const lost = done.filter((it) => !sets.every((set) => set.has(it))).length;
  const different = [...mine.filter((it) => !sets[1]?.has(it)), ...theirs.filter((it) => !sets[0]?.has(it))]
    .length;
  const asked = said.person.asked.length + said.vendor.asked.length;
  const engines = `${pair.person.engine} and ${pair.vendor.engine}`;
  return { engines, asked, acknowledged: done.length, lost, twice, different, records: mine.length };
}

async function words({ side }: Half, { relationship }: Pair): Promise<string[]> {
  const found: string[] = [];
  for (let before: number | undefined; ; ) {
    const input = { relationship, limit: 200, ...(before !== undefined && { before }) };
    const page = await side.done<Page>('list-messages', input);
    found.push(...page.rows.map((it) => it.text));
    if (page.earlier === undefined) return found;
    before = page.earlier;
  }
}
