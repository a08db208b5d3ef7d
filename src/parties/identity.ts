import { hashId, toBase64url } from '../kernel/bytes.ts';
import { ok, type Result } from '../kernel/result.ts';
import { derive } from '../kernel/sealing.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import {
  type DocumentPayload,
  documentId,
  fromWire,
  isObject,
  keyOf,
  malformed,
  readDocument,
  type SignedDocument,
  signDocument,
  signedByOnly,
} from '../records/index.ts';

/** What an inception document says about one pairwise identity; its id is the document's hash. */
export interface Inception {
  readonly id: string;
  /** Ed25519 public keys, 32 octets: the root that outranks, and the one the node signs with. */
  readonly root: Uint8Array;
  readonly nodeKey: Uint8Array;
  /** SHA-256 of the public key that may replace the root. */
  readonly recovery: string;
  readonly host: string;
  readonly inbox: string;
}

/** The root key of the identity at a position; the same secret always gives the same key. */
export function rootKey(served: Uint8Array, position: number): SigningKey {
  return signingKey(derive(served, `parley/root/v1/${position}`));
}

/** The key with which the node signs for the identity at a position. */
export function nodeSigningKey(served: Uint8Array, position: number): SigningKey {
  return signingKey(derive(served, `parley/node-key/v1/${position}`));
}

/** The key of a name that is used once: it signs before there is any relationship. */
export function oneUseSigningKey(served: Uint8Array, name: string): SigningKey {
  return signingKey(derive(served, `parley/one-use/v1/${name}`));
}

/** The key that may one day replace a lost root, after so many changes; made from the party's own secret. */
export function recoveryKey(secret: Uint8Array, position: number, changes: number): SigningKey {
  const nth = changes === 0 ? '' : `/${changes}`;
  return signingKey(derive(secret, `parley/recovery/v1/${position}${nth}`));
}

/** SHA-256 of that key, which an identity commits to. */
export function recoveryCommitment(secret: Uint8Array, position: number, changes = 0): string {
  return hashId(recoveryKey(secret, position, changes).publicKey);
}

export interface Address {
  readonly host: string;
  readonly inbox: string;
}

/** The first entry of an identity's key log: names its node key and address, commits to its recovery key. */
export function inceptionDocument(
  served: Uint8Array,
  position: number,
  commitment: string,
  address: Address,
): SignedDocument {
  const root = rootKey(served, position);
  const payload: DocumentPayload = {
    type: 'identity',
    v: 1,
    root: toBase64url(root.publicKey),
    recovery: commitment,
    nodeKey: toBase64url(nodeSigningKey(served, position).publicKey),
    address: { host: address.host, inbox: address.inbox },
  };
  return signDocument(payload, root);
}

/** The same from its wire form; undefined for anything else. */
export function readIntroduction(wire: unknown): Inception | undefined {
  const document = fromWire(wire);
  const inception = document.ok ? readInception(document.value) : undefined;
  return inception?.ok ? inception.value : undefined;
}

/** Reads and verifies an inception document that somebody else sent. */
export function readInception(document: SignedDocument): Result<Inception> {
  const read = readDocument(document, 'identity', 1);
  if (!read.ok) return read;
  const { root: rootText, nodeKey: nodeText, recovery, address } = read.value;
  const root = keyOf(rootText);
  const nodeKey = keyOf(nodeText);
  if (!root || !nodeKey || typeof recovery !== 'string' || recovery.length !== 43)
    return malformed('a key is missing');
  const place = placeOf(address);
  if (!place) return malformed('the address is missing');
  if (!signedByOnly(document, root)) return malformed('its root did not sign it');
  return ok({ id: documentId(document), root, nodeKey, recovery, ...place });
}

/** An address as a document names it; undefined for anything else. */
export function placeOf(value: unknown): Address | undefined {
  const { host, inbox } = isObject(value) ? value : {};
  const isText = (it: unknown): it is string => typeof it === 'string' && it.length > 0 && it.length <= 200;
  return isText(host) && isText(inbox) ? { host, inbox } : undefined;
}
