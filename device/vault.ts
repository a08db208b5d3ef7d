import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { itemUnknown } from '../src/vault/failures.ts';
import { tagsIn } from '../src/vault/find.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { Category, HowChanged } from '../src/vault/model.ts';
import { acceptSession, type SetBack } from './accept.ts';
import { type Beginning, beginSession } from './begin.ts';
import { put, restore, type Told, trash } from './change.ts';
import { forgetTheirs } from './compared.ts';
import { forgetOpeners } from './files.ts';
import { type Gift, type Given, give } from './give.ts';
import type { Salted } from './halves.ts';
import type { Put } from './input.ts';
import { openHeadsItems, openVersions, presentHead, shownOf, type VaultItem, viewOf } from './items.ts';
import { addPasskey, adoptPassphrase, changePassphrase, removeWay } from './keys.ts';
import { type Listed, listOf, reading, type Wanted } from './listing.ts';
import { CATEGORIES } from './names.ts';
import { type By, openSession } from './open.ts';
import { renewRecoveryCode, type Written } from './recovery.ts';
import { type Progress, sealCategory, servedOf } from './seal-category.ts';
import { serveCategory } from './serve-category.ts';
import { inTurn, renew, type Session } from './session.ts';
import type { State } from './state.ts';
import type { SealedMode } from './statement.ts';
import type { Surroundings, Whose } from './surroundings.ts';
import { tagThese, untagThese } from './tags.ts';
import { checkedKey, type TheirKey } from './their-key.ts';
import { eraseWithFiles } from './tidy-files.ts';
import { filesIn, type VaultFiles } from './vault-files.ts';

interface CategoryStands {
  readonly category: Category;
  readonly mode: 'served' | SealedMode;
  /** How many are sealed; how many the node reads. Those in the trash included. */
  readonly items: number;
  readonly served: number;
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
  adoptPassphrase(passphrase: string, chosen?: Salted): Promise<Result<undefined>>;
  removeWay(name: string): Promise<Result<undefined>>;
  renewRecoveryCode(passphrase: string, written: Written): Promise<Result<undefined>>;
  /** To whom things are locked in a relationship, as this device has checked it. */
  theirKey(relationship: string): Promise<Result<TheirKey>>;
  /** Locks an item for the other side of a relationship, as it is now. */
  give(id: string, gift: Gift): Promise<Result<Given>>;
  /** Forgets that their code was compared: the next giving asks for it anew. */
  forgetTheirs(relationship: string): Promise<void>;
  /** Takes over what other devices have changed. */
  reload(): Promise<Result<undefined>>;
  /** Forgets every key. */
  close(): void;
}

export async function openVault(s: Surroundings, whose: Whose, by: By): Promise<Result<Vault>> {
  const session = await openSession(s, whose, by);
  return isFailure(session) ? session : ok(vaultOf(session.value));
}

/** The same as the node shows it, where this device has seen more and its owner has agreed to this: see `acceptSession`. */
export async function acceptVault(
  s: Surroundings,
  whose: Whose,
  by: By,
  agreed: SetBack['shown'],
): Promise<Result<Vault>> {
  const session = await acceptSession(s, whose, by, agreed);
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
    erase: (ids) => turn(() => eraseWithFiles(session, ids)),
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
    adoptPassphrase: (passphrase, chosen) => turn(() => adoptPassphrase(session, passphrase, chosen)),
    removeWay: (name) => turn(() => removeWay(session, name)),
    renewRecoveryCode: (passphrase, written) => turn(() => renewRecoveryCode(session, passphrase, written)),
    theirKey: (relationship) => turn(() => checkedKey(session.s, session.whose, relationship)),
    give: (id, gift) => turn(() => giveOne(session, id, gift)),
    forgetTheirs: (relationship) => forgetTheirs(session.s, session.whose.home, relationship),
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

async function one(session: Session, id: string): Promise<Result<VaultItem>> {
  const items = await many(session, [id]);
  if (isFailure(items)) return items;
  const [item] = items.value;
  return item ? ok(item) : itemUnknown();
}

async function giveOne(session: Session, id: string, gift: Gift): Promise<Result<Given>> {
  const item = await one(session, id);
  return isFailure(item) ? item : give(session.s, session.whose, item.value, gift);
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
