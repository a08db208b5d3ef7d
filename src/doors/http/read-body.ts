import { fromUtf8 } from '../../kernel/bytes.ts';
import { parseStrictJson } from '../../kernel/json.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type Failure, fail, ok, type Result } from '../../kernel/result.ts';
import type { FileRule, Upload } from '../../kernel/upload.ts';
import { type FilePlace, readMultipart } from './multipart.ts';

/** What came with a request; `release` gives up this door's hold on the file. */
interface Received {
  readonly input: unknown;
  readonly release: () => Promise<void>;
}

/**
 * The input of a POST: JSON, or multipart with `input` (JSON) and `file`. Fails with `media-type-refused`,
 * `request-too-large`, `file-too-large`, `request-broken-off`, `body-malformed` and `json-malformed`.
 */
export async function readBody(
  request: Request,
  place: FilePlace,
  rule: FileRule,
): Promise<Result<Received>> {
  try {
    return await readWhole(request, place, rule);
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    return fail('request-broken-off', 'The request broke off. Nothing was taken.', 'Send it again.');
  }
}

class BrokenOff extends Error {}

async function* untilBroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new BrokenOff('the sender went away');
  }
}

async function readWhole(request: Request, place: FilePlace, rule: FileRule): Promise<Result<Received>> {
  const [given = '', ...parameters] = (request.headers.get('content-type') ?? '').split(';');
  const type = given.trim().toLowerCase();
  const body = request.body && untilBroken(request.body);
  if (type === 'application/json' || type === '') {
    const declared = Number(request.headers.get('content-length') ?? 0);
    if (declared > LIMITS.requestBytes) return tooLarge();
    const octets = body === null ? new Uint8Array(0) : await readAtMost(body, LIMITS.requestBytes);
    if (!octets) return tooLarge();
    if (type === '' && octets.length > 0) return wrongType();
    const input = readJson(octets);
    return input.ok ? ok(received(input.value)) : input;
  }
  const boundary = /boundary="?([^";]{1,70})"?/i.exec(parameters.join(';'))?.[1];
  if (type === 'multipart/form-data' && boundary !== undefined && body !== null) {
    const form = await readMultipart(body, boundary, place, rule);
    if (!form.ok) return form;
    const { input, file } = form.value;
    const read = input === undefined ? ok({}) : readJson(input);
    const release = file && 'hold' in file ? file.hold() : async () => {};
    if (read.ok) return withFile(read.value, file, release);
    await release();
    return read;
  }
  return wrongType();
}

function readJson(octets: Uint8Array): Result<unknown> {
  const text = fromUtf8(octets);
  if (text === undefined) return fail('json-malformed', 'That is not UTF-8.', 'Send UTF-8.');
  return text.trim() === '' ? ok({}) : parseStrictJson(text);
}

async function withFile(
  input: unknown,
  file: Upload | Uint8Array | undefined,
  release: () => Promise<void>,
): Promise<Result<Received>> {
  if (!file) return ok(received(input));
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    return ok({ input: { ...input, file }, release });
  }
  await release();
  return fail('body-malformed', 'The part "input" is not an object.', 'Send an object, or leave it out.');
}

function received(input: unknown): Received {
  return { input, release: async () => {} };
}

/** The octets of a stream, or undefined when there are more than that. */
export async function readAtMost(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function wrongType(): Failure {
  return fail(
    'media-type-refused',
    'Only JSON is taken here, or a form with "input" and "file".',
    'Send application/json or multipart/form-data.',
  );
}

export function tooLarge(): Failure {
  return fail(
    'request-too-large',
    `A request may have ${LIMITS.requestBytes} octets, and this one has more. Nothing was taken.`,
    'Send less at once.',
  );
}
