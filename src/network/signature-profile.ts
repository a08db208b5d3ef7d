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

/** The parameters of a list that covers this and nothing else; undefined for any other. */
export function readCoverage({ items, params }: InnerList): SignatureParams | undefined {
  const isOurs =
    items.length === COMPONENTS.length &&
    items.every(
      ({ bare, params: own }, i) => bare.value === COMPONENTS[i] && isText(bare) && own.size === 0,
    ) &&
    [...params.keys()].join() === 'created,expires,nonce,keyid,alg,tag';
  const [created, expires] = [params.get('created'), params.get('expires')];
  const [nonce, keyid] = [params.get('nonce'), params.get('keyid')];
  const [alg, tag] = [params.get('alg'), params.get('tag')];
  if (!isOurs || created?.kind !== 'integer' || expires?.kind !== 'integer') return undefined;
  if (!isText(nonce) || !isText(keyid) || !isText(alg) || !isText(tag)) return undefined;
  if (alg.value !== 'ed25519' || tag.value !== 'parley-v1') return undefined;
  return {
    created: created.value,
    expires: expires.value,
    nonce: nonce.value,
    keyid: keyid.value,
    tag: tag.value,
  };
}

function isText(bare: BareItem | undefined): bare is BareItem & { readonly kind: 'string' } {
  return bare?.kind === 'string';
}

export function isNonce(text: string): boolean {
  const { nonceMinChars, nonceMaxChars } = NETWORK_LIMITS;
  return /^[A-Za-z0-9_-]*$/.test(text) && text.length >= nonceMinChars && text.length <= nonceMaxChars;
}
