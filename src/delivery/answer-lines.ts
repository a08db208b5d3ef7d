import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { LIMITS } from '../kernel/limits.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import type { SigningKey, VerifyingKey } from '../kernel/signing.ts';
import { isObject, signatureOfReceipt, signReceipt } from '../records/index.ts';
import { isCode } from './envelope.ts';

const LF = '\n';

/** Texts without a line feed in them, one a line: how envelopes and their answers travel. */
export function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(lines.flatMap((line) => [line, toUtf8(LF)]));
}

/** The lines of a body; undefined when it does not end with its last line or has more than `most`. */
export function splitLines(
  body: Uint8Array,
  most: number = LIMITS.envelopesPerRequest,
): Uint8Array[] | undefined {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = body.indexOf(0x0a); at >= 0; at = body.indexOf(0x0a, from)) {
    if (lines.length === most) return undefined;
    lines.push(body.subarray(from, at));
    from = at + 1;
  }
  return from === body.length && lines.length > 0 ? lines : undefined;
}

/**
 * One answer as a line: `{receipt, protected, signature}` (base64url), or `{later: code}`. Without a key the receiver is
 * not known by one, and the receipt stands alone.
 */
export function answerLine(answer: Result<Uint8Array>, key: SigningKey | undefined): Uint8Array {
  if (isFailure(answer)) return toUtf8(JSON.stringify({ later: answer.code }));
  const signed = key && signReceipt(answer.value, key);
  const signature = signed && {
    protected: toBase64url(signed.protected),
    signature: toBase64url(signed.signature),
  };
  return toUtf8(JSON.stringify({ receipt: toBase64url(answer.value), ...signature }));
}

/** The receipt in a line, once its signature is the expected key's; `later` is a failure with the receiver's code. */
export function readAnswerLine(line: Uint8Array, key: VerifyingKey | undefined): Result<Uint8Array> {
  const text = fromUtf8(line);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  if (!parsed?.ok || !isObject(parsed.value)) return malformed();
  const { receipt, protected: header, signature, later } = parsed.value;
  if (later !== undefined) {
    return fail(
      isCode(later) ? later : 'peer-refused',
      'The other side cannot take it yet.',
      'It stays here and is tried again.',
    );
  }
  const [payload, head, sign] = [receipt, header, signature].map(octets);
  if (!payload) return malformed();
  if (!key) return ok(payload);
  const holds = head && sign && signatureOfReceipt(payload, { protected: head, signature: sign }, key);
  return holds ? ok(payload) : malformed();
}

function octets(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? fromBase64url(value) : undefined;
}

function malformed(): Result<never> {
  return fail(
    'receipt-malformed',
    'The answer was not the other side’s.',
    'It stays here and is tried again.',
  );
}
