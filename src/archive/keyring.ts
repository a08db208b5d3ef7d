import { thumbprint } from '../kernel/signing.ts';
import {
  headerKid,
  isObject,
  keyOf,
  type Signature,
  type SignedDocument,
  signedBy,
} from '../records/index.ts';

/** Members of documents that hold a public key (Ed25519, base64url), at any depth. */
const KEY_MEMBERS = ['key', 'nodeKey', 'root', 'signer', 'buyerKey', 'attester'];

/** The public keys that an archive holds, by their `kid`. */
export interface Keyring {
  add(publicKey: Uint8Array): void;
  /** Adds every key that the payload of a document names. */
  addFrom(payload: unknown): void;
  get(kid: string): Uint8Array | undefined;
}

export function newKeyring(): Keyring {
  const keys = new Map<string, Uint8Array>();
  const add = (publicKey: Uint8Array): void => {
    keys.set(thumbprint(publicKey), publicKey);
  };
  const addFrom = (value: unknown): void => {
    if (Array.isArray(value)) for (const entry of value) addFrom(entry);
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      const key = KEY_MEMBERS.includes(name) ? keyOf(member) : undefined;
      if (key) add(key);
      else addFrom(member);
    }
  };
  return { add, addFrom, get: (kid) => keys.get(kid) };
}

/** Whether one signature of a document holds; `unknown` when its key is not in the ring. */
export function checkSignature(
  document: SignedDocument,
  signature: Signature,
  ring: Keyring,
): 'holds' | 'broken' | 'unknown' {
  const kid = headerKid(signature.protected, 'parley-document');
  if (kid === undefined) return 'broken';
  const key = ring.get(kid);
  if (!key) return 'unknown';
  return signedBy({ payload: document.payload, signatures: [signature] }, key) ? 'holds' : 'broken';
}
