import { fromUtf8, toUtf8 } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { LIMITS } from '../kernel/limits.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { Envelope, Receipt } from './model.ts';

const MEMBERS = ['v', 'id', 'from', 'to', 'type', 'iat', 'exp', 'body'];

export function envelopeOctets(envelope: Envelope): Uint8Array {
  return toUtf8(JSON.stringify(envelope));
}

/** Reads an envelope that came from outside; anything but its exact members is refused. */
export function readEnvelope(octets: Uint8Array): Result<Envelope> {
  if (octets.length > LIMITS.envelopeBytes) return refused('it is too large');
  const text = fromUtf8(octets);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  if (!parsed?.ok) return refused('it is not strict JSON');
  const e = parsed.value;
  if (typeof e !== 'object' || e === null || Array.isArray(e)) return refused('it is not an object');
  const texts = [e.id, e.from, e.to, e.type].every(
    (t) => typeof t === 'string' && t.length > 0 && t.length <= 200,
  );
  const wholes = [e.iat, e.exp].every((n) => typeof n === 'number' && n >= 0);
  const exact = Object.keys(e).length === MEMBERS.length && MEMBERS.every((name) => name in e);
  const body = e.body;
  if (
    !exact ||
    e.v !== 1 ||
    !texts ||
    !wholes ||
    typeof body !== 'object' ||
    body === null ||
    Array.isArray(body)
  ) {
    return refused('its members are not those of an envelope');
  }
  return ok(e as unknown as Envelope); // every member was just checked
}

/** A word of a protocol: short, and safe to show. */
export function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,59}$/.test(value);
}

export function receiptOctets(receipt: Receipt): Uint8Array {
  return toUtf8(JSON.stringify(receipt));
}

/** Reads a receipt; a malformed one counts as none. */
export function readReceipt(octets: Uint8Array): Receipt | undefined {
  const text = fromUtf8(octets);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  if (!parsed?.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined;
  const receipt = parsed.value as unknown as Receipt; // narrowed by the next line
  const { v, id, result, code, at } = receipt;
  const isWhole = v === 1 && typeof id === 'string' && typeof at === 'number';
  const isKnown = ['acted', 'refused', 'kept'].includes(result) && (code === undefined || isCode(code));
  return isWhole && isKnown ? receipt : undefined;
}

function refused(why: string): Result<never> {
  return fail(
    'envelope-malformed',
    `An envelope was refused: ${why}.`,
    'Nothing was changed; ask for it again.',
  );
}
