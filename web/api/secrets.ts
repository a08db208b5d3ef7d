import { SECRETS, tellsOpenly } from '../../device/secret-fields.ts';
import type { In, Name } from './operations.ts';

/** The input of an operation as the node gets it. Throws `Failed` where something would have to be sent that stays here. */
export async function asSent<N extends Name>(name: N, input: In<N>): Promise<In<N>> {
  if (name in SECRETS) return (await import('../sealed/secrets.ts')).asSentFromHere(name, input);
  // Every input is an object.
  if (tellsOpenly(name, { ...(input as object) }))
    await (await import('../sealed/putting.ts')).refuseOpenly(name, input);
  return input;
}
