import { NETWORK_LIMITS } from './limits.ts';
import type { BareItem, InnerList, Item } from './structured-fields.ts';

/** The label of our signature among those that a request may bear. */
export const LABEL = 'parley';

/** Says which protocol a signature was made for, so that it counts in no other. */
export type Tag = 'parley-v1';

export interface SignatureParams {
  /** Seconds since 1970-01-01T00:00Z. */
  readonly created: number;
  readonly expires: number;
  readonly nonce: string;
  /** The public key itself, base64url. */
  readonly keyid: string;
  readonly tag: Tag;
}

const COMPONENTS = ['@method', '@target-uri', 'content-digest', 'content-type'];

/** What our signature covers, in the one order that counts. */
export function coverage(params: SignatureParams): InnerList {
  return {
    items: COMPONENTS.map((value): Item => ({ bare: { kind: 'string', value }, params: new Map() })),
    params: new Map<string, BareItem>([
      ['created', { kind: 'integer', value: params.created }],
      ['expires', { kind: 'integer', value: params.expires }],
      ['nonce', { kind: 'string', value: params.nonce }],
      ['keyid', { kind: 'string', value: params.keyid }],
      ['alg', { kind: 'string', value: 'ed25519' }],
      ['tag', { kind: 'string', value: params.tag }],
    ]),
  };
}

export function isNonce(text: string): boolean {
  const { nonceMinChars, nonceMaxChars } = NETWORK_LIMITS;
  return /^[A-Za-z0-9_-]*$/.test(text) && text.length >= nonceMinChars && text.length <= nonceMaxChars;
}
