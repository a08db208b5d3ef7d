import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../../kernel/limits.ts';
import { type Failure, fail, ok, type Result } from '../../kernel/result.ts';
import { type FileRule, makeUpload, type Upload } from '../../kernel/upload.ts';
import { tooLarge } from './read-body.ts';
import { type Splitter, splitter } from './splitter.ts';

/** The two parts that operations know (RFC 7578). */
interface Form {
  readonly input: Uint8Array | undefined;
  /** In a folder, or its octets where the operation takes few. */
  readonly file: Upload | Uint8Array | undefined;
}

/** Where a file lies that does not stay in memory. */
export interface FilePlace {
  readonly scratch: string;
  readonly fileName: string;
}

const HEADER_BYTES = 8 * 1024;
const CLOSE = '--';

/** What a part of too many octets or a broken form is answered with. */
class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/**
 * Reads `input` into memory and streams `file` into `<scratch>/<fileName>`, so that no file has to fit into memory, or
 * keeps its octets where the rule says so. Whatever fails, no file stays behind.
 */
export async function readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  { scratch, fileName }: FilePlace,
  { maxBytes, isHeld }: FileRule,
): Promise<Result<Form>> {
  const path = join(scratch, fileName);
  const remove = (): Promise<void> => rm(path, { force: true });
  const found: { input?: Uint8Array; file?: Upload | Uint8Array } = {};
  try {
    const parts = splitter(body, Buffer.from('\r\n'));
    const delimiter = Buffer.from(`\r\n--${boundary}`);
    await find(parts, delimiter, async () => {});
    while ((await parts.peek(CLOSE.length)).toString('latin1') !== CLOSE) {
      const { name, fileNamed } = await readPartHeader(parts);
      if (name === 'input' && !found.input) {
        found.input = await readInto(parts, delimiter, LIMITS.requestBytes, tooLarge);
      } else if (name === 'file' && !found.file && isHeld) {
        found.file = await readInto(parts, delimiter, maxBytes, () => fileTooLarge(maxBytes));
      } else if (name === 'file' && !found.file) {
        const bytes = await readIntoFile(parts, delimiter, path, maxBytes);
        found.file = makeUpload(path, fileNamed, bytes, remove);
      } else throw refusal('it has a part other than "input" and "file", or one of them twice');
    }
    return ok({ input: found.input, file: found.file });
  } catch (error) {
    await remove();
    if (error instanceof Refused) return error.failure;
    throw error;
  }
}

async function readPartHeader(parts: Splitter): Promise<{ name: string; fileNamed: string }> {
  const chunks: Buffer[] = [];
  let length = 0;
  await find(parts, Buffer.from('\r\n\r\n'), async (chunk) => {
    length += chunk.length;
    if (length > HEADER_BYTES) throw refusal('the head of a part is too long');
    chunks.push(Buffer.from(chunk));
  });
  const head = Buffer.concat(chunks).toString('utf8');
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? '';
  const fileNamed = /(?:^|;)\s*filename="([^"]*)"/i.exec(disposition)?.[1] ?? 'file';
  return {
    name: /(?:^|;)\s*name="([^"]*)"/i.exec(disposition)?.[1] ?? '',
    // Only the last step of a path, and only what can be shown in a report.
    fileNamed: (fileNamed.split(/[/\\]/).at(-1) ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, LIMITS.lineChars),
  };
}

async function readInto(
  parts: Splitter,
  delimiter: Buffer,
  limit: number,
  refused: () => Failure,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  await find(parts, delimiter, async (chunk) => {
    length += chunk.length;
    if (length > limit) throw new Refused(refused());
    chunks.push(Buffer.from(chunk));
  });
  return new Uint8Array(Buffer.concat(chunks));
}

async function readIntoFile(
  parts: Splitter,
  delimiter: Buffer,
  path: string,
  limit: number,
): Promise<number> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  let length = 0;
  try {
    await find(parts, delimiter, async (chunk) => {
      length += chunk.length;
      if (length > limit) throw new Refused(fileTooLarge(limit));
      await file.writeFile(chunk);
    });
  } finally {
    await file.close();
  }
  return length;
}

async function find(parts: Splitter, mark: Buffer, take: (chunk: Buffer) => Promise<void>): Promise<void> {
  if (!(await parts.readUntil(mark, take))) throw refusal('it ends too early');
}

function fileTooLarge(limit: number): Failure {
  return fail(
    'file-too-large',
    `A file may have ${limit} octets, and this one has more. Nothing was taken.`,
    'Split it, and send the parts one after the other.',
  );
}

function refusal(why: string): Refused {
  return new Refused(
    fail('body-malformed', `That form cannot be read: ${why}. Nothing was taken.`, 'Send it again.'),
  );
}
