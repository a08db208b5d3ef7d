import { FILE_LIMITS } from '../src/files/limits.ts';
import { LIMITS } from '../src/kernel/limits.ts';
import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { nodeOdd } from './failures.ts';
import { type Ask, ask, itemId, list, number, text } from './node.ts';

/** What a device asks of the node about its files. */

/** Makes room for a sealed file; answers its id. */
export function beginSealed(s: Ask, octets: number): Promise<Result<string>> {
  return ask(s, 'begin-file', { mode: 'sealed', octets }, (it) => itemId(it.id));
}

export function finishSealed(s: Ask, id: string): Promise<Result<string>> {
  return ask(s, 'finish-file', { id }, (it) => itemId(it.id));
}

/** Whether the node says that a file is whole, and the numbers of the parts that it does not have. */
export function standsThere(
  s: Ask,
  id: string,
): Promise<Result<{ isWhole: boolean; missing: readonly number[] }>> {
  return ask(s, 'show-file', { id }, (it) => ({
    isWhole: it.state === 'whole',
    missing: list(it.missing).map(number),
  }));
}

/** More pages than the fullest shelf has, so that a node that goes on for ever is told. */
const MOST_PAGES = FILE_LIMITS.files / LIMITS.manyAtOnce + 1;

/** Ids of all sealed files that the node keeps, in the trash or not: it knows nothing of that. */
export async function fileIds(s: Ask, state: 'begun' | 'whole'): Promise<Result<readonly string[]>> {
  const all: string[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const asked = { mode: 'sealed', state, idsOnly: true, ...(after !== undefined && { after }) };
    const page = await ask(s, 'list-files', asked, (it) => ({
      ids: list(it.ids).map(itemId),
      next: it.next === undefined ? undefined : text(it.next),
    }));
    if (isFailure(page)) return page;
    all.push(...page.value.ids);
    after = page.value.next;
    if (after === undefined) return ok(all);
  }
  return nodeOdd('list-files');
}

/** Has the node erase what it keeps of these files; those that it does not have are no matter. */
export async function eraseThere(s: Ask, ids: readonly string[]): Promise<Result<undefined>> {
  for (let at = 0; at < ids.length; at += LIMITS.manyAtOnce) {
    const erased = await s.call('erase-files', { ids: ids.slice(at, at + LIMITS.manyAtOnce) });
    if (isFailure(erased)) return erased;
  }
  return ok(undefined);
}
