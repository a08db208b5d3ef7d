import { digestOf, signedBy } from './crypto.ts';
import type { SignedPart, WireDocument, WireRecord } from './node-giving.ts';
import { fromBase64url, fromUtf8, type Octets, toBase64url, toUtf8 } from './octets.ts';

/** What others have signed, as far as a device reads it (docs/reference/wire.md). */

export class Unproven extends Error {}

type Members = Readonly<Record<string, unknown>>;

/** What a record has to be: of this type, by this author in this relationship, under this key. */
interface Expected {
  readonly type: string;
  readonly v: number;
  readonly author: string;
  readonly rel: string;
  readonly key: Octets;
}

/** The words of a record that is what it has to be, and its number in the author's chain. Throws `Unproven`. */
export async function readRecord(
  record: WireRecord,
  expected: Expected,
): Promise<{ body: Members; seq: number }> {
  const payload = read(record.payload);
  const said = objectIn(payload, expected.type, expected.v);
  const body = read(record.body ?? '');
  const isTheirs = said.author === expected.author && said.rel === expected.rel;
  if (!isTheirs) throw new Unproven('it was said by somebody else, or elsewhere');
  if (said.bodyHash !== (await digestOf(body))) throw new Unproven('its words were changed');
  if (!(await isSignedBy(record, expected.key))) throw new Unproven('they have not signed it');
  return { body: membersIn(body), seq: wholeIn(said.seq) };
}

/** Whether a record carries a signature by this key; nothing else of it is looked at. */
export function isSignedBy(record: WireRecord, key: Octets): Promise<boolean> {
  return signatureHolds(record.payload, record, key, 'parley-record');
}

export async function documentHolds(
  { payload, signatures }: WireDocument,
  key: Uint8Array,
): Promise<boolean> {
  const [only, ...more] = signatures;
  return only !== undefined && more.length === 0 && signatureHolds(payload, only, key, 'parley-document');
}

/** A signature over these octets, as that kind of thing, by that key. */
async function signatureHolds(
  payload: string,
  { protected: header, signature }: SignedPart,
  key: Uint8Array,
  typ: 'parley-document' | 'parley-record',
): Promise<boolean> {
  const { alg, kid, typ: found } = membersIn(read(header));
  const thumbprint = await digestOf(toUtf8(`{"crv":"Ed25519","kty":"OKP","x":"${toBase64url(key)}"}`));
  if (alg !== 'Ed25519' || found !== typ || kid !== thumbprint) return false;
  return signedBy(key, read(signature), toUtf8(`${toBase64url(read(header))}.${toBase64url(read(payload))}`));
}

export function objectIn(octets: Octets, type: string, v: number): Members {
  const said = membersIn(octets);
  const isCritical = Array.isArray(said.crit) && said.crit.length > 0;
  if (said.type !== type || said.v !== v || isCritical) throw new Unproven('it is something else');
  return said;
}

function membersIn(octets: Octets): Members {
  try {
    return membersOf(JSON.parse(fromUtf8(octets) ?? ''));
  } catch {
    throw new Unproven('it cannot be read');
  }
}

export function membersOf(said: unknown): Members {
  if (typeof said === 'object' && said !== null && !Array.isArray(said)) return said as Members; // an object has members
  throw new Unproven('a part is missing');
}

export function read(text: string): Octets {
  const octets = fromBase64url(text);
  if (!octets) throw new Unproven('it cannot be read');
  return octets;
}

export function textIn(value: unknown): string {
  if (typeof value !== 'string') throw new Unproven('a part is missing');
  return value;
}

function wholeIn(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Unproven('a number is none');
  return value;
}

export function keyIn(value: unknown): Octets {
  const key = read(textIn(value));
  if (key.length !== 32) throw new Unproven('a key is none');
  return key;
}
