import { type SeededRandom, seededRandom } from '../../../src/kernel/seeded-random.ts';
import { findPostgres } from '../../harness/postgres-server.ts';
import { counter, enginesOf, type Figures } from '../world/figures.ts';
import { type Half, openPair, type Pair } from '../world/pair.ts';
import {
  type Ledgers,
  missingAt,
  newLedgers,
  nudge,
  pause,
  reckon,
  settle,
  talkDuring,
} from '../world/words.ts';
import { whyNoDevice } from './device.ts';
import type { Cut } from './device-process.ts';
import { type Machine, openMachine } from './machine.ts';

interface World {
  readonly pair: Pair;
  readonly ledgers: Ledgers;
  readonly random: SeededRandom;
  readonly count: (kind: string, by?: number) => void;
  readonly places: readonly Place[];
}

/** One machine of the two, the node and the database on it. */
interface Place {
  readonly machine: Machine;
  readonly half: Half;
}

interface PowerFigures extends Figures {
  /** Words missing after disks that lied, when they did: there must be some, or nothing here would be found. */
  readonly betrayed: number;
}

/**
 * Two nodes on machines of their own talk while the power of one of them, or of both, is cut. Its disk keeps what was
 * flushed, and of the rest some sectors by chance. In the end, if so asked, the disks lie about their flushes.
 */
export async function powerloss(
  rounds: number,
  seed = 'powerloss',
  tell: (round: number) => void = () => {},
  endsWithLie = false,
): Promise<PowerFigures> {
  const why = whyNoDevice();
  if (why) throw new Error(`A power loss needs a disk of its own: that ${why}.`);
  const began = performance.now();
  const one = await openMachine('sqlite');
  const other = await openMachine(findPostgres() ? 'postgresql' : 'sqlite');
  const pair = await openPair({ person: one, vendor: other });
  const faults = counter();
  const world: World = {
    pair,
    ledgers: newLedgers(),
    random: seededRandom(seed),
    count: faults.count,
    places: [
      { machine: one, half: pair.person },
      { machine: other, half: pair.vendor },
    ],
  };
  let missing = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      missing += await cutOnce(world, `${seed} ${round}`, round);
      await nudge(pair);
      tell(round);
    }
    await settle(pair);
    const reckoning = await reckon(pair, world.ledgers);
    return {
      ...reckoning,
      lost: Math.max(reckoning.lost, missing),
      betrayed: endsWithLie ? await betrayOnce(world, rounds + 1) : 0,
      rounds,
      seed,
      over: `${enginesOf(pair)}, each on ext4 on a loop device whose store knows what was flushed`,
      faults: faults.counts,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await pair.close();
    for (const { machine } of world.places) await machine.remove();
  }
}

function cutOnce(world: World, seed: string, round: number): Promise<number> {
  const { random, places } = world;
  const cut = random.chance(200) ? places : [random.pick(places)];
  const [after, isAtFlush] = [20 + random.below(400), random.chance(700)];
  return losePower(world, cut, round, after, (half) => ({ seed: `${seed} ${half.name}`, isAtFlush }));
}

async function betrayOnce(world: World, round: number): Promise<number> {
  for (const { machine } of world.places) await machine.device.lie();
  return losePower(world, world.places, round, 1_000, () => ({ seed: 'lie', chance: 0 }));
}

/** Answers how many of its own words a node no longer has, before the other side can give them back. */
async function losePower(
  { pair, ledgers, count }: World,
  places: readonly Place[],
  round: number,
  after: number,
  cutOf: (half: Half) => Cut,
): Promise<number> {
  await talkDuring(pair, ledgers, round, async () => {
    await pause(after);
    for (const { machine, half } of places) {
      const cut = cutOf(half);
      const told = await machine.device.cutPower(cut);
      count(`power lost on ${half.engine}${cut.isAtFlush ? ', as it flushes' : ''}`);
      count('writes not flushed at a cut', told.unflushed);
      count('sectors of them kept', told.kept);
      count('sectors of them lost', told.lost);
    }
    for (const { machine, half } of places) await machine.stop(half);
  });
  let missing = 0;
  for (const { machine, half } of places) {
    await machine.device.restorePower();
    await machine.startServer();
    await half.start();
    missing += await missingAt(half, pair, ledgers);
  }
  return missing;
}
