import type { Instant } from '../../kernel/clock.ts';
import type { Json } from '../../kernel/json.ts';
import type { Checked } from './check.ts';
import { jwtInput, readJson } from './compact.ts';
import { digestCount, encoded, signedParts } from './make.ts';

/** What was offered, and when its copies were sent. */
interface Offer {
  readonly issuer: string;
  readonly kind: string;
  readonly until: Instant;
  readonly sentAt: Instant;
}

const DAY_MS = 86_400_000;
/** 16 octets: what is not shown cannot be guessed, and no salt is known by its length. */
const SALT = /^[A-Za-z0-9_-]{22}$/;

/**
 * Whether a copy is, character by character, what anybody's of that day would be, but for what chance made: whatever more
 * stood in it, or stood otherwise, could mark whose it is.
 */
export function isUnmarked(copy: Checked, offer: Offer): boolean {
  const { parts, key, holder, claims, placed, digests } = copy;
  const { text, payload } = parts.issued;
  const issued = typeof claims.iat === 'number' ? claims.iat * 1000 : Number.NaN;
  const age = offer.sentAt - issued;
  if (parts.binding || !holder || !(age >= 0 && age < 2 * DAY_MS)) return false;
  if (offer.until % DAY_MS !== 0 || digests !== digestCount(placed.length)) return false;
  const listed = textsIn(payload._sd);
  const what = { ...offer, kid: `${offer.issuer}#${key.id}`, issued };
  const { header, payload: expected } = signedParts(what, holder, key, listed);
  return text.startsWith(`${jwtInput(header, expected)}.`) && parts.disclosures.every(isPlain);
}

/** Whether no digest and no salt stands in two of these copies, or twice in one. */
export function shareNothing(copies: readonly Checked[]): boolean {
  const salts = copies.flatMap(({ parts }) => parts.disclosures.map(saltOf));
  const digests = copies.flatMap(({ parts }) => textsIn(parts.issued.payload._sd));
  return [salts, digests].every((all) => new Set(all).size === all.length);
}

/** A disclosure as it is written here: a salt of its length, and nothing that could be written in two ways. */
function isPlain(disclosure: string): boolean {
  const read = readJson(disclosure);
  return read.ok && SALT.test(saltOf(disclosure)) && encoded(read.value) === disclosure;
}

function saltOf(disclosure: string): string {
  const read = readJson(disclosure);
  return read.ok && Array.isArray(read.value) ? String(read.value[0]) : '';
}

function textsIn(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.filter((it) => typeof it === 'string') : [];
}
