import { equalBytes, fromBase64url } from '../kernel/bytes.ts';
import { thumbprint } from '../kernel/signing.ts';
import { readIntroduction } from '../parties/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import type { Envelope } from './model.ts';

/** Whether this public key speaks for the sender of an envelope, as far as its receiver knows. */
export type IsSpeaker<Deps extends BaseDeps> = (
  tx: Tx,
  deps: Deps,
  envelope: Envelope,
  key: Uint8Array,
) => Promise<boolean>;

/** A name that is used once is its key's own thumbprint. */
export const ownName: IsSpeaker<BaseDeps> = async (_tx, _deps, envelope, key) =>
  envelope.from === thumbprint(key);

/** An identity that the envelope itself introduces: its name is the hash of the document, which names its key. */
export const introduced: IsSpeaker<BaseDeps> = async (_tx, _deps, envelope, key) => {
  const inception = readIntroduction(envelope.body.identity);
  return inception?.id === envelope.from && equalBytes(inception.nodeKey, key);
};

/** True when the text is this very key in base64url. */
export function isKey(key: Uint8Array, text: string | null | undefined): boolean {
  const known = text == null ? undefined : fromBase64url(text);
  return known !== undefined && equalBytes(known, key);
}
