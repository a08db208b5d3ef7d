import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { FILE } from '../src/vault/catalogue.ts';
import { itemUnknown } from '../src/vault/failures.ts';
import { fitting, pageAfter, tagsIn } from '../src/vault/find.ts';
import { searchWords } from '../src/vault/fold.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { Category, HowChanged } from '../src/vault/model.ts';
import { TRASH_MS } from '../src/vault/view.ts';
import { type Beginning, beginSession } from './begin.ts';
import { erase, put, restore, type Told, trash } from './change.ts';
import { vaultClosed } from './failures.ts';
import {
  type Begun,
  beginFile,
  eraseFiles,
  filesOf,
  finishFile,
  forgetOpeners,
  type NewFile,
  putFilePart,
  readFilePart,
  renameFile,
  type SealedFile,
  tidyFiles,
} from './files.ts';
import type { Put } from './input.ts';
import { openHeadsItems, openVersions, presentHead, shownOf, type VaultItem, viewOf } from './items.ts';
import { addPasskey, adoptPassphrase, changePassphrase, removeWay } from './keys.ts';
import { CATEGORIES } from './names.ts';
import { fileIds } from './node.ts';
import { type By, openSession } from './open.ts';
import { renewRecoveryCode, type Written } from './recovery.ts';
import { type Progress, sealCategory, servedOf } from './seal-category.ts';
import { serveCategory } from './serve-category.ts';
import { inTurn, renew, type Session } from './session.ts';
import type { KnownHead, State } from './state.ts';
import type { SealedMode } from './statement.ts';
import type { Surroundings, Whose } from './surroundings.ts';
import { tagThese, untagThese } from './tags.ts';

interface CategoryStands {
  readonly category: Category;
  readonly mode: 'served' | SealedMode;
  /** How many are sealed; how many the node reads. Those in the trash included. */
  readonly items: number;
  readonly served: number;
}

