import type { Host } from '../world/host.ts';
import type { Life } from '../world/life.ts';
import { violate, type World } from '../world/world.ts';
import { keptAfterStart, keptAtRest } from './acknowledged-kept.ts';
import { recordsSame, standingSame } from './both-ends-same.ts';
import { chainsAtRest, chainsUnbroken } from './chains-unbroken.ts';
import { effectsOnce } from './effects-once.ts';
import { marketUpToDate } from './market-up-to-date.ts';
import type { AtRest, Running } from './model.ts';
import { nothingForged } from './nothing-forged.ts';
import { pauseHonoured } from './pause-honoured.ts';
import { nothingRefused, statesHonest } from './states-honest.ts';
import { soldOnce, stockConserved } from './stock-once.ts';
import { openingsTold, stoppedIsGone } from './stopped-is-gone.ts';
import { wordsArrive } from './words-arrive.ts';

const AT_REST: readonly AtRest[] = [
  keptAtRest,
  chainsAtRest,
  statesHonest,
  nothingRefused,
  recordsSame,
  standingSame,
  wordsArrive,
  stoppedIsGone,
  openingsTold,
  soldOnce,
  nothingForged,
  marketUpToDate,
  pauseHonoured,
];

/** Looks after every commit of a host, before anybody was told of it, and after every start. */
export function watcher(world: () => World): (host: Host, life: Life, isNew: boolean) => void {
  const watches = [chainsUnbroken(), effectsOnce(), stockConserved, keptAfterStart];
  return (host, life, isNew) => {
    for (const { name, look } of watches) {
      const how = look(world(), host, life, isNew);
      if (how !== undefined) violate(world(), name, how);
    }
  };
}

/** Looks at everything once nothing moves any more. */
export function checkAtRest(world: World): void {
  const all = [...world.hosts.values()].flatMap((host): Running[] => {
    const life = host.life();
    return life ? [{ host, life }] : [];
  });
  for (const { name, look } of AT_REST) {
    const how = look(world, all);
    if (how === undefined) continue;
    violate(world, name, how);
    return;
  }
}
