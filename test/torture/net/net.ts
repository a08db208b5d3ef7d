import { seededRandom } from '../../../src/kernel/seeded-random.ts';
import { counter, enginesOf, type Figures } from '../world/figures.ts';
import { openPair } from '../world/pair.ts';
import { newLedgers, pause, type Reckoning, reckon, settle, talkDuring } from '../world/words.ts';
import { openProxy, TROUBLES, type TroubledLine } from './proxy.ts';

/**
 * Two nodes talk over a network that cuts, delays, truncates and doubles, and that beside it is always as Pebble is. After
 * each round the network is quiet but for that, and both must hold every acknowledged word once.
 */
export async function net(
  rounds: number,
  seed = 'net',
  tell: (round: number) => void = () => {},
): Promise<Figures> {
  const began = performance.now();
  const random = seededRandom(seed);
  const [ledgers, faults] = [newLedgers(), counter()];
  const proxies: TroubledLine[] = [];
  const pair = await openPair({
    async inFrontOf(port) {
      const proxy = await openProxy({
        random: seededRandom(`${seed} ${proxies.length}`),
        count: faults.count,
        port,
      });
      proxies.push(proxy);
      return proxy.port;
    },
  });
  try {
    for (const proxy of proxies) proxy.beAsPebble();
    let worst: Reckoning = await reckon(pair, ledgers);
    for (let round = 1; round <= rounds; round++) {
      const kinds = random.chance(300) ? TROUBLES : [random.pick(TROUBLES)];
      const [perMille, lasts] = [100 + random.below(600), 300 + random.below(700)];
      for (const proxy of proxies) proxy.trouble(kinds, perMille);
      await talkDuring(pair, ledgers, round, () => pause(lasts));
      for (const proxy of proxies) proxy.trouble([], 0);
      await settle(pair);
      worst = worse(worst, await reckon(pair, ledgers));
      tell(round);
    }
    const seconds = (performance.now() - began) / 1000;
    return { ...worst, rounds, seed, over: enginesOf(pair), faults: faults.counts, seconds };
  } finally {
    await pair.close();
    for (const proxy of proxies) await proxy.close();
  }
}

/** What was wrong after any round counts, also when it is right again later. */
function worse(before: Reckoning, now: Reckoning): Reckoning {
  const most = (kind: 'lost' | 'twice' | 'different'): number => Math.max(before[kind], now[kind]);
  return { ...now, lost: most('lost'), twice: most('twice'), different: most('different') };
}
