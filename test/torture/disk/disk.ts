import assert from 'node:assert/strict';
import { type SeededRandom, seededRandom } from '../../../src/kernel/seeded-random.ts';
import { counter, enginesOf, type Figures } from '../world/figures.ts';
import { type Half, openPair, type Pair } from '../world/pair.ts';
import {
  type Ledgers,
  missingAt,
  newLedgers,
  nudge,
  pause,
  reckon,
  refusals,
  settle,
  talkDuring,
} from '../world/words.ts';
import { BEAT, databaseHash, flipIn } from './flip.ts';
import { type Ground, openGrounds } from './grounds.ts';

/** So much is said at once that a disk fills soon. */
const PADDING = ` ${'and so on '.repeat(40)}`;
const PATIENCE_MS = 60_000;
const MOST_ROOM = 300_000;
/** Fewer rounds are for a quick look. */
const SERIES = 10;

interface World {
  readonly pair: Pair;
  readonly ledgers: Ledgers;
  readonly random: SeededRandom;
  readonly count: (kind: string, by?: number) => void;
  /** The nodes whose disk can be troubled. */
  readonly grounds: readonly { readonly half: Half; readonly ground: Ground }[];
}

/**
 * Two nodes talk while the disk of one is full, then while it cannot be written to, and then while one of them is down and
 * a bit of one of its files is flipped: so often each. What was acknowledged is there afterwards.
 */
export async function disk(
  rounds: number,
  seed = 'disk',
  tell: (round: number) => void = () => {},
): Promise<Figures> {
  const began = performance.now();
  const { person, vendor, over } = await openGrounds();
  const pair = await openPair({
    ...(person.place && { person: person.place }),
    ...(vendor?.place && { vendor: vendor.place }),
  });
  const faults = counter();
  const world: World = {
    pair,
    ledgers: newLedgers(),
    random: seededRandom(seed),
    count: faults.count,
    grounds: [
      { half: pair.person, ground: person },
      ...(vendor ? [{ half: pair.vendor, ground: vendor }] : []),
    ],
  };
  let missing = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const [i, befall] of [full, readOnly, flipped].entries()) {
        missing += await befall(world, round + i / 10);
        await nudge(pair);
      }
      tell(round);
    }
    await settle(pair);
    if (rounds >= SERIES) {
      missing += await flipped(world, rounds + 1, BEAT);
      await settle(pair);
    }
    const reckoning = await reckon(pair, world.ledgers);
    const seconds = (performance.now() - began) / 1000;
    const lost = Math.max(reckoning.lost, missing);
    const where = `${enginesOf(pair)}, ${over}`;
    return { ...reckoning, lost, rounds, seed, over: where, faults: faults.counts, seconds };
  } finally {
    await pair.close();
    await person.remove();
    await vendor?.remove();
  }
}

/** Fills the disk until words are refused, now and then ends the node there, and gives room again. */
async function full(world: World, round: number): Promise<number> {
  const { half, ground } = world.random.pick(world.grounds);
  const [room, lasts] = [world.random.below(MOST_ROOM), world.random.below(500)];
  const isKilled = world.random.chance(300);
  return troubled(world, round, half, ground, async () => {
    ground.fill(half, room);
    // What a log has grown to once can be written again without any room.
    const isFull = await isRefused(world, half);
    world.count(`disk full on ${half.engine}${isFull ? '' : ', and not noticed'}`);
    await pause(lasts);
    if (!isKilled) return stillReads(world, half);
    world.count('killed on a full disk');
    await half.end('SIGKILL');
  });
}

async function readOnly(world: World, round: number): Promise<number> {
  const { half, ground } = world.random.pick(world.grounds);
  const [after, lasts] = [world.random.below(300), world.random.below(500)];
  return troubled(world, round, half, ground, async () => {
    await pause(after);
    await ground.refuseWrites(half);
    assert.ok(await isRefused(world, half), 'it goes on as if nothing were wrong');
    world.count(`read-only on ${half.engine}`);
    await pause(lasts);
  });
}

/** Answers how many acknowledged words the node does not hold after the trouble. */
async function troubled(
  world: World,
  round: number,
  half: Half,
  ground: Ground,
  work: () => Promise<void>,
): Promise<number> {
  await talkDuring(
    world.pair,
    world.ledgers,
    round,
    async () => {
      await work();
      await ground.relieve(half, isAlive(half));
      await pause(200);
    },
    PADDING,
  );
  return missingAt(half, world.pair, world.ledgers);
}

/** Reading goes on while nothing can be written, as long as the database itself does. */
async function stillReads({ pair, count }: World, half: Half): Promise<void> {
  if (!isAlive(half)) return count('a node that ended by itself');
  const answer = await half.side.call('list-messages', { relationship: pair.relationship, limit: 5 });
  count(answer.ok ? 'and it still reads' : `and reading it answers ${answer.code}`);
}

function isAlive(half: Half): boolean {
  try {
    return process.kill(half.pid(), 0);
  } catch {
    return false;
  }
}

/** Waits until a word is refused. */
async function isRefused({ ledgers }: World, half: Half): Promise<boolean> {
  const before = refusals(ledgers, half);
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(10))
    if (refusals(ledgers, half) > before) return true;
  return false;
}

/** Stops the person's node, flips a bit, and starts it: it says so and changes nothing, or is none the worse. */
async function flipped(
  { pair, ledgers, random, count }: World,
  round: number,
  files?: readonly string[],
): Promise<number> {
  const half = pair.person;
  const [after, signal] = [random.below(200), random.chance(600) ? 'SIGKILL' : 'SIGTERM'] as const;
  await talkDuring(pair, ledgers, round, async () => {
    await pause(after);
    await half.end(signal);
    const flip = flipIn(half.data, random, files);
    const before = databaseHash(half.data);
    const refusal = await half.refusal();
    count(`flipped in ${flip.file}, ${refusal === undefined ? 'harmless' : 'noticed'}`);
    if (refusal === undefined) return;
    assert.match(refusal, /"code":1,"out":""/, 'it ends with a sentence');
    const isDatabase = flip.file.startsWith('parley.sqlite');
    if (isDatabase) assert.equal(databaseHash(half.data), before, `${flip.file}: it changes nothing`);
    flip.undo();
    await half.start();
  });
  return missingAt(half, pair, ledgers);
}
