import { hashId, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import type { Json, JsonObject } from '../../src/kernel/json.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import { isObject } from '../../src/records/index.ts';
import { type KeyBook, STRANGER } from './key-book.ts';
import { octetsOf, type Part, payloadOf, replaced, signedAnew, signedParts, textOf } from './signed-parts.ts';

/** An envelope as JSON, for all that can be wrong with it. */
export type LooseEnvelope = JsonObject & { readonly body: JsonObject };

/** One way in which a message differs from the one that was sent. */
export interface Variant {
  readonly name: string;
  readonly envelope: LooseEnvelope;
  /** Signed by the stranger instead of by whoever sent it. */
  readonly isForeign?: boolean;
  /** Signed by this key, when it is not the sender's. */
  readonly key?: SigningKey;
}

/** The message as it was sent, and with one thing changed at a time. */
export function variantsOf(envelope: LooseEnvelope, book: KeyBook): Variant[] {
  return [
    { name: 'as it was sent', envelope },
    { name: 'signed by a key that nobody knows', envelope, isForeign: true },
    { name: 'under another name', envelope: { ...envelope, from: STRANGER.kid } },
    { name: 'after its last day', envelope: { ...envelope, iat: 0, exp: 1 } },
    ...bodyVariants(envelope),
    ...signedParts(envelope.body).flatMap((part) =>
      (part.kind === 'record' ? recordChanges(part, book) : documentChanges(part, book)).map((change) =>
        withPart(envelope, part, change),
      ),
    ),
  ];
}

function bodyVariants(envelope: LooseEnvelope): Variant[] {
  const { body } = envelope;
  const withBody = (name: string, changed: JsonObject): Variant => ({
    name,
    envelope: { ...envelope, body: changed },
  });
  return [
    withBody('a member more in its body', { ...body, more_of_it: 1 }),
    ...Object.keys(body).flatMap((member) => [
      withBody(`its body without ${member}`, objectOf(replaced(body, [member], undefined))),
      withBody(
        `${member} of another kind`,
        objectOf(replaced(body, [member], typeof body[member] === 'number' ? 'x' : 7)),
      ),
    ]),
  ];
}

/** What a signed thing becomes. */
interface Change {
  readonly name: string;
  readonly wire: Json;
}

function withPart(envelope: LooseEnvelope, part: Part, { name, wire }: Change): Variant {
  const where = part.path.filter((it) => typeof it === 'string').join('.');
  const body = objectOf(replaced(envelope.body, part.path, wire));
  const [before, after] = [part.wire, wire].map((it) => (isObject(it) ? idOf(it) : undefined));
  // A sender that is named by this very document goes by its new name.
  const from = before === envelope.from && after !== undefined ? after : (envelope.from ?? null);
  return { name: `${where}: ${name}`, envelope: { ...envelope, from, body } };
}

function idOf(wire: JsonObject): string | undefined {
  const { payload } = wire;
  return typeof payload === 'string' ? hashId(new Uint8Array(Buffer.from(payload, 'base64url'))) : undefined;
}

function documentChanges(part: Part, book: KeyBook): Change[] {
  const { wire } = part;
  const payload = payloadOf(part);
  const text = textOf(wire.payload);
  const signatures = wire.signatures as JsonObject[]; // the story's own wire form
  const last = signatures.length - 1;
  const anew = (changed: JsonObject): Json => signedAnew(part, JSON.stringify(changed), book);
  const [strange = null] = (signedAnew(part, text, book, { key: STRANGER }).signatures ?? []) as Json[]; // one, just made
  return [
    {
      name: 'an octet of its signature',
      wire: replaced(wire, ['signatures', last, 'signature'], flipped(signatures[last]?.signature)),
    },
    { name: 'a space more in it', wire: { ...wire, payload: octetsOf(`${text} `) } },
    { name: 'signed by somebody else', wire: signedAnew(part, text, book, { key: STRANGER }) },
    { name: 'signed as a record', wire: signedAnew(part, text, book, { typ: 'parley-record' }) },
    {
      name: 'a signature of somebody else beside its own',
      wire: { ...wire, signatures: [...signatures, strange] },
    },
    { name: 'no signature', wire: { ...wire, signatures: [] } },
    { name: 'not in base64url', wire: { ...wire, payload: `${String(wire.payload)}=` } },
    { name: 'of another type', wire: anew({ ...payload, type: 'letter' }) },
    { name: 'of a newer version', wire: anew({ ...payload, v: 2 }) },
    { name: 'with something that has to be understood', wire: anew({ ...payload, crit: ['later'] }) },
    { name: 'with an empty crit', wire: anew({ ...payload, crit: [] }) },
    { name: 'a member more', wire: anew({ ...payload, more_of_it: 1 }) },
    { name: 'a name twice', wire: signedAnew(part, text.replace('{', '{"v":1,'), book) },
    { name: 'a fraction', wire: signedAnew(part, text.replace(/"v":1/, '"v":1.0'), book) },
    ...memberChanges(payload).map(({ name, changed }) => ({ name, wire: anew(changed) })),
  ];
}

const MOST_MEMBERS = 8;

/** Members left out or of another kind, a few of many. */
function memberChanges(payload: JsonObject): { name: string; changed: JsonObject }[] {
  const names = Object.keys(payload).filter((name) => name !== 'type' && name !== 'v');
  const step = Math.ceil(names.length / MOST_MEMBERS);
  const some = names.filter((_, i) => i % step === 0);
  return some.flatMap((member, i) => {
    const without = { name: `without ${member}`, changed: objectOf(replaced(payload, [member], undefined)) };
    const odd = typeof payload[member] === 'number' ? 'x' : 7;
    const other = { name: `${member} of another kind`, changed: objectOf(replaced(payload, [member], odd)) };
    return i % 2 === 0 ? [without, other] : [without];
  });
}

function recordChanges(part: Part, book: KeyBook): Change[] {
  const { wire } = part;
  const payload = payloadOf(part);
  const text = textOf(wire.payload);
  const anew = (change: JsonObject): Json =>
    signedAnew(part, JSON.stringify({ ...payload, ...change }), book);
  const body = textOf(wire.body);
  const { seen: _, ...unseen } = payload;
  return [
    { name: 'an octet of its signature', wire: { ...wire, signature: flipped(wire.signature) } },
    { name: 'a space more in it', wire: { ...wire, payload: octetsOf(`${text} `) } },
    { name: 'signed by somebody else', wire: signedAnew(part, text, book, { key: STRANGER }) },
    { name: 'signed as a document', wire: signedAnew(part, text, book, { typ: 'parley-document' }) },
    { name: 'another body', wire: { ...wire, body: octetsOf(body.replace('"salt":"', '"salt":"x')) } },
    { name: 'no body', wire: objectOf(replaced(wire, ['body'], undefined)) },
    { name: 'with something that has to be understood', wire: anew({ crit: ['later'] }) },
    { name: 'a member more', wire: anew({ more_of_it: 1 }) },
    { name: 'without seen', wire: signedAnew(part, JSON.stringify(unseen), book) },
    { name: 'of a kind that nobody knows', wire: anew({ type: 'song' }) },
    { name: 'of a newer version of its kind', wire: anew({ v: 2 }) },
    { name: 'of another relationship', wire: anew({ rel: 'x'.repeat(26) }) },
    { name: 'by another author', wire: anew({ author: STRANGER.kid }) },
    { name: 'one number too high', wire: anew({ seq: Number(payload.seq) + 1 }) },
    { name: 'after another record', wire: anew({ prev: hashId(toUtf8('another')) }) },
    ...(payload.seq === 1
      ? []
      : [{ name: 'a second one with a number that is taken', wire: anew({ seq: 1, prev: null }) }]),
    { name: 'number 0', wire: anew({ seq: 0, prev: null }) },
    { name: 'has seen what was never said', wire: anew({ seen: hashId(toUtf8('never said')) }) },
    { name: 'has seen nothing', wire: anew({ seen: null }) },
    { name: 'a time that is no number', wire: anew({ at: 'now' }) },
  ];
}

function flipped(base64url: Json | undefined): string {
  const octets = Buffer.from(String(base64url), 'base64url');
  octets[40] = (octets[40] ?? 0) ^ 1;
  return toBase64url(octets);
}

function objectOf(value: Json): JsonObject {
  if (!isObject(value)) throw new Error('this is an object');
  return value;
}