export interface Wanted {
  readonly search?: string | undefined;
  readonly category?: Category | undefined;
  readonly property?: string | undefined;
  readonly tag?: string | undefined;
  readonly trashed?: boolean | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

interface Listed {
  readonly rows: readonly KnownHead[];
  readonly total: number;
  readonly next?: string;
}

interface PastVersion {
  readonly version: number;
  readonly how: HowChanged;
  readonly label: string;
  readonly value: string;
  readonly tags: readonly string[];
  readonly parts?: VaultItem['parts'];
  readonly note?: string;
  readonly at: number;
}

type Moved = Promise<Result<{ moved: number }>>;
type OnProgress = (so: Progress) => void;

/** Files that only devices open. Their parts go and come without waiting for other acts. */
interface VaultFiles {
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

/** A vault that is open on this device. Nothing that it answers was taken from the node unchecked. */
export interface Vault {
  readonly whose: Whose;
  /** Of the newest statement that is taken over here. */
  counter(): number;
  categories(): CategoryStands[];
  /** In memory and at once. */
  list(wanted: Wanted): Listed;
  /** The tags in use and how many items carry each, in alphabetical order. */
  tags(): { tag: string; items: number }[];
  get(id: string): Promise<Result<VaultItem>>;
  getMany(ids: readonly string[]): Promise<Result<VaultItem[]>>;
  history(id: string): Promise<Result<PastVersion[]>>;
  put(input: Put): Promise<Result<VaultItem>>;
  trash(ids: readonly string[]): Promise<Result<Told>>;
  restore(ids: readonly string[]): Promise<Result<Told>>;
  erase(ids: readonly string[]): Promise<Result<Told>>;
  tag(ids: readonly string[], tag: string): Promise<Result<Told>>;
  untag(ids: readonly string[], tag: string): Promise<Result<Told>>;
  sealCategory(category: Category, progress?: OnProgress, signal?: AbortSignal): Moved;
  serveCategory(category: Category, progress?: OnProgress, signal?: AbortSignal): Moved;
  files: VaultFiles;
  ways(): { name: string }[];
  addPasskey(passkey: string, told: Uint8Array): Promise<Result<undefined>>;
  changePassphrase(old: string, next: string): Promise<Result<undefined>>;
  adoptPassphrase(passphrase: string): Promise<Result<undefined>>;
  removeWay(name: string): Promise<Result<undefined>>;
  renewRecoveryCode(passphrase: string, written: Written): Promise<Result<undefined>>;
  /** Takes over what other devices have changed. */
  reload(): Promise<Result<undefined>>;
  /** Forgets every key. */
  close(): void;
}

export async function openVault(s: Surroundings, whose: Whose, by: By): Promise<Result<Vault>> {
  const session = await openSession(s, whose, by);
  return isFailure(session) ? session : ok(vaultOf(session.value));
}

export async function beginVault(
  s: Surroundings,
  beginning: Beginning,
): Promise<Result<{ vault: Vault; recoveryCode: string }>> {
  const begun = await beginSession(s, beginning);
  if (isFailure(begun)) return begun;
  return ok({ vault: vaultOf(begun.value.session), recoveryCode: begun.value.recoveryCode });
}

function vaultOf(session: Session): Vault {
  const turn = <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => inTurn(session, work);
  const none = (): void => {};
  return {
    whose: session.whose,
    counter: () => open(session).statement.counter,
    categories: () => categoriesOf(open(session)),
    list: (wanted) => listOf(open(session), wanted, session.s.now()),
    tags: () => tagsIn(open(session), VAULT_LIMITS.tagsListed),
    get: (id) => turn(() => one(session, id)),
    getMany: (ids) => turn(() => many(session, ids)),
    history: (id) => turn(() => historyOf(session, id)),
    put: (input) => turn(() => put(session, input)),
    trash: (ids) => turn(() => trash(session, ids)),
    restore: (ids) => turn(() => restore(session, ids)),
    erase: (ids) => turn(() => erase(session, ids)),
    tag: (ids, tag) => turn(() => tagThese(session, ids, tag)),
    untag: (ids, tag) => turn(() => untagThese(session, ids, tag)),
    sealCategory: (category, progress = none, signal) =>
      turn(() => sealCategory(session, { category, progress, signal })),
    serveCategory: (category, progress = none, signal) =>
      turn(() => serveCategory(session, { category, progress, signal })),
    files: filesIn(session, turn),
    ways: () => [...open(session).ways.keys()].map((name) => ({ name })),
    addPasskey: (passkey, told) => turn(() => addPasskey(session, passkey, told)),
    changePassphrase: (old, next) => turn(() => changePassphrase(session, old, next)),
    adoptPassphrase: (passphrase) => turn(() => adoptPassphrase(session, passphrase)),
    removeWay: (name) => turn(() => removeWay(session, name)),
    renewRecoveryCode: (passphrase, written) => turn(() => renewRecoveryCode(session, passphrase, written)),
    reload: () => turn(async () => nothing(await renew(session))),
    close() {
      const { state } = session;
      session.state = undefined;
      forgetOpeners(session);
      // An act that is on its way seals under these keys still.
      void turn(async () => {
        for (const { key } of state?.keys.values() ?? []) key.fill(0);
        state?.root.key.fill(0);
        session.entry.wayKey.fill(0);
        return ok(undefined);
      });
    },
  };
}

type Turn = <T>(work: () => Promise<Result<T>>) => Promise<Result<T>>;

function filesIn(session: Session, turn: Turn): VaultFiles {
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

function nothing(result: Result<unknown>): Result<undefined> {
  return isFailure(result) ? result : ok(undefined);
}

/** What is asked of a closed vault is a bug of whoever asks. */
function open({ state }: Session): State {
  if (!state) throw new Error('broken assumption: a closed vault is not asked');
  return state;
}

function categoriesOf(state: State): CategoryStands[] {
  const counts = new Map<Category, number>();
  for (const { category, heads } of state.blocks.values()) {
    counts.set(category, (counts.get(category) ?? 0) + heads.length);
  }
  return CATEGORIES.map((category) => ({
    category,
    mode: state.statement.modes[category]?.mode ?? 'served',
    items: counts.get(category) ?? 0,
    served: servedOf(state, category),
  }));
}

interface Without {
  /** Items that are left out. */
  readonly without?: ReadonlySet<string>;
}

function listOf(state: State, wanted: Wanted & Without, now: number): Listed {
  const { search = '', tag, category, property, trashed = false, after, limit } = wanted;
  const words = searchWords(search, VAULT_LIMITS.searchWords);
  const trashedAfter = trashed ? now - TRASH_MS : undefined;
  const fit = fitting(state, { words, tag, category, property, trashedAfter });
  // Files are no items to whoever did not ask for them.
  const found = fit.filter((head) =>
    category === 'file' ? !wanted.without?.has(head.id) : head.property !== FILE,
  );
  const [place = '', id = ''] = after?.split('\n') ?? [];
  const rows = pageAfter(found, after === undefined ? undefined : [place, id], limit);
  const last = rows.at(-1);
  const isMore = last !== undefined && last !== found.at(-1);
  return { rows, total: found.length, ...(isMore && { next: `${last.place}\n${last.id}` }) };
}

async function one(session: Session, id: string): Promise<Result<VaultItem>> {
  const items = await many(session, [id]);
  if (isFailure(items)) return items;
  const [item] = items.value;
  return item ? ok(item) : itemUnknown();
}

/** Those that are there, in the order asked for. */
function many(session: Session, ids: readonly string[]): Promise<Result<VaultItem[]>> {
  return reading(session, async (state) => {
    const heads = ids.flatMap((id) => {
      const head = presentHead(session.s, state, id);
      return head.ok ? [head.value] : [];
    });
    const opened = await openHeadsItems(session.s, state, heads);
    return isFailure(opened) ? opened : ok(opened.value.map(({ item }) => viewOf(item)));
  });
}

function historyOf(session: Session, id: string): Promise<Result<PastVersion[]>> {
  return reading(session, async (state) => {
    const head = presentHead(session.s, state, id);
    if (isFailure(head)) return head;
    const opened = await openHeadsItems(session.s, state, [head.value]);
    if (isFailure(opened)) return opened;
    const [newest] = opened.value;
    if (!newest) return itemUnknown();
    const versions = await openVersions(session.s, state, newest);
    return isFailure(versions) ? versions : ok(versions.value.map(pastOf));
  });
}

function pastOf({ version, how, content, changedAt }: Parameters<typeof viewOf>[0]): PastVersion {
  const { label, value, parts, note, tags } = shownOf(content);
  return {
    ...{ version, how, label, value, tags },
    ...(parts && { parts }),
    ...(note !== undefined && { note }),
    at: changedAt,
  };
}

const TRIES = 5;

/** What does not fit may have been changed by another device meanwhile: then it is read again. */
async function reading<T>(session: Session, read: (state: State) => Promise<Result<T>>): Promise<Result<T>> {
  for (let tries = 1; ; tries++) {
    const { state } = session;
    if (!state) return vaultClosed();
    const result = await read(state);
    if (!isFailure(result) || result.code !== 'vault-broken' || tries === TRIES) return result;
    const renewed = await renew(session);
    if (isFailure(renewed)) return renewed;
    if (renewed.value.statement.counter === state.statement.counter) return result;
  }
}
