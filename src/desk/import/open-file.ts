import { createReadStream } from 'node:fs';
import { fail, ok, type Result } from '../../kernel/result.ts';
import type { Upload } from '../../kernel/upload.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A file whose kind and encoding are known: its text can be read piece by piece. */
export interface TextFile {
  readonly kind: 'xml' | 'csv';
  readonly encoding: Encoding;
  /** What had to be assumed, in a sentence for the report. */
  readonly remark?: string;
  /** Line ends, or ends of items, as a guess of how many rows there are. */
  readonly about: number;
  /** The text in pieces, without a byte order mark. */
  pieces(): AsyncGenerator<string>;
}

interface Survey {
  readonly head: Buffer;
  readonly isUtf8: boolean;
  /** Octets that Windows-1252 leaves undefined. */
  readonly hasUndefined: boolean;
  readonly lines: number;
  readonly items: number;
}

const ENDS = [Buffer.from('</item>'), Buffer.from('</entry>')];

/**
 * Looks through an uploaded file once: what it is, in which encoding, about how many rows. Fails with `file-empty`,
 * `file-not-text` (a spreadsheet, an archive) and `encoding-unclear`.
 */
export async function openTextFile(upload: Upload): Promise<Result<TextFile>> {
  const survey = await look(upload.path);
  if (survey.head.length === 0)
    return fail('file-empty', 'The file is empty.', 'Send the file with the products.');
  const binary = binaryKind(survey.head);
  if (binary)
    return fail(
      'file-not-text',
      `The file is ${binary}.`,
      'Save it as CSV or as an XML feed, then send that.',
    );
  const found = encodingOf(survey);
  if (found === undefined) {
    return fail(
      'encoding-unclear',
      'The file is neither UTF-8 nor UTF-16, and what else it may be cannot be told.',
      'Save it as UTF-8, then send it again.',
    );
  }
  const start = decode(survey.head, found.encoding).trimStart();
  const kind = start.startsWith('<') ? 'xml' : 'csv';
  const about = kind === 'xml' ? survey.items : Math.max(0, survey.lines - 1);
  return ok({ kind, ...found, about, pieces: () => piecesOf(upload.path, found.encoding) });
}

async function look(path: string): Promise<Survey> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const survey = { head: Buffer.alloc(0), isUtf8: true, hasUndefined: false, lines: 0, items: 0 };
  let last = 10;
  for await (const chunk of createReadStream(path)) {
    const bytes: Buffer = chunk;
    if (survey.head.length < 4096) survey.head = Buffer.concat([survey.head, bytes.subarray(0, 4096)]);
    survey.lines += count(bytes, Buffer.from('\n'));
    // An end that falls between two pieces is missed: this is a guess only.
    for (const end of ENDS) survey.items += count(bytes, end);
    survey.isUtf8 &&= isDecodable(utf8, bytes);
    if (!survey.isUtf8) survey.hasUndefined ||= bytes.some((octet) => UNDEFINED_1252.has(octet));
    last = bytes.at(-1) ?? last;
  }
  if (last !== 10) survey.lines += 1;
  survey.isUtf8 &&= isDecodable(utf8, undefined);
  return survey;
}

const UNDEFINED_1252 = new Set([0x00, 0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function count(bytes: Buffer, what: Buffer): number {
  let found = 0;
  for (let at = bytes.indexOf(what); at >= 0; at = bytes.indexOf(what, at + what.length)) found++;
  return found;
}

/** Feeds a strict decoder; undefined ends it. */
function isDecodable(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer | undefined): boolean {
  try {
    decoder.decode(bytes, { stream: bytes !== undefined });
    return true;
  } catch {
    return false;
  }
}

const MAGIC: readonly (readonly [Buffer, string])[] = [
  [Buffer.from('504b0304', 'hex'), 'a spreadsheet or an archive'],
  [Buffer.from('1f8b', 'hex'), 'compressed'],
  [Buffer.from('d0cf11e0', 'hex'), 'an old spreadsheet'],
  [Buffer.from('25504446', 'hex'), 'a PDF'],
];

function binaryKind(head: Buffer): string | undefined {
  return MAGIC.find(([magic]) => head.subarray(0, magic.length).equals(magic))?.[1];
}

function encodingOf(survey: Survey): Pick<TextFile, 'encoding' | 'remark'> | undefined {
  const { head } = survey;
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le' };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be' };
  const bare = bareUtf16(head);
  if (bare)
    return {
      encoding: bare,
      remark: `The file does not say its encoding; it was read as ${bare.toUpperCase()}.`,
    };
  const declared = /^\s*<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9._-]{1,40})["']/.exec(
    head.toString('latin1'),
  )?.[1];
  const isWestern =
    declared !== undefined && /^(windows-1252|iso-8859-1|iso-8859-15|latin1|us-ascii)$/i.test(declared);
  if (survey.isUtf8) return head.includes(0) ? undefined : { encoding: 'utf-8' };
  if (head.toString('latin1').trimStart().startsWith('<') && !isWestern) return undefined;
  if (survey.hasUndefined) return undefined;
  const remark = isWestern
    ? `The file says that it is ${declared}; it was read as Windows-1252.`
    : 'The file is not UTF-8; it was read as Windows-1252. Look at the letters with accents.';
  return { encoding: 'windows-1252', remark };
}

/** UTF-16 without a mark: every other octet of the beginning is nothing. */
function bareUtf16(head: Buffer): Encoding | undefined {
  const looked = Math.min(head.length - (head.length % 2), 512);
  if (looked < 4) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < looked; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > looked * 0.4 && even === 0) return 'utf-16le';
  return even > looked * 0.4 && odd === 0 ? 'utf-16be' : undefined;
}

function decode(bytes: Buffer, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes);
}

async function* piecesOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
  for await (const chunk of createReadStream(path)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
