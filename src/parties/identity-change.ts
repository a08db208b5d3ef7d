import { hashId, toBase64url } from '../kernel/bytes.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { SigningKey } from '../kernel/signing.ts';
import {
  type DocumentPayload,
  documentId,
  keyOf,
  malformed,
  readDocument,
  type SignedDocument,
  signDocument,
  signedByOnly,
} from '../records/index.ts';
import { type Address, type Inception, placeOf } from './identity.ts';

const TYPE = 'identity-change';

/** An identity as its key log leaves it: the inception and the changes after it, each citing the one before. */
export interface IdentityState extends Inception {
  /** How many changes there have been, and the id of the last entry of the log. */
  readonly number: number;
  readonly head: string;
}

/** The keys and the address that a change puts in the place of those before. */
export interface Successor {
  readonly root: Uint8Array;
  /** SHA-256 of the next recovery key. */
  readonly recovery: string;
  readonly nodeKey: Uint8Array;
  readonly address: Address;
}

/** A change as it was read; nothing about it has been checked but its own signature. */
export interface IdentityChange extends Successor {
  readonly id: string;
  readonly identity: string;
  readonly number: number;
  readonly prev: string;
  /** The key that signed it: the root before, or the recovery key that the log committed to. */
  readonly signer: Uint8Array;
}

export function inceptionState(inception: Inception): IdentityState {
  return { ...inception, number: 0, head: inception.id };
}

/**
 * The next entry of an identity's log, signed by its root, or by its recovery key, which outranks the root. It says no
 * time: identities of one party that change together would share it, and two counterparts could compare.
 */
export function changeDocument(before: IdentityState, next: Successor, signer: SigningKey): SignedDocument {
  const payload: DocumentPayload = {
    type: TYPE,
    v: 1,
    identity: before.id,
    number: before.number + 1,
    prev: before.head,
    signer: toBase64url(signer.publicKey),
    root: toBase64url(next.root),
    recovery: next.recovery,
    nodeKey: toBase64url(next.nodeKey),
    address: { host: next.address.host, inbox: next.address.inbox },
  };
  return signDocument(payload, signer);
}

/** Reads a change; fails with `record-malformed` when a member is missing or its own signer did not sign it. */
export function readChange(document: SignedDocument): Result<IdentityChange> {
  const read = readDocument(document, TYPE, 1);
  if (!read.ok) return read;
  const { identity, number, prev, recovery, address } = read.value;
  const [root, nodeKey, signer] = [read.value.root, read.value.nodeKey, read.value.signer].map(keyOf);
  const isNamed = [identity, prev, recovery].every((it) => typeof it === 'string' && it.length === 43);
  const place = placeOf(address);
  if (!root || !nodeKey || !signer || !isNamed || !place) return malformed('a member is missing');
  if (!Number.isSafeInteger(number) || Number(number) < 1) return malformed('a member is wrong');
  if (!signedByOnly(document, signer)) return malformed('its signer did not sign it');
  return ok({
    id: documentId(document),
    identity: String(identity),
    number: Number(number),
    prev: String(prev),
    signer,
    root,
    recovery: String(recovery),
    nodeKey,
    address: place,
  });
}

/** Who a change's signer is to the log before it; undefined for a stranger. */
export function signerOf(before: IdentityState, change: IdentityChange): 'root' | 'recovery' | undefined {
  if (hashId(change.signer) === before.recovery) return 'recovery';
  return Buffer.compare(change.signer, before.root) === 0 ? 'root' : undefined;
}

/**
 * The state after a change. Fails with `record-malformed` when it does not follow the log or a stranger signed it. A root
 * may move the address and the node's key; only the recovery key may change the root and the commitment.
 */
export function afterChange(before: IdentityState, change: IdentityChange): Result<IdentityState> {
  const follows =
    change.identity === before.id && change.number === before.number + 1 && change.prev === before.head;
  if (!follows) return malformed('it does not follow the last change');
  const signer = signerOf(before, change);
  if (!signer) return malformed('neither root nor recovery key signed it');
  const isSameRoot = Buffer.compare(change.root, before.root) === 0 && change.recovery === before.recovery;
  if (signer === 'root' && !isSameRoot) return malformed('a root cannot name its successor');
  const { root, recovery, nodeKey, address, id: head, number } = change;
  return ok({ id: before.id, root, recovery, nodeKey, ...address, number, head });
}
