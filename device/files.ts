import { cleanName, cleanType, lengthOfPart, partsOf } from '../src/files/rules.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { FILE } from '../src/vault/catalogue.ts';
import { erase, keepFile, renameKept, type Told } from './change.ts';
import { type Cipher, cipherOf, open, seal } from './crypto.ts';
import { nodeOdd, vaultBroken } from './failures.ts';
import { type Opened, openHeadsItems, presentHead } from './items.ts';
import { CONTEXTS } from './names.ts';
import { beginSealed, fileIds, finishSealed, missingOf } from './node-files.ts';
import type { SealedItem } from './objects.ts';
import { fromBase64url, type Octets, toBase64url } from './octets.ts';
import { renew, type Session } from './session.ts';
import type { KnownHead, State } from './state.ts';

/**
 * Files that only devices open. What a file is called, how long it is and what opens it stand in an item of the vault, under the
 * statement as every other; the node keeps its parts, each sealed with its number and with how long the whole is.
 */

/** A file as pages and the command line show it. */
export interface SealedFile {
  readonly id: string;
  readonly name: string;
  readonly type?: string;
  readonly octets: number;
  readonly parts: number;
  readonly madeAt: number;
  readonly trashedAt?: number;
}

/** What a file is that is to be added. */
export interface NewFile {
  readonly name: string;
  readonly type?: string | undefined;
  readonly octets: number;
  /** By what whoever adds it tells it: begun before with the same, it goes on. */
  readonly mark: string;
}

/** A file that was begun, and the numbers of the parts that are still to come. */
export interface Begun {
  readonly id: string;
  readonly parts: number;
  readonly missing: readonly number[];
}

/** What the value of its item says. */
interface Kept {
  readonly octets: number;
  readonly type?: string | undefined;
  readonly mark: string;
  /** 32 octets, base64url. */
  readonly key: string;
}

const KEY = 32;

function keptOf(item: SealedItem): Kept | undefined {
  try {
    return JSON.parse(item.content.value) as Kept; // only this device and others of its owner have sealed it
  } catch {
    return undefined;
  }
}

function viewOfFile(item: SealedItem): SealedFile | undefined {
  const kept = keptOf(item);
  if (!kept || item.content.property !== FILE) return undefined;
  const { octets, type } = kept;
  return {
    ...{ id: item.id, name: item.content.label, octets, parts: partsOf(octets), madeAt: item.createdAt },
    ...(type !== undefined && { type }),
    ...(item.trashedAt !== null && { trashedAt: item.trashedAt }),
  };
}

/** Files of these heads, in their order. Fails with `vault-broken`. */
export async function filesOf(
  session: Session,
  state: State,
  heads: readonly KnownHead[],
): Promise<Result<SealedFile[]>> {
  const opened = await openHeadsItems(session.s, state, heads);
  if (isFailure(opened)) return opened;
  return ok(opened.value.flatMap(({ item }) => viewOfFile(item) ?? []));
}

/** Begins a file, or goes on with it: first the node makes room, then its key goes into the vault, then parts may come. */
export async function beginFile(session: Session, file: NewFile): Promise<Result<Begun>> {
  const { s } = session;
  const before = await begunBefore(session, file);
  if (isFailure(before)) return before;
  if (before.value !== undefined) return standing(session, before.value, file.octets);
  const id = await beginSealed(s, file.octets);
  if (isFailure(id)) return id;
  const { octets, mark } = file;
  const value = JSON.stringify({ octets, type: cleanType(file.type), mark, key: toBase64url(s.random(KEY)) });
  const content = { property: FILE, label: cleanName(file.name), value, tags: [] };
  const kept = await keepFile(session, id.value, content);
  return isFailure(kept) ? kept : standing(session, id.value, octets);
}

async function standing({ s }: Session, id: string, octets: number): Promise<Result<Begun>> {
  const parts = partsOf(octets);
  const missing = await missingOf(s, id);
  if (isFailure(missing)) return missing;
  const fits = missing.value.every((number) => number >= 1 && number <= parts);
  return fits && missing.value.length <= parts
    ? ok({ id, parts, missing: missing.value })
    : nodeOdd('show-file');
}

/** The id of the file under way with this mark and length. */
async function begunBefore(session: Session, { mark, octets }: NewFile): Promise<Result<string | undefined>> {
  const begun = await fileIds(session.s, 'begun');
  if (isFailure(begun)) return begun;
  const state = await renew(session);
  if (isFailure(state)) return state;
  const opened = await itemsOf(session, state.value, begun.value);
  if (isFailure(opened)) return opened;
  const known = opened.value.find(({ item }) => {
    const kept = keptOf(item);
    return kept?.mark === mark && kept.octets === octets && item.trashedAt === null;
  });
  return ok(known?.item.id);
}

