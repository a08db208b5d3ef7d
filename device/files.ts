import { fileBroken, fileUnknown, partUnfit, partUnknown } from '../src/files/failures.ts';
import { cleanName, cleanType, lengthOfPart, partsOf } from '../src/files/rules.ts';
import { type Failure, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { BEGUN_FILE, FILE } from '../src/vault/catalogue.ts';
import { placeOf } from '../src/vault/values.ts';
import { type Cipher, cipherOf, open, seal } from './crypto.ts';
import { nodeOdd, vaultBroken, vaultClosed } from './failures.ts';
import { isSha256, itemOf, keptOf, packKept } from './file-items.ts';
import { openHeadsItems, presentHead } from './items.ts';
import { keepFile, keepWhole } from './keep-files.ts';
import { reading } from './listing.ts';
import { CONTEXTS } from './names.ts';
import { beginSealed, finishSealed, standsThere } from './node-files.ts';
import { fromBase64url, type Octets, toBase64url } from './octets.ts';
import { inTurn, renew, type Session } from './session.ts';
import { cancelFile, tidyFiles } from './tidy-files.ts';

/**
 * Files that only devices open. What a file is called, how long it is and what opens it stand in an item of the vault, under the
 * statement as every other; the node keeps its parts, each sealed with its number and with how long the whole is.
 */

/** What a file is that is to be added. */
export interface NewFile {
  readonly name: string;
  readonly type?: string | undefined;
  readonly octets: number;
  /** By what whoever adds it tells it: begun before with the same, it goes on. */
  readonly mark: string;
  /** Ids of files that it is not, whatever is said of them: it goes on with none of these. */
  readonly isNot?: readonly string[] | undefined;
}

/** A file that was begun, and the numbers of the parts that are still to come. What is there is not looked at for that. */
export interface Begun {
  readonly id: string;
  /** Nothing of it was there before. */
  readonly isNew: boolean;
  readonly parts: number;
  readonly missing: readonly number[];
}

const KEY = 32;

/** Begins a file, or goes on with it: first the node makes room, then its key goes into the vault, then parts may come. */
export async function beginFile(session: Session, file: NewFile): Promise<Result<Begun>> {
  const before = await goOn(session, file);
  if (isFailure(before)) return before;
  if (before.value) return ok({ ...before.value, isNew: false });
  const id = await makeRoom(session, file.octets);
  if (isFailure(id)) return id;
  const { octets, mark } = file;
  const value = packKept({
    octets,
    type: cleanType(file.type),
    mark,
    key: toBase64url(session.s.random(KEY)),
  });
  const content = { property: BEGUN_FILE, label: cleanName(file.name), value, tags: [] };
  const kept = await keepFile(session, id.value, content);
  if (isFailure(kept)) return kept;
  const stands = await standing(session, id.value, octets);
  return isFailure(stands) ? stands : ok({ ...stands.value, isNew: true });
}

/** What can be gone on with of what was begun before. */
async function goOn(session: Session, file: NewFile): Promise<Result<Standing | undefined>> {
  const before = await begunBefore(session, file);
  if (isFailure(before)) return before;
  for (const { id, isWhole } of before.value) {
    const stands = await standing(session, id, file.octets);
    if (!isFailure(stands)) return stands;
    if (stands.code !== 'file-unknown' && stands.code !== 'file-broken') return stands;
    // The node has let go of it meanwhile, or of some of it: what was begun of it will never be whole.
    const erased = isWhole ? ok(undefined) : await cancelFile(session, id);
    if (isFailure(erased)) return erased;
  }
  return ok(undefined);
}

/** The node frees by itself nothing of what has left the trash: it cannot know. */
async function makeRoom(session: Session, octets: number): Promise<Result<string>> {
  const id = await beginSealed(session.s, octets);
  if (!isFailure(id) || id.code !== 'files-full') return id;
  const tidied = await tidyFiles(session);
  return isFailure(tidied) ? tidied : beginSealed(session.s, octets);
}

type Standing = Omit<Begun, 'isNew'>;

/** Fails with `file-broken` when the node says that it was whole and has lost parts: it takes none in their place. */
async function standing({ s }: Session, id: string, octets: number): Promise<Result<Standing>> {
  const parts = partsOf(octets);
  const stands = await standsThere(s, id);
  if (isFailure(stands)) return stands;
  const { isWhole, missing } = stands.value;
  const fits = missing.length <= parts && missing.every((number) => number >= 1 && number <= parts);
  if (!fits) return nodeOdd('show-file');
  return isWhole && missing.length > 0 ? fileBroken() : ok({ id, parts, missing });
}

/** How many are looked into, at most. */
const LOOKED_INTO = 200;

interface Before {
  readonly id: string;
  readonly isWhole: boolean;
}

/**
 * Files under way with this mark and length. Where the mark is its SHA-256, those of that name which are whole are said to be the
 * same: so nothing is sent again when only the last answer was lost.
 */
async function begunBefore(
  session: Session,
  { name, mark, octets, isNot = [] }: NewFile,
): Promise<Result<readonly Before[]>> {
  const renewed = await renew(session);
  if (isFailure(renewed)) return renewed;
  const place = isSha256(mark) ? placeOf(FILE, cleanName(name)) : undefined;
  return reading(session, async (state) => {
    const begun = state.live.filter((head) => head.property === BEGUN_FILE);
    const named = state.live.filter((head) => head.property === FILE && head.place === place);
    const heads = [...begun, ...named].filter((head) => !isNot.includes(head.id)).slice(0, LOOKED_INTO);
    const opened = await openHeadsItems(session.s, state, heads);
    if (isFailure(opened)) return opened;
    const same = opened.value.flatMap(({ item, head }) => {
      const kept = keptOf(item);
      const isWhole = head.property === FILE;
      const own = isWhole ? kept?.sha256 : kept?.mark;
      return kept?.octets === octets && own === mark ? { id: item.id, isWhole } : [];
    });
    return ok(same);
  });
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
  const known = openers.get(session)?.get(id);
  if (known) return ok(known);
  const opened = await inTurn(session, () => reading(session, (state) => itemOf(session, state, id)));
  if (isFailure(opened)) return opened;
  const kept = opened.value && keptOf(opened.value.item);
  const key = kept && fromBase64url(kept.key);
  if (!kept || key?.length !== KEY) return fileUnknown();
  const opener = { id, octets: kept.octets, cipher: await cipherOf(key) };
  if (!session.state) return vaultClosed();
  openers.set(session, (openers.get(session) ?? new Map<string, Opener>()).set(id, opener));
  return ok(opener);
}

export function forgetOpeners(session: Session): void {
  openers.delete(session);
}

function contextOf({ whose }: Session, { id, octets }: Opener, number: number): string {
  return CONTEXTS.filePart(whose.home, id, { number, parts: partsOf(octets), octets });
}

/** Seals a part here and sends it. Fails with `part-unfit`, `part-unknown`, and as `put-file-part` does. */
export async function putFilePart(
  session: Session,
  id: string,
  number: number,
  plain: Uint8Array,
): Promise<Result<undefined>> {
  const opener = await openerOf(session, id);
  if (isFailure(opener)) return opener;
  const length = lengthOfPart(opener.value.octets, number);
  if (length === undefined) return partUnknown(partsOf(opener.value.octets));
  if (plain.length !== length) return partUnfit(length);
  const { s } = session;
  const sealed = await seal(opener.value.cipher, plain, contextOf(session, opener.value, number), s.random);
  const sent = await s.send('put-file-part', { id, number }, sealed);
  return isFailure(sent) ? sent : ok(undefined);
}

/** The node has all parts; then its item says so, and of which octets it is. */
export async function finishFile(
  session: Session,
  id: string,
  sha256: string | undefined,
): Promise<Result<undefined>> {
  const done = await finishSealed(session.s, id);
  return isFailure(done) ? done : inTurn(session, () => keepWhole(session, id, sha256));
}

/** One part, opened here. Fails with `vault-broken` when it is not the one that was put there. */
export async function readFilePart(session: Session, id: string, number: number): Promise<Result<Octets>> {
  const opener = await openerOf(session, id);
  if (isFailure(opener)) return opener;
  const length = lengthOfPart(opener.value.octets, number);
  if (length === undefined) return fileUnknown();
  const sealed = await session.s.take('read-file-part', { id, number });
  if (isFailure(sealed)) return sealed.code === 'file-unknown' ? goneOrBroken(session, id) : sealed;
  const context = contextOf(session, opener.value, number);
  const plain = await open(opener.value.cipher, sealed.value, context);
  return plain?.length === length ? ok(plain) : goneOrBroken(session, id);
}

/** Another device may have erased it meanwhile: that is no harm. */
async function goneOrBroken(session: Session, id: string): Promise<Failure> {
  const state = await inTurn(session, () => renew(session));
  if (isFailure(state)) return state;
  if (!isFailure(presentHead(session.s, state.value, id))) return partBroken();
  openers.get(session)?.delete(id);
  return fileUnknown();
}

function partBroken(): Failure {
  const { next } = fileBroken();
  return { ...vaultBroken('a part of a file is missing, or another one stands in its place'), next };
}
