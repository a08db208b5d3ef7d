import { equalBytes, fromBase64url, fromUtf8, hashId } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import {
  type DocumentPayload,
  fromWire,
  isObject,
  keyOf,
  readDocument,
  type Signature,
  type SignedDocument,
  signedBy,
} from '../records/index.ts';
import type { People } from './check-party.ts';
import type { Findings } from './findings.ts';
import { checkSignature, type Keyring } from './keyring.ts';
import type { Row } from './model.ts';

/** What relationships say of their agreements, and what agreements say of their sellers, by the agreement's id. */
interface Agreements {
  /** True when both must have signed; the places of the relationships. */
  readonly cited: Map<string | undefined, { needsBoth: boolean; places: string[] }>;
  readonly found: Map<string, { seller: string }>;
  /** Refusals wait for the agreement they refuse, which may come after them. */
  readonly refusals: { document: SignedDocument; agreement: string; place: string }[];
}

/** What a relationship can stand on, by type: which member signs first, and which second. */
const SIDES: Readonly<Record<string, readonly [string, string]>> = {
  agreement: ['buyer', 'seller'],
  acquaintance: ['invited', 'inviter'],
};

export function newAgreements(): Agreements {
  return { cited: new Map(), found: new Map(), refusals: [] };
}

/** A relationship cites its agreement; once the seller has signed, it cites one with both signatures. */
export function citeAgreement(agreements: Agreements, row: Row, place: string): void {
  const id = typeof row.agreement === 'string' ? row.agreement : undefined;
  const known = agreements.cited.get(id);
  const isOpen = row.state !== 'asked' && row.state !== 'refused';
  const needsBoth = isOpen || known?.needsBoth === true;
  agreements.cited.set(id, { needsBoth, places: [...(known?.places ?? []), place] });
}

/** A row of `documents`: its id is the hash of its payload, and every signature holds. */
export function checkDocument(
  agreements: Agreements,
  people: People,
  ring: Keyring,
  row: Row,
  place: string,
  findings: Findings,
): void {
  findings.checked.documents++;
  const document = documentOf(row);
  if (!document || typeof row.type !== 'string') {
    findings.problem(place, 'document-malformed');
    return;
  }
  if (hashId(document.payload) !== row.id) {
    findings.problem(place, 'id-differs');
  }
  const read = readDocument(document, row.type, 1);
  if (!read.ok) {
    findings.problem(place, 'document-malformed');
    return;
  }
  const payload = read.value;
  const sides = SIDES[row.type];
  if (sides) {
    checkAgreement(agreements, people, sides, document, payload, place, findings);
    return;
  }
  if (row.type === 'refusal') {
    const { agreement } = payload;
    if (typeof agreement === 'string') agreements.refusals.push({ document, agreement, place });
    else findings.problem(place, 'document-malformed');
    return;
  }
  checkSigned(ring, document, payload, place, findings);
}

/** Any other row that holds signed documents: `payload` with `signatures`, or their wire form in `document`. */
export function checkSignedRow(ring: Keyring, row: Row, place: string, findings: Findings): void {
  const isPair = row.payload instanceof Uint8Array && typeof row.signatures === 'string';
  const isWire = typeof row.document === 'string' && row.document.startsWith('{');
  if (!isPair && !isWire) return;
  const documents = isPair ? [documentOf(row)] : wiresIn(row.document);
  const payloads = documents.map((document) => document && payloadOf(document));
  for (const payload of payloads) ring.addFrom(payload);
  for (const [i, document] of documents.entries()) {
    if (document && payloads[i]) checkSigned(ring, document, payloads[i], place, findings);
    else findings.problem(place, 'document-malformed');
  }
}

/** When all documents have passed: refusals, and what relationships cite. */
export function endDocuments(agreements: Agreements, findings: Findings): void {
  for (const { document, agreement, place } of agreements.refusals.splice(0)) {
    const seller = agreements.found.get(agreement)?.seller;
    if (seller === undefined) findings.problem(place, 'agreement-missing');
    else if (!signedByKeys(document, [seller], findings)) broken(place, findings);
  }
  for (const [id, { places }] of agreements.cited) {
    if (id !== undefined && agreements.found.has(id)) continue;
    for (const place of places) findings.problem(place, 'agreement-missing');
  }
}

