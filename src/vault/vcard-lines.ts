import { fail, ok, type Result } from '../kernel/result.ts';
import { decodeText, fromQuotedPrintable, octetsOfLatin1 } from './encodings.ts';
import type { Skipped } from './found.ts';

export type VcardVersion = '2.1' | '3.0' | '4.0';

/** One property of a card, its value decoded to text but still escaped. */
export interface ContentLine {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  /** Upper case, like `ITEM1`. */
  readonly group: string | undefined;
  /** Upper case. */
  readonly name: string;
  /** Names in upper case. */
  readonly params: ReadonlyMap<string, readonly string[]>;
  /** TYPE's values, in upper case. */
  readonly types: ReadonlySet<string>;
  readonly value: string;
  readonly version: VcardVersion;
}

export interface CardLines {
  readonly line: number;
  readonly lines: readonly ContentLine[];
  readonly skipped: readonly Skipped[];
}

/** A line as it stands in the file, each octet one character. */
interface RawLine {
  readonly line: number;
  readonly text: string;
}

/**
 * The cards of a vCard file (2.1; 3.0, RFC 2426; 4.0, RFC 6350). Lines are put together octet by octet, because files
 * fold inside characters; a line that cannot be read is reported and spoils no other.
 * Fails with `file-cut-off` when the last card has no end.
 */
export function readCardLines(octets: Uint8Array): Result<{ cards: CardLines[]; skipped: Skipped[] }> {
  const cards: CardLines[] = [];
  const skipped: Skipped[] = [];
  let raw: RawLine[] = [];
  let begun = 0;
  let depth = 0;
  const file = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1');
  for (const [index, text] of file.split(/\r\n|\n|\r/).entries()) {
    const line = index + 1;
    if (/^BEGIN:VCARD\s*$/i.test(text)) {
      if (depth === 0) [begun, raw] = [line, []];
      else if (depth === 1 && !/^AGENT\b/i.test(raw.at(-1)?.text ?? '')) raw.push({ line, text: 'AGENT:' });
      depth++;
    } else if (depth > 0 && /^END:VCARD\s*$/i.test(text)) {
      depth--;
      if (depth === 0) cards.push(readCard(begun, raw));
    } else if (depth === 1) {
      raw.push({ line, text });
    } else if (depth === 0 && text.trim() !== '') {
      skipped.push(bad(line, 'Line', 'It stands outside of any card.'));
    }
  }
  if (depth === 0) return ok({ cards, skipped });
  return fail(
    'file-cut-off',
    `The file ends in the middle of the card that begins on line ${begun}. Nothing was taken.`,
    'Export it again and send the whole file.',
  );
}

function readCard(line: number, raw: readonly RawLine[]): CardLines {
  const version = versionOf(raw);
  const lines: ContentLine[] = [];
  const skipped: Skipped[] = [];
  for (const logical of unfold(raw, version)) {
    const read = readLine(logical, version);
    if ('why' in read) skipped.push(read);
    else if (read.name !== 'VERSION') lines.push(read);
  }
  return { line, lines, skipped };
}

/** The version a card says it is; without one it is read like 3.0. */
function versionOf(raw: readonly RawLine[]): VcardVersion {
  for (const { text } of raw) {
    const found = /^VERSION[^:]*:\s*(\S*)/i.exec(text)?.[1];
    if (found === '2.1' || found === '4.0') return found;
    if (found !== undefined) return '3.0';
  }
  return '3.0';
}

/** Puts folded lines together: a line that begins with a space goes on, and so does `=` in quoted-printable. */
function unfold(raw: readonly RawLine[], version: VcardVersion): RawLine[] {
  const out: { line: number; text: string; isQuoted: boolean }[] = [];
  for (const { line, text } of raw) {
    const last = out.at(-1);
    if (last?.isQuoted && last.text.endsWith('=')) {
      last.text = last.text.slice(0, -1) + text;
    } else if (last && /^[ \t]/.test(text)) {
      last.text += version === '2.1' ? text : text.slice(1);
    } else if (text.trim() !== '') {
      out.push({ line, text, isQuoted: isQuotedPrintable(text) });
    }
  }
  return out;
}

function isQuotedPrintable(text: string): boolean {
  return /;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(text.slice(0, colonOf(text)));
}

/** Where the value begins: the first colon outside of quotes; -1 when there is none. */
function colonOf(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === ':' && !isQuoted) return at;
  }
  return -1;
}

function readLine({ line, text }: RawLine, version: VcardVersion): ContentLine | Skipped {
  const colon = colonOf(text);
  const head = decodeText(octetsOfLatin1(text.slice(0, Math.max(colon, 0))), 'utf-8') ?? '';
  const [full = '', ...paramTexts] = splitOutsideQuotes(head, ';');
  const name = /^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)$/.exec(full.trim());
  if (colon < 0 || !name?.[2]) return bad(line, 'Line', 'It is not a line of a card: a name and a colon.');
  const params = readParams(paramTexts);
  const what = name[2].toUpperCase();
  const encoding = params.get('ENCODING')?.[0]?.toUpperCase();
  const charset = params.get('CHARSET')?.[0] ?? 'utf-8';
  const given = octetsOfLatin1(text.slice(colon + 1));
  const octets = encoding === 'QUOTED-PRINTABLE' ? fromQuotedPrintable(given) : given;
  const value = octets && decodeText(octets, charset);
  if (value === undefined) {
    const why = octets
      ? `Its letters are not ${charset.toUpperCase()}; export it as vCard 3.0 or 4.0 in UTF-8.`
      : 'Its quoted-printable is broken.';
    return { line, what, code: 'encoding', why };
  }
  const types = new Set((params.get('TYPE') ?? []).map((type) => type.toUpperCase()));
  return { line, group: name[1]?.toUpperCase(), name: what, params, types, value, version };
}

function bad(line: number, what: string, why: string): Skipped {
  return { line, what, code: 'malformed', why };
}

const ENCODINGS = /^(QUOTED-PRINTABLE|BASE64|8BIT|7BIT|B)$/i;

/** Parameters by name; what has no name is a TYPE or, in 2.1, an ENCODING. */
function readParams(texts: readonly string[]): Map<string, string[]> {
  const params = new Map<string, string[]>();
  for (const text of texts) {
    const equals = text.indexOf('=');
    const bare = ENCODINGS.test(text.trim()) ? 'ENCODING' : 'TYPE';
    const name = equals < 0 ? bare : text.slice(0, equals).trim().toUpperCase();
    const values = splitOutsideQuotes(text.slice(equals + 1), ',')
      .flatMap((value) =>
        name === 'TYPE' ? value.replaceAll('"', '').split(',') : [value.replaceAll('"', '')],
      )
      .map((value) => unescapeParam(value.trim()));
    params.set(name, [...(params.get(name) ?? []), ...values]);
  }
  return params;
}

/** RFC 6868. */
function unescapeParam(value: string): string {
  return value.replaceAll(/\^([n^'])/g, (_, c: string) => (c === 'n' ? '\n' : c === "'" ? '"' : '^'));
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [''];
  let isQuoted = false;
  for (const char of text) {
    if (char === '"') isQuoted = !isQuoted;
    if (char === separator && !isQuoted) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}
