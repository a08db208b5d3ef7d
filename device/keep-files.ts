import { fileUnknown } from '../src/files/failures.ts';
import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { BEGUN_FILE, FILE } from '../src/vault/catalogue.ts';
import type { Content } from '../src/vault/model.ts';
import { change, eraseOverdue, isFull, nextVersion, refuseCategory } from './change.ts';
import { draftOver, eraseItem, writeItem } from './draft.ts';
import { nodeOdd } from './failures.ts';
import { isSha256, itemOf, keptOf, packKept } from './file-items.ts';
import { openHeadsItems } from './items.ts';
import { act, type Session } from './session.ts';
import { headOfItem } from './state.ts';

/** Keeps a file's item under the id that the node has given it. A try before this one may have been taken. */
export async function keepFile(session: Session, id: string, content: Content): Promise<Result<undefined>> {
  return act(session, async (state) => {
    const known = headOfItem(state, id);
    if (known) {
      const opened = await openHeadsItems(session.s, state, [known]);
      if (isFailure(opened)) return opened;
      // Another file's id: what is sealed for the one would be taken for the other.
      const isThis = opened.value[0]?.item.content.value === content.value;
      return isThis ? ok({ value: undefined }) : nodeOdd('begin-file');
    }
    const refused = refuseCategory(state, 'file');
    if (refused) return refused;
    const draft = draftOver(state);
    const now = session.s.now();
    const about = { how: 'put', createdAt: now, changedAt: now, trashedAt: null, before: null } as const;
    await writeItem(session.s, draft, { id, version: 1, content, ...about }, undefined);
    eraseOverdue(session.s, state, draft);
    return ok({ value: undefined, draft });
  });
}

/**
 * Says of a file that it is whole, and of which octets; once more changes nothing. Its mark goes with that: where it is the
 * SHA-256 it stays as such, so that what is saved is held against it, whoever said that all is there.
 */
export async function keepWhole(
  session: Session,
  id: string,
  sha256: string | undefined,
): Promise<Result<undefined>> {
  return act(session, async (state) => {
    const opened = await itemOf(session, state, id);
    if (isFailure(opened)) return opened;
    const kept = opened.value && keptOf(opened.value.item);
    if (!opened.value || !kept) return fileUnknown();
    const { content, trashedAt } = opened.value.item;
    const isSaid = sha256 === undefined || kept.sha256 !== undefined;
    if (content.property === FILE && isSaid) return ok({ value: undefined });
    const own = kept.mark !== undefined && isSha256(kept.mark) ? kept.mark : undefined;
    const value = packKept({ ...kept, mark: undefined, sha256: sha256 ?? own });
    const draft = draftOver(state);
    const whole = { content: { ...content, property: FILE, value }, how: 'put', trashedAt } as const;
    await nextVersion(session.s, draft, opened.value, whole);
    return ok({ value: undefined, draft });
  });
}

/** Gives a file's item another name; one that is begun only has none to give yet. */
export async function renameKept(session: Session, id: string, label: string): Promise<Result<undefined>> {
  const renamed = await act(session, async (state) => {
    if (headOfItem(state, id)?.property === BEGUN_FILE) return fileUnknown();
    return change(session.s, state, id, { id, property: FILE, label });
  });
  return isFailure(renamed) ? renamed : ok(undefined);
}

/** Takes items of files out with their keys, some in each write, whether they lie in the trash or not. */
export async function eraseKept(session: Session, ids: Iterable<string>): Promise<Result<undefined>> {
  const gone = new Set(ids);
  for (let isMore = gone.size > 0; isMore; ) {
    const some = await act(session, async (state) => {
      const heads = [...state.live, ...state.trashed].filter((head) => gone.has(head.id));
      const draft = draftOver(state);
      for (const head of heads) {
        if (isFull(draft)) break;
        eraseItem(draft, head);
      }
      return ok(heads.length > 0 ? { value: true, draft } : { value: false });
    });
    if (isFailure(some)) return some;
    isMore = some.value;
  }
  return ok(undefined);
}
