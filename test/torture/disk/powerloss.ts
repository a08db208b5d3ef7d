import { seededRandom } from '../../../src/kernel/seeded-random.ts';
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
import { type Machine, openMachine } from './machine.ts';

/** One machine of the two, the node and the database on it. */
interface Place {
  readonly machine: Machine;
  readonly half: Half;
}

/**
 * Two nodes on machines of their own talk while the power of one of them, or of both, is cut. Its disk keeps what was
 * flushed, and of the rest some sectors by chance.
 */
export async function powerloss(
  rounds: number,
  seed = 'powerloss',
  tell: (round: number) => void = () => {},
  /** Before the last cut the disks lie about their flushes and then keep nothing: words must be found missing. */
  isLiar = false,
): Promise<Figures> {
  const why = whyNoDevice();
  if (why) throw new Error(`A power loss needs a disk of its own here: it ${why}.`);
  const began = performance.now();
  const random = seededRandom(seed);
  const [ledgers, faults] = [newLedgers(), counter()];
  const one = await openMachine('sqlite');
  const two = await openMachine(findPostgres() ? 'postgresql' : 'sqlite');
  const pair = await openPair({ person: one, vendor: two });
  const places = [
    { machine: one, half: pair.person },
    { machine: two, half: pair.vendor },
  ];
  let missing = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      const isLie = isLiar && round === rounds;
      const cut = random.chance(200) || isLie ? places : [random.pick(places)];
      const [after, isAtFlush] = [20 + random.below(400), random.chance(700)];
      if (isLie) for (const { machine } of cut) await machine.device.lie();
      await talkDuring(pair, ledgers, round, async () => {
        await pause(isLie ? 1_000 : after);
        for (const { machine, half } of cut) {
          const chances = isLie ? { chance: 0 } : { isAtFlush };
          const told = await machine.device.cutPower({ seed: `${seed} ${round} ${half.name}`, ...chances });
          faults.count(`power lost on ${half.engine}${isAtFlush ? ', as it flushes' : ''}`);
          faults.count('writes not flushed at a cut', told.unflushed);
          faults.count('sectors of them kept', told.kept);
          faults.count('sectors of them lost', told.lost);
        }
        for (const { machine, half } of cut) await machine.stop(half);
      });
      for (const place of cut) missing += await powerAgain(place, pair, ledgers);
      await nudge(pair);
      tell(round);
    }
    if (!isLiar) await settle(pair);
    const reckoning = await reckon(pair, ledgers);
    const over = `${enginesOf(pair)}, each on ext4 on a loop device whose store loses what was not flushed`;
    const seconds = (performance.now() - began) / 1000;
    const lost = Math.max(reckoning.lost, missing);
    return { ...reckoning, lost, rounds, seed, over, faults: faults.counts, seconds };
  } finally {
    await pair.close();
    for (const { machine } of places) await machine.remove();
  }
}

/** Answers how many of its own words a node no longer has, before the other side can give them back. */
async function powerAgain({ machine, half }: Place, pair: Pair, ledgers: Ledgers): Promise<number> {
  await machine.device.restorePower();
  await machine.startServer();
  await half.start();
  return missingAt(half, pair, ledgers);
}