function checkAgreement(
  agreements: Agreements,
  people: People,
  [first, second]: readonly [string, string],
  document: SignedDocument,
  payload: DocumentPayload,
  place: string,
  findings: Findings,
): void {
  findings.checked.agreements++;
  const [one, other] = [payload[first], payload[second]];
  const buyer = isObject(one) ? one : {};
  const sellerKey = isObject(other) ? other.key : undefined;
  if (typeof buyer.key !== 'string' || typeof sellerKey !== 'string' || typeof buyer.identity !== 'string') {
    findings.problem(place, 'document-malformed');
    return;
  }
  const id = hashId(document.payload);
  agreements.found.set(id, { seller: sellerKey });
  const known = people.keys.get(buyer.identity);
  const key = keyOf(buyer.key);
  if (!key || !known?.some((it) => equalBytes(it, key))) {
    findings.problem(place, 'agreement-foreign');
  }
  const needsBoth = agreements.cited.get(id)?.needsBoth ?? false;
  const expected = needsBoth || document.signatures.length > 1 ? [buyer.key, sellerKey] : [buyer.key];
  if (document.signatures.length < expected.length) {
    findings.problem(place, 'agreement-unsigned');
  } else if (!signedByKeys(document, expected, findings)) broken(place, findings);
}

/** True when each of these keys signed it, and nobody else. */
function signedByKeys(document: SignedDocument, keys: readonly string[], findings: Findings): boolean {
  if (document.signatures.length !== keys.length || new Set(keys).size !== keys.length) return false;
  return keys.every((text) => {
    const key = keyOf(text);
    if (!key || !signedBy(document, key)) return false;
    findings.checked.signatures++;
    return true;
  });
}

/** Keys are named by the document itself, or by a row before it. */
function checkSigned(
  ring: Keyring,
  document: SignedDocument,
  payload: unknown,
  place: string,
  findings: Findings,
): void {
  ring.addFrom(payload);
  for (const signature of document.signatures) {
    const verdict = checkSignature(document, signature, ring);
    if (verdict === 'broken') broken(place, findings);
    else if (verdict === 'holds') findings.checked.signatures++;
    else {
      findings.checked.unknownSigners++;
      findings.notice(place, 'signer-unknown');
    }
  }
}

function broken(place: string, findings: Findings): void {
  findings.problem(place, 'signature-broken');
}

function documentOf(row: Row): SignedDocument | undefined {
  const pairs = typeof row.signatures === 'string' ? parseStrictJson(row.signatures) : undefined;
  if (!(row.payload instanceof Uint8Array) || !pairs?.ok || !Array.isArray(pairs.value)) return undefined;
  const signatures: Signature[] = [];
  for (const pair of pairs.value) {
    const [header, signature] = Array.isArray(pair) && pair.length === 2 ? pair.map(octets) : [];
    if (!header || !signature) return undefined;
    signatures.push({ protected: header, signature });
  }
  const isFit = signatures.length >= 1 && signatures.length <= 4;
  return isFit ? { payload: row.payload, signatures } : undefined;
}

/** The documents of a text of JSON: it is one in its wire form, or an object whose members are. */
function wiresIn(text: unknown): (SignedDocument | undefined)[] {
  const parsed = typeof text === 'string' ? parseStrictJson(text) : undefined;
  if (!parsed?.ok || !isObject(parsed.value)) return [undefined];
  const members = 'payload' in parsed.value ? [parsed.value] : Object.values(parsed.value).filter(isObject);
  return members.map((member) => {
    const document = fromWire(member);
    return document.ok ? document.value : undefined;
  });
}

function payloadOf(document: SignedDocument): unknown {
  const text = fromUtf8(document.payload);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  return parsed?.ok && isObject(parsed.value) ? parsed.value : undefined;
}

function octets(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? fromBase64url(value) : undefined;
}
