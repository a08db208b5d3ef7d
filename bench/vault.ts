import { isBusyMachine, report } from './print.ts';
import { itemsAtRest } from './vault/items.ts';

/** My data at rest: what sealing costs beside bare node:crypto, and how soon a large vault shows and finds. */
export async function bench(): Promise<number> {
  const wasBusy = isBusyMachine();
  return report(await itemsAtRest(), wasBusy);
}
