import { derive, digestOf } from './crypto.ts';
import { LEAST, numbersOf, SALT, type Salted, splitPassphrase, USUAL_COST } from './halves.ts';
import { fromBase64url, toBase64url } from './octets.ts';
import { rememberSalt } from './salts.ts';
import type { Cost, Surroundings } from './surroundings.ts';

/**
 * By which a device tells the passphrases again that stay on devices. Those that open something are kept apart from those that were
 * only tried: a node that refuses one try after the other would have them push each other out, and then the one in force.
 */

type Kept = Pick<Surroundings, 'memory'>;
type Working = Kept & Pick<Surroundings, 'argon2'>;

const MARK_LABEL = 'parley/known-passphrase/v1';
/** No handle is called so. */
const [PASSPHRASES, TRIES] = ['handle:|passphrases', 'handle:|tries'];
/** Of which a half went to a node, whatever came of it; and those that a node has seen whole. */
const [HALVES, SENT] = ['handle:|halves', 'handle:|sent'];

/** Each takes its time to tell again: of several people, and after changes. */
const KNOWN = 8;
/** They are told together. */
const TRIED = 32;

/**
 * From now on this device never sends this passphrase, which opens something, as it is, whoever the node says is asked for it.
 * It is told again by what comes of the way key, which says nothing of that, and at the cost it was worked out with: a node that
 * says another one later makes this device forget nothing. The one that opened last is the last to be forgotten.
 */
export function rememberPassphrase(s: Kept, salted: Marked): Promise<void> {
  return rememberMark(s, PASSPHRASES, salted);
}

/** From now on this device never sends this passphrase as it is, half of which goes to a node: nobody knows yet whether it opens something. */
export function rememberHalf(s: Kept, salted: Marked): Promise<void> {
  return rememberMark(s, HALVES, salted);
}

type Marked = Salted & { readonly wayKey: Uint8Array };

async function rememberMark(s: Kept, list: string, { salt, cost, wayKey }: Marked): Promise<void> {
  await rememberSalt(s, salt);
  const known = await wordsOf(s, list);
  const mark = `${toBase64url(salt)}.${await tellOf(wayKey)}`;
  const one = `${mark}.${numbersOf(cost)}`;
  if (known[0] === one) return;
  await remember(s, list, [one, ...known.filter((it) => it !== one && it !== mark)].slice(0, KNOWN));
}

/** A node gets to see this passphrase: on a device that knows something sealed it never opens that from now on. */
export async function rememberSent(s: Working, passphrase: string): Promise<void> {
  const tries = await triesKnown(s);
  if (!tries) return;
  const mark = await markAt(s, passphrase, tries.own);
  const known = await wordsOf(s, SENT);
  await remember(s, SENT, [mark, ...known.filter((it) => it !== mark)].slice(0, TRIED));
}

/** Whether a node has seen this passphrase as it is, as far as this device knows. */
export async function wasSent(s: Working, passphrase: string): Promise<boolean> {
  const [tries, sent] = [await triesKnown(s), await wordsOf(s, SENT)];
  return tries !== undefined && sent.length > 0 && sent.includes(await markAt(s, passphrase, tries.own));
}

/**
 * From now on this device sends none that was tried as it is either, whatever becomes of what it was chosen for. Each is told again
 * at a salt of this device alone, so that all of them take one working out; beside it stands what this device chose for it.
 */
export async function rememberTry(
  s: Working & Pick<Surroundings, 'random'>,
  passphrase: string,
  chosen?: Salted,
): Promise<void> {
  if (chosen) await rememberSalt(s, chosen.salt);
  const { own, all: tries } = (await triesKnown(s)) ?? {
    own: { salt: s.random(SALT), cost: USUAL_COST },
    all: [],
  };
  const mark = await markAt(s, passphrase, own);
  const one = chosen ? `${mark}.${saltedText(chosen)}` : mark;
  const all = [one, ...tries.filter((it) => it !== one)].slice(0, TRIED);
  await remember(s, TRIES, [saltedText(own), ...all]);
}

