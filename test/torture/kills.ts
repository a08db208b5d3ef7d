import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { counter, enginesOf, type Figures } from './world/figures.ts';
import { openPair } from './world/pair.ts';
import { newLedgers, nudge, pause, reckon, settle, talkDuring } from './world/words.ts';

/** Two nodes talk while one of them, by chance, is killed and started anew; then both must hold the same. */
export async function kills(
  rounds: number,
  seed = 'kills',
  tell: (round: number) => void = () => {},
): Promise<Figures> {
  const began = performance.now();
  const random = seededRandom(seed);
  const pair = await openPair();
  const [ledgers, faults] = [newLedgers(), counter()];
  try {
    for (let round = 1; round <= rounds; round++) {
      const killed = random.pick([pair.person, pair.vendor]);
      const after = 20 + random.below(300);
      await talkDuring(pair, ledgers, round, async () => {
        await pause(after);
        await killed.kill();
      });
      faults.count(`killed on ${killed.engine}`);
      await nudge(pair);
      tell(round);
    }
    await settle(pair);
    return {
      ...(await reckon(pair, ledgers)),
      rounds,
      seed,
      over: enginesOf(pair),
      faults: faults.counts,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await pair.close();
  }
}
