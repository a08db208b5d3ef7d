import { parseArgs } from 'node:util';
import { isBusyMachine, type Row, report } from './print.ts';
import { filesAtRest } from './vault/files.ts';
import { largestFile } from './vault/gigabyte.ts';
import { grantPaces, type Pace } from './vault/grants.ts';
import { itemsAtRest } from './vault/items.ts';
import { sealedVaults } from './vault/sealed.ts';
import { stopMs } from './vault/stopping.ts';

/** At least so much of what node:crypto does alone. */
const SHARE = 0.5;

/**
 * My data at rest, and keys of what is given: their pace beside node:crypto's own, how soon a large vault shows and finds, by the
 * node and by a device that alone can open it, and how long a stop takes with 1,000 grants in force. `--gigabyte`: the largest
 * file there is, through everything, alone.
 */
export async function bench(words: readonly string[]): Promise<number> {
  const options = { gigabyte: { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ args: [...words], options });
  const wasBusy = isBusyMachine();
  if (values.gigabyte) return report(await largestFile(), wasBusy);
  const items = await itemsAtRest();
  const files = await filesAtRest();
  const sealed = await sealedVaults();
  const paces = grantPaces().flatMap(rowsOf);
  const stop = await stopMs();
  const stopped: Row = [
    'stop-sharing to erased there, 1,000 in force',
    `${stop} ms`,
    '2000 ms',
    stop < 2_000,
  ];
  return report([...items, ...files, ...sealed, ...paces, stopped], wasBusy);
}

function rowsOf({ what, ours, bare }: Pace): Row[] {
  const ratio = ours / bare;
  return [
    [what, ours.toFixed(0), '', true],
    ['  beside the bare calls of node:crypto', bare.toFixed(0), '', true],
    ['  as a share of those', ratio.toFixed(2), `${SHARE}`, ratio >= SHARE],
  ];
}
