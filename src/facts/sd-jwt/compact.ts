import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../../kernel/bytes.ts';
import { type Json, type JsonObject, parseStrictJson } from '../../kernel/json.ts';
import { type Failure, fail, ok, type Result } from '../../kernel/result.ts';
import { isObject } from '../../records/index.ts';
import { FACT_LIMITS } from '../limits.ts';
import type { ProofKey, ProofSigner } from './keys.ts';

/** A signed JWT in its compact form (RFC 7515, section 3.1); nobody's signature has been checked. */
interface Jwt {
  readonly text: string;
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

/** An SD-JWT or SD-JWT+KB (RFC 9901, section 4) taken apart at its tildes. */
export interface Parts {
  readonly issued: Jwt;
  readonly disclosures: readonly string[];
  /** The JWT by which its holder binds it to one receiver; absent in an SD-JWT. */
  readonly binding: Jwt | undefined;
}

export function malformedProof(why: string): Failure {
  return fail(
    'proof-malformed',
    `This is not a proof as it is written: ${why}.`,
    'Ask for it again; nothing was changed.',
  );
}

/** `<JWT>~<disclosure>~…~` and, in an SD-JWT+KB, one more JWT at its end. */
export function readParts(text: string): Result<Parts> {
  if (text.length > FACT_LIMITS.proofChars) return malformedProof('it is too long');
  const [first = '', ...rest] = text.split('~');
  const last = rest.pop();
  if (last === undefined) return malformedProof('no tilde is in it');
  if (rest.length > FACT_LIMITS.disclosures) return malformedProof('it shows too much');
  const issued = readJwt(first);
  if (!issued.ok) return issued;
  if (last === '') return ok({ issued: issued.value, disclosures: rest, binding: undefined });
  const binding = readJwt(last);
  return binding.ok ? ok({ issued: issued.value, disclosures: rest, binding: binding.value }) : binding;
}

function readJwt(text: string): Result<Jwt> {
  const [header, payload, signature, ...more] = text.split('.');
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0)
    return malformedProof('it does not have three parts');
  if (fromBase64url(signature) === undefined) return malformedProof('a part is not base64url');
  const read = [readJson(header), readJson(payload)] as const;
  if (!read[0].ok) return read[0];
  if (!read[1].ok) return read[1];
  const [{ value: head }, { value: body }] = read;
  if (!isObject(head) || !isObject(body)) return malformedProof('a part is not an object');
  if ('crit' in head) return malformedProof('it needs a newer reader');
  return ok({ text, header: head, payload: body });
}

/** The JSON in a base64url part: strict, like everything that is received. */
export function readJson(part: string): Result<Json> {
  const octets = fromBase64url(part);
  const text = octets && fromUtf8(octets);
  if (text === undefined) return malformedProof('a part is not base64url of UTF-8');
  const parsed = parseStrictJson(text);
  return parsed.ok ? parsed : malformedProof('a part is not strict JSON');
}

/** True when this key signed it, in a way that this key signs. The header alone never chooses. */
export function jwtHolds({ text, header }: Jwt, key: ProofKey): boolean {
  const { alg } = header;
  const at = text.lastIndexOf('.');
  const signature = fromBase64url(text.slice(at + 1));
  if (typeof alg !== 'string' || !key.algs.includes(alg) || !signature) return false;
  return key.holds(toUtf8(text.slice(0, at)), signature);
}

export function signJwt(header: JsonObject, payload: JsonObject, signer: ProofSigner): string {
  const input = jwtInput({ alg: signer.alg, ...header }, payload);
  return `${input}.${toBase64url(signer.sign(toUtf8(input)))}`;
}

/** What is signed of a JWT. */
export function jwtInput(header: JsonObject, payload: JsonObject): string {
  const part = (value: JsonObject): string => toBase64url(toUtf8(JSON.stringify(value)));
  return `${part(header)}.${part(payload)}`;
}
