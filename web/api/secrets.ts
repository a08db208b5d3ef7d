import type { In, Name } from './operations.ts';
import { SECRETS } from './secret-fields.ts';

/** The input of an operation as the node gets it. Throws `Failed` where something would have to be sent that stays here. */
export async function asSent<N extends Name>(name: N, input: In<N>): Promise<In<N>> {
  const sent: Record<string, unknown> = { ...(input as object) }; // every input is an object
  const fields = Object.entries(SECRETS[name] ?? {}).filter(([field]) => typeof sent[field] === 'string');
  if (fields.length === 0) return input;
  const { sentFor } = await import('../sealed/secrets.ts');
  const send = await sentFor(sent.handle);
  for (const [field, kind] of fields) sent[field] = await send(kind, field, String(sent[field]));
  return sent as In<N>; // the same members, each a string still
}
