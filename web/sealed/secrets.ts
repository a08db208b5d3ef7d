import { inputToSend, secretsIn } from '../../device/index.ts';
import { actingHandle } from '../api/acting.ts';
import { askNode } from '../api/client.ts';
import type { In, Name } from '../api/operations.ts';
import { taken } from './results.ts';
import { isSaid, say } from './said.ts';
import { here, isSomebodyKnown } from './surroundings.ts';

/** What the node gets in the place of what opens a party: of whoever has sealed something, never the thing itself. */
export async function asSentFromHere<N extends Name>(name: N, input: In<N>): Promise<In<N>> {
  const given: Record<string, unknown> = { ...(input as object) }; // every input is an object
  if (secretsIn(name, given).length === 0) return input;
  const typed = typeof given.handle === 'string' ? given.handle : undefined;
  if (typed !== undefined) say(typed);
  const handle = typed ?? (await actingNow());
  const asked = { handle, isSaid: handle !== undefined && isSaid(handle), isSomebodyKnown };
  return taken(await inputToSend(here, name, given, asked)) as In<N>; // the same members, each a string still
}

/** Who acts, where the tab leaves that to the node. */
async function actingNow(): Promise<string | undefined> {
  return actingHandle() ?? (await askNode('who-am-i', {})).acting?.handle;
}
