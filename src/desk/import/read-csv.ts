import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type Failure, fail } from '../../kernel/result.ts';
import { deskLimits } from '../limits.ts';
import { FIELDS, type Field, type Mapping, type RawRow } from './model.ts';
import type { TextFile } from './open-file.ts';

const SEPARATORS = [',', ';', '\t', '|'];

/** Other names that files give to fields. */
const ALIASES: Readonly<Record<string, Field>> = {
  sku: 'id',
  item_id: 'id',
  name: 'title',
  product_title: 'title',
  google_category: 'google_product_category',
  product_category: 'product_type',
  colour: 'color',
  ean: 'gtin',
  upc: 'gtin',
  stock: 'quantity',
  stock_quantity: 'quantity',
  inventory: 'quantity',
};

/**
 * The rows of a CSV file with a header (RFC 4180; the separator is whichever the header has most of). Yields a Failure
 * and ends where the file cannot be read on: `csv-broken`, `csv-no-header`, `csv-too-wide`.
 */
export async function* readCsv(
  file: TextFile,
  columns: Mapping['columns'],
): AsyncGenerator<RawRow | Failure> {
  const pieces = file.pieces();
  const first = await firstLine(pieces);
  const parser = parse({
    delimiter: separatorOf(first.line),
    relax_column_count: true,
    // A quotation mark within a field that is not in quotes is a mark like any other: a 22" screen.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: deskLimits.rowChars,
  });
  const source = Readable.from(whole(first.text, pieces));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let header: (Field | undefined)[] | undefined;
  let row = 0;
  try {
    for await (const record of parser) {
      const values: string[] = record;
      if (header) yield rowOf(header, values, ++row);
      else {
        if (values.length > deskLimits.columns) {
          yield fail('csv-too-wide', `It has more than ${deskLimits.columns} columns.`, 'Leave some out.');
          return;
        }
        header = headerOf(values, columns);
        if (!header.includes('id') || !header.includes('title') || !header.includes('price')) {
          yield noHeader(header);
          return;
        }
      }
    }
    if (!header) yield noHeader([]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield broken(error, row);
  } finally {
    source.destroy();
  }
}

async function firstLine(pieces: AsyncGenerator<string>): Promise<{ line: string; text: string }> {
  let text = '';
  while (!text.includes('\n') && text.length < deskLimits.rowChars) {
    const next = await pieces.next();
    if (next.done) break;
    text += next.value;
  }
  return { line: text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n')), text };
}

async function* whole(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first !== '') yield first;
  yield* rest;
}

/** The separator that the header has most of, outside quotes. */
function separatorOf(line: string): string {
  const bare = line.replaceAll(/"(?:[^"]|"")*"/g, '');
  const counts = SEPARATORS.map((separator) => ({ separator, count: bare.split(separator).length }));
  return counts.reduce((best, it) => (it.count > best.count ? it : best)).separator;
}

function headerOf(names: readonly string[], columns: Mapping['columns']): (Field | undefined)[] {
  const given = new Map(Object.entries(columns ?? {}).map(([field, name]) => [plain(name), field]));
  return names.map((name) => {
    const key = plain(name);
    const field = given.get(key) ?? key;
    return FIELDS.find((known) => known === field) ?? ALIASES[key];
  });
}

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^g[:_ ]/, '')
    .replaceAll(/[\s-]+/g, '_');
}

function rowOf(header: readonly (Field | undefined)[], values: readonly string[], row: number): RawRow {
  const fields: Partial<Record<Field, string[]>> = {};
  for (const [i, field] of header.entries()) {
    const value = values[i]?.trim();
    if (field === undefined || !value) continue;
    if (value.length > deskLimits.fieldChars)
      return { row, fields: {}, broken: 'One of its fields is too long.' };
    const known = fields[field];
    if (known) known.push(value);
    else fields[field] = [value];
  }
  if (values.length !== header.length) {
    const broken = `It has ${values.length} columns and the header ${header.length}.`;
    return { row, fields, broken };
  }
  return { row, fields };
}

function noHeader(header: readonly (Field | undefined)[]): Failure {
  const missing = (['id', 'title', 'price'] as const).filter((field) => !header.includes(field));
  return fail(
    'csv-no-header',
    `The first line does not name the columns: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    'Add a header, or say in the mapping which column is which.',
  );
}

function broken(error: CsvError, row: number): Failure {
  const what =
    error.code === 'CSV_MAX_RECORD_SIZE'
      ? 'a row is longer than any may be; a quotation mark may be missing'
      : error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quotation mark is never closed'
        : 'its quotation marks do not fit together';
  return fail(
    'csv-broken',
    `The file cannot be read beyond row ${row}: ${what}.`,
    'Mend the file and import it again; rows before were taken.',
  );
}
