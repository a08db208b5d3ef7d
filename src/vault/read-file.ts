import { fromUtf8 } from '../kernel/bytes.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { notUtf8, textOctets } from './encodings.ts';
import type { Card, FileContent } from './found.ts';
import { readJsonItems } from './json-items.ts';
import { VAULT_LIMITS } from './limits.ts';
import { cardOf } from './vcard-items.ts';
import { readCardLines } from './vcard-lines.ts';

/**
 * What a file of items holds, told apart by what stands in it and not by its name. Fails with `file-empty`,
 * `file-encoding`, `file-cut-off`, `file-not-understood`, `file-too-large`, `json-malformed`.
 */
export function readFileContent(octets: Uint8Array): Result<FileContent> {
  const text = textOctets(octets);
  if (!text.ok) return text;
  const begin = Buffer.from(text.value.subarray(0, 10_000)).toString('latin1');
  const content = /^\s*[[{]/.test(begin)
    ? readJson(text.value)
    : /^[ \t]*BEGIN:VCARD/im.test(begin)
      ? readVcard(text.value)
      : notUnderstood();
  if (!content.ok) return content;
  const entries = content.value.cards.reduce((sum, card) => sum + card.found.length + card.skipped.length, 0);
  return entries <= VAULT_LIMITS.fileEntries ? content : fileTooLarge();
}

function readJson(octets: Uint8Array): Result<FileContent> {
  const text = fromUtf8(octets);
  if (text === undefined) return notUtf8('JSON is always UTF-8.');
  const cards = readJsonItems(text);
  return cards.ok ? ok({ format: 'json', cards: cards.value, skipped: [] }) : cards;
}

function readVcard(octets: Uint8Array): Result<FileContent> {
  const read = readCardLines(octets);
  if (!read.ok) return read;
  const cards: Card[] = read.value.cards.map((lines, index) => cardOf(lines, index + 1));
  return ok({ format: 'vcard', cards, skipped: read.value.skipped });
}

function notUnderstood(): Result<never> {
  return fail(
    'file-not-understood',
    'This file is neither a vCard (.vcf) nor JSON. Nothing was taken.',
    'Export a .vcf from your address book, or write JSON like {"schema:email": "jane@example.org"}.',
  );
}

export function fileTooLarge(): Result<never> {
  const { fileBytes, fileEntries } = VAULT_LIMITS;
  return fail(
    'file-too-large',
    `A file of items has at most ${fileBytes / 1024 / 1024} MB and ${fileEntries} entries. Nothing was taken.`,
    'Split it, or leave out pictures when you export it.',
  );
}
