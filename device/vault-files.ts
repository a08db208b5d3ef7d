import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { itemUnknown } from '../src/vault/failures.ts';
import type { Told } from './change.ts';
import {
  type Begun,
  beginFile,
  eraseFiles,
  filesOf,
  finishFile,
  type NewFile,
  putFilePart,
  readFilePart,
  renameFile,
  type SealedFile,
  tidyFiles,
} from './files.ts';
import { presentHead } from './items.ts';
import { listOf, reading, type Wanted } from './listing.ts';
import { fileIds } from './node-files.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';

/** Files that only devices open. Their parts go and come without waiting for other acts. */
export interface VaultFiles {
  /** Those of a page of the list; the order is that of names. */
  list(
    wanted: Pick<Wanted, 'search' | 'trashed' | 'after' | 'limit'>,
  ): Promise<Result<{ rows: SealedFile[]; total: number; next?: string }>>;
  /** Those whose parts are still to come, as the node says. */
  begun(): Promise<Result<SealedFile[]>>;
  get(id: string): Promise<Result<SealedFile>>;
  begin(file: NewFile): Promise<Result<Begun>>;
  putPart(id: string, number: number, octets: Uint8Array): Promise<Result<undefined>>;
  finish(id: string): Promise<Result<undefined>>;
  readPart(id: string, number: number): Promise<Result<Uint8Array<ArrayBuffer>>>;
  rename(id: string, name: string): Promise<Result<undefined>>;
  erase(ids: readonly string[]): Promise<Result<Told>>;
  /** Has the node erase what belongs to no file any more. */
  tidy(): Promise<Result<undefined>>;
}

type Turn = <T>(work: () => Promise<Result<T>>) => Promise<Result<T>>;

export function filesIn(session: Session, turn: Turn): VaultFiles {
  return {
    list: (wanted) =>
      turn(() =>
        reading(session, async (state) => {
          const begun = await fileIds(session.s, 'begun');
          if (isFailure(begun)) return begun;
          const asked = { ...wanted, category: 'file', without: new Set(begun.value) } as const;
          const { rows, ...rest } = listOf(state, asked, session.s.now());
          const files = await filesOf(session, state, rows);
          return isFailure(files) ? files : ok({ rows: files.value, ...rest });
        }),
      ),
    begun: () => turn(() => reading(session, (state) => begunFiles(session, state))),
    get: (id) => turn(() => reading(session, (state) => oneFile(session, state, id))),
    begin: (file) => turn(() => beginFile(session, file)),
    putPart: (id, number, octets) => putFilePart(session, id, number, octets),
    finish: (id) => finishFile(session, id),
    readPart: (id, number) => readFilePart(session, id, number),
    rename: (id, name) => turn(() => renameFile(session, id, name)),
    erase: (ids) => turn(() => eraseFiles(session, ids)),
    tidy: () => turn(() => tidyFiles(session)),
  };
}

async function begunFiles(session: Session, state: State): Promise<Result<SealedFile[]>> {
  const ids = await fileIds(session.s, 'begun');
  if (isFailure(ids)) return ids;
  const heads = ids.value.flatMap((id) => {
    const head = presentHead(session.s, state, id);
    return head.ok ? [head.value] : [];
  });
  return filesOf(session, state, heads);
}

async function oneFile(session: Session, state: State, id: string): Promise<Result<SealedFile>> {
  const head = presentHead(session.s, state, id);
  if (isFailure(head)) return head;
  const files = await filesOf(session, state, [head.value]);
  if (isFailure(files)) return files;
  const [file] = files.value;
  return file ? ok(file) : itemUnknown();
}