/** Whether this device knows this passphrase to stay on devices. It is worked out only where the node asks for it. */
export async function staysHere(s: Working, passphrase: string): Promise<boolean> {
  const told = new Map<string, string>();
  for (const { mark, ...salted } of await knownPassphrases(s)) {
    const at = saltedText(salted);
    const one = told.get(at) ?? (await markAt(s, passphrase, salted));
    told.set(at, one);
    if (one === mark) return true;
  }
  return (await triesOf(s, passphrase)).length > 0;
}

/**
 * Whether a node says that this passphrase is worked out as this device has chosen. Where it was chosen just now, that is all it can
 * be; else it may have been chosen on another device since, at another salt and perhaps another cost.
 */
export async function isAsChosen(
  s: Working,
  passphrase: string,
  shown: Salted,
  justNow?: Salted,
): Promise<boolean> {
  if (justNow) return saltedText(justNow) === saltedText(shown);
  const chosen = (await triesOf(s, passphrase)).flatMap((it) => saltedIn(it.split('.').slice(1)) ?? []);
  const salt = toBase64url(shown.salt);
  const here = chosen.filter((it) => toBase64url(it.salt) === salt).map((it) => numbersOf(it.cost));
  return here.length === 0 || here.includes(numbersOf(shown.cost));
}

/** What a node states first, and then at what this device has known a passphrase of this salt to open something. */
export async function costsToTry(s: Kept, salt: Uint8Array, stated: Cost): Promise<readonly Cost[]> {
  const written = toBase64url(salt);
  const known = (await knownPassphrases(s)).filter((it) => toBase64url(it.salt) === written);
  const others = known.map((it) => it.cost).filter((it) => numbersOf(it) !== numbersOf(stated));
  return [stated, ...others];
}

async function knownPassphrases(s: Kept): Promise<readonly (Salted & { readonly mark: string })[]> {
  return [...(await wordsOf(s, PASSPHRASES)), ...(await wordsOf(s, HALVES))].flatMap((it) => {
    const [salt = '', mark = '', ...numbers] = it.split('.');
    const salted = saltedIn([salt, ...numbers]);
    return salted ? [{ ...salted, mark }] : [];
  });
}

/** The tries with this passphrase. */
async function triesOf(s: Working, passphrase: string): Promise<readonly string[]> {
  const tries = await triesKnown(s);
  if (!tries) return [];
  const mark = await markAt(s, passphrase, tries.own);
  return tries.all.filter((it) => it.split('.')[0] === mark);
}

/** The salt of this device, and what was tried. */
async function triesKnown(s: Kept): Promise<{ own: Salted; all: readonly string[] } | undefined> {
  const [first = '', ...all] = await wordsOf(s, TRIES);
  const own = saltedIn(first.split('.'));
  return own && { own, all };
}

async function markAt(s: Working, passphrase: string, own: Salted): Promise<string> {
  return tellOf((await splitPassphrase(s, passphrase, own)).wayKey);
}

/** What tells a passphrase or a code again, and says nothing of it. */
export async function tellOf(wayKey: Uint8Array): Promise<string> {
  return digestOf(await derive(wayKey, MARK_LABEL));
}

function saltedText({ salt, cost }: Salted): string {
  return `${toBase64url(salt)}.${numbersOf(cost)}`;
}

function saltedIn([written = '', ...numbers]: readonly string[]): Salted | undefined {
  const salt = fromBase64url(written);
  return salt?.length === SALT ? { salt, cost: costIn(numbers) } : undefined;
}

/** Marks made before the cost stood in them have none: then it was the least. */
function costIn([memoryKiB, passes, lanes]: readonly string[]): Cost {
  if (lanes === undefined) return LEAST;
  return { memoryKiB: Number(memoryKiB), passes: Number(passes), lanes: Number(lanes) };
}

async function wordsOf({ memory }: Kept, name: string): Promise<readonly string[]> {
  return (await memory.recall(name))?.digest.split(' ') ?? [];
}

function remember({ memory }: Kept, name: string, words: readonly string[]): Promise<void> {
  return memory.remember(name, { counter: 0, digest: words.join(' '), root: 0, isSplit: true });
}
