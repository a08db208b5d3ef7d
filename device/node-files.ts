import type { Result } from '../src/kernel/result.ts';
import { type Ask, ask, itemId, list, number } from './node.ts';

/** What a device asks of the node about its files. */

/** Makes room for a sealed file; answers its id. */
export function beginSealed(s: Ask, octets: number): Promise<Result<string>> {
  return ask(s, 'begin-file', { mode: 'sealed', octets }, (it) => itemId(it.id));
}

export function finishSealed(s: Ask, id: string): Promise<Result<string>> {
  return ask(s, 'finish-file', { id }, (it) => itemId(it.id));
}

/** Numbers of the parts of a file that the node does not have. */
export function missingOf(s: Ask, id: string): Promise<Result<readonly number[]>> {
  return ask(s, 'show-file', { id }, (it) => list(it.missing).map(number));
}

/** Ids of sealed files that the node keeps, the newest some hundred, in the trash or not: it knows nothing of that. */
export function fileIds(s: Ask, state: 'begun' | 'whole'): Promise<Result<readonly string[]>> {
  return ask(s, 'list-files', { mode: 'sealed', state, idsOnly: true }, (it) => list(it.ids).map(itemId));
}