/** Items of these files, without those that this vault does not have. */
function itemsOf({ s }: Session, state: State, ids: readonly string[]): Promise<Result<Opened[]>> {
  const heads = ids.flatMap((id) => {
    const head = presentHead(s, state, id);
    return head.ok && head.value.property === FILE ? [head.value] : [];
  });
  return openHeadsItems(s, state, heads);
}

/** What opens the parts of a file. */
interface Opener {
  readonly id: string;
  readonly octets: number;
  readonly cipher: Cipher;
}

/** Kept while the vault is open here, so that each part asks for nothing but itself. */
const openers = new WeakMap<Session, Map<string, Opener>>();

async function openerOf(session: Session, id: string): Promise<Result<Opener>> {
  const all = openers.get(session) ?? new Map<string, Opener>();
  openers.set(session, all);
  const known = all.get(id);
  if (known) return ok(known);
  const { state } = session;
  const opened = state ? await itemsOf(session, state, [id]) : ok([]);
  if (isFailure(opened)) return opened;
  const kept = opened.value[0] && keptOf(opened.value[0].item);
  const key = kept && fromBase64url(kept.key);
  if (!kept || key?.length !== KEY) return fileUnknown();
  const opener = { id, octets: kept.octets, cipher: await cipherOf(key) };
  all.set(id, opener);
  return ok(opener);
}

export function forgetOpeners(session: Session): void {
  openers.delete(session);
}

function contextOf({ whose }: Session, { id, octets }: Opener, number: number): string {
  return CONTEXTS.filePart(whose.home, id, { number, parts: partsOf(octets), octets });
}

/** Seals a part here and sends it. Fails with `part-unfit`, and as `put-file-part` does. */
export async function putFilePart(
  session: Session,
  id: string,
  number: number,
  plain: Uint8Array,
): Promise<Result<undefined>> {
  const opener = await openerOf(session, id);
  if (isFailure(opener)) return opener;
  if (plain.length !== lengthOfPart(opener.value.octets, number)) return partUnfit();
  const { s } = session;
  const sealed = await seal(opener.value.cipher, plain, contextOf(session, opener.value, number), s.random);
  const sent = await s.send('put-file-part', { id, number }, sealed);
  return isFailure(sent) ? sent : ok(undefined);
}

export async function finishFile({ s }: Session, id: string): Promise<Result<undefined>> {
  const done = await finishSealed(s, id);
  return isFailure(done) ? done : ok(undefined);
}

/** One part, opened here. Fails with `vault-broken` when it is not the one that was put there. */
export async function readFilePart(session: Session, id: string, number: number): Promise<Result<Octets>> {
  const opener = await openerOf(session, id);
  if (isFailure(opener)) return opener;
  const length = lengthOfPart(opener.value.octets, number);
  if (length === undefined) return fileUnknown();
  const sealed = await session.s.take('read-file-part', { id, number });
  if (isFailure(sealed)) return sealed.code === 'file-unknown' ? partBroken() : sealed;
  const context = contextOf(session, opener.value, number);
  const plain = await open(opener.value.cipher, sealed.value, context);
  return plain?.length === length ? ok(plain) : partBroken();
}

export function renameFile(session: Session, id: string, name: string): Promise<Result<undefined>> {
  return renameKept(session, id, cleanName(name));
}

/** Erases files from the trash: their keys here, then what the node keeps of them. */
export async function eraseFiles(session: Session, ids: readonly string[]): Promise<Result<Told>> {
  const told = await erase(session, ids);
  if (isFailure(told)) return told;
  return (await eraseThere(session, told.value.done)) ?? told;
}

/**
 * Has the node erase parts of files that no item of the vault opens any more, as when one left the trash by time. An item is there
 * before its file is whole, so what is whole and has none has lost it.
 */
export async function tidyFiles(session: Session): Promise<Result<undefined>> {
  const whole = await fileIds(session.s, 'whole');
  if (isFailure(whole)) return whole;
  const state = await renew(session);
  if (isFailure(state)) return state;
  const known = new Set([...state.value.live, ...state.value.trashed].map((head) => head.id));
  const lost = whole.value.filter((id) => !known.has(id));
  return (await eraseThere(session, lost)) ?? ok(undefined);
}

async function eraseThere({ s }: Session, ids: readonly string[]): Promise<Failure | undefined> {
  if (ids.length === 0) return undefined;
  const erased = await s.call('erase-files', { ids: ids.slice(0, 1_000) });
  return isFailure(erased) ? erased : undefined;
}

function partBroken(): Failure {
  return vaultBroken('a part of a file is missing, or another one stands in its place');
}

function fileUnknown(): Failure {
  return fail('file-unknown', 'There is no such file, or it has left the trash.', 'Look at the list again.');
}

function partUnfit(): Failure {
  return fail(
    'part-unfit',
    'This part has not the length that it has to have. It was not sent.',
    'See that it is the same file as before.',
  );
}
