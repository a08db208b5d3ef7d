import { fileNotWhole, fileUnknown } from '../src/files/failures.ts';
import { cleanName } from '../src/files/rules.ts';
import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { BEGUN_FILE, FILE } from '../src/vault/catalogue.ts';
import type { Told } from './change.ts';
import { vaultClosed } from './failures.ts';
import { filesOf, type SealedFile } from './file-items.ts';
import { type Begun, beginFile, finishFile, type NewFile, putFilePart, readFilePart } from './files.ts';
import { presentHead } from './items.ts';
import { renameKept } from './keep-files.ts';
import { type Listed, listOf, reading, type Wanted } from './listing.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import { cancelFile, eraseWithFiles, tidyFiles } from './tidy-files.ts';

/** Files that only devices open. Their parts go and come without waiting for other acts. */
export interface VaultFiles {
  /** Those of a page of the list that are whole; the order is that of names. */
  list(
    wanted: Pick<Wanted, 'search' | 'trashed' | 'after' | 'limit'>,
  ): Promise<Result<{ rows: SealedFile[]; total: number; next?: string }>>;
  /** Ids of all that are whole, from what is open here: nothing is asked for that. */
  ids(wanted: Pick<Wanted, 'search' | 'trashed'>): Result<readonly string[]>;
  /** Those whose parts are still to come. */
  begun(): Promise<Result<SealedFile[]>>;
  /** One that is whole. */
  get(id: string): Promise<Result<SealedFile>>;
  begin(file: NewFile): Promise<Result<Begun>>;
  putPart(id: string, number: number, octets: Uint8Array): Promise<Result<undefined>>;
  /** With the SHA-256 of the whole, in hexadecimal, where it is known: whoever saves it can tell it by that. */
  finish(id: string, sha256?: string): Promise<Result<undefined>>;
  readPart(id: string, number: number): Promise<Result<Uint8Array<ArrayBuffer>>>;
  rename(id: string, name: string): Promise<Result<undefined>>;
  /** Lets go of one whose parts are still to come. */
  cancel(id: string): Promise<Result<undefined>>;
  erase(ids: readonly string[]): Promise<Result<Told>>;
  /** Puts in order what was interrupted, and has the node erase what belongs to no file any more. */
  tidy(): Promise<Result<undefined>>;
}

type Turn = <T>(work: () => Promise<Result<T>>) => Promise<Result<T>>;

const ALL = Number.MAX_SAFE_INTEGER;

function listed({ s }: Session, state: State, wanted: Wanted): Listed {
  return listOf(state, { ...wanted, category: 'file', property: FILE }, s.now());
}

export function filesIn(session: Session, turn: Turn): VaultFiles {
  return {
    list: (wanted) =>
      turn(() =>
        reading(session, async (state) => {
          const { rows, ...rest } = listed(session, state, wanted);
          const files = await filesOf(session, state, rows);
          return isFailure(files) ? files : ok({ rows: files.value, ...rest });
        }),
      ),
    ids({ search, trashed }) {
      const { state } = session;
      if (!state) return vaultClosed();
      return ok(listed(session, state, { search, trashed, limit: ALL }).rows.map((head) => head.id));
    },
    begun: () =>
      turn(() =>
        reading(session, (state) => {
          const heads = state.live.filter((head) => head.property === BEGUN_FILE);
          return filesOf(session, state, heads);
        }),
      ),
    get: (id) => turn(() => reading(session, (state) => oneFile(session, state, id))),
    begin: (file) => turn(() => beginFile(session, file)),
    putPart: (id, number, octets) => putFilePart(session, id, number, octets),
    finish: (id, sha256) => finishFile(session, id, sha256),
    readPart: (id, number) => readFilePart(session, id, number),
    rename: (id, name) => turn(() => renameKept(session, id, cleanName(name))),
    cancel: (id) => turn(() => cancelFile(session, id)),
    erase: (ids) => turn(() => eraseWithFiles(session, ids)),
    tidy: () => turn(() => tidyFiles(session)),
  };
}

async function oneFile(session: Session, state: State, id: string): Promise<Result<SealedFile>> {
  const head = presentHead(session.s, state, id);
  if (isFailure(head)) return head;
  if (head.value.property === BEGUN_FILE) return fileNotWhole();
  const files = await filesOf(session, state, [head.value]);
  if (isFailure(files)) return files;
  const [file] = files.value;
  return file ? ok(file) : fileUnknown();
}
