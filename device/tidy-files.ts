import { fileWhole } from '../src/files/failures.ts';
import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { BEGUN_FILE, FILE, isFile } from '../src/vault/catalogue.ts';
import { TRASH_MS } from '../src/vault/view.ts';
import { erase, type Told } from './change.ts';
import { eraseKept, keepWhole } from './keep-files.ts';
import { eraseThere, fileIds, standsThere } from './node-files.ts';
import { renew, type Session } from './session.ts';
import { headOfItem, type KnownHead, type State } from './state.ts';

/** How files go: what opens them first, then what the node keeps of them. */

/** Erases what lies in the trash. What the node does not let go of now, it does when files are tidied. */
export async function eraseWithFiles(session: Session, ids: readonly string[]): Promise<Result<Told>> {
  const files = new Set(filesIn(session.state).map((head) => head.id));
  const told = await erase(session, ids);
  if (isFailure(told)) return told;
  await eraseThere(
    session.s,
    told.value.done.filter((id) => files.has(id)),
  );
  return told;
}

/** Lets go of a file that is not whole. Its item goes first: without it nothing of the file opens. Fails with `file-present`. */
export async function cancelFile(session: Session, id: string): Promise<Result<undefined>> {
  const state = await renew(session);
  if (isFailure(state)) return state;
  if (headOfItem(state.value, id)?.property === FILE) return fileWhole();
  const erased = await eraseKept(session, [id]);
  return isFailure(erased) ? erased : eraseThere(session.s, [id]);
}

/**
 * Puts in order what was interrupted and what has left the trash by time: parts that no item of the vault opens any more go, and
 * so do items of files that were begun and that the node has let go of; one of which the node
 * says that it has all parts is whole. That is its word: whether they are, and are the right ones, is told when they are read.
 */
export async function tidyFiles(session: Session): Promise<Result<undefined>> {
  const { s } = session;
  // An item is there before its file is whole: what was whole before the vault was looked at and has none has lost it.
  const whole = await fileIds(s, 'whole');
  if (isFailure(whole)) return whole;
  const state = await renew(session);
  if (isFailure(state)) return state;
  const files = filesIn(state.value);
  const over = files.filter((head) => isOver(head, s.now())).map((head) => head.id);
  const stopped = await stoppedOf(session, files);
  if (isFailure(stopped)) return stopped;
  const known = new Set(files.map((head) => head.id));
  const lost = whole.value.filter((id) => !known.has(id));
  const gone = [...over, ...stopped.value];
  const erased = await eraseKept(session, gone);
  return isFailure(erased) ? erased : eraseThere(s, [...lost, ...gone]);
}

/** Files that were begun and will never be whole. Those that the node has whole are said to be so on the way. */
async function stoppedOf(session: Session, files: readonly KnownHead[]): Promise<Result<string[]>> {
  const begun = files.filter((head) => head.property === BEGUN_FILE);
  if (begun.length === 0) return ok([]);
  const there = await fileIds(session.s, 'begun');
  if (isFailure(there)) return there;
  const underWay = new Set(there.value);
  const stopped: string[] = [];
  for (const { id, trashedAt } of begun) {
    if (trashedAt !== null) stopped.push(id);
    if (trashedAt !== null || underWay.has(id)) continue;
    const stands = await standsThere(session.s, id);
    if (isFailure(stands)) {
      if (stands.code !== 'file-unknown') return stands;
      stopped.push(id);
      continue;
    }
    const kept = stands.value.isWhole ? await keepWhole(session, id, undefined) : ok(undefined);
    if (isFailure(kept)) return kept;
  }
  return ok(stopped);
}

function filesIn(state: State | undefined): KnownHead[] {
  return [...(state?.live ?? []), ...(state?.trashed ?? [])].filter((head) => isFile(head.property));
}

/** Whether it has left the trash by time. */
function isOver({ trashedAt }: KnownHead, now: number): boolean {
  return trashedAt !== null && trashedAt <= now - TRASH_MS;
}
