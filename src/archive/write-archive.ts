import { toUtf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { assert } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import type { Storage, View } from '../storage/index.ts';
import { newDigest } from './digest.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import { encodeRow } from './lines.ts';
import { type Columns, FORMAT, type Header, type Row, VERSION } from './model.ts';
import { type Bound, toArchived } from './node-bound.ts';
import { readTable, schemaNumber } from './schema.ts';
import { SECTIONS, type Section } from './sections.ts';
import { countRows, pageRows } from './store.ts';

const CHUNK_BYTES = 64 * 1024;

/** Reads on one snapshot when it always gives the same view, else on a new one each time. */
type Reading = <T>(body: (view: View) => Promise<T>) => Promise<T>;

/** The rows of one section in their order, as the archive has them; one page of them is in memory. */
export async function* archivedRows(
  read: Reading,
  bound: Bound,
  section: Section,
  columns: Columns,
): AsyncGenerator<Row> {
  let last: Row | undefined;
  const limit = section.rowsAtOnce ?? ARCHIVE_LIMITS.pageRows;
  for (;;) {
    const after = last;
    const page = await read((view) => pageRows(view, bound.home, section, columns, after, limit));
    for (const row of page) yield toArchived(bound, section.table, row);
    last = page.at(-1);
    if (page.length < limit || section.key.length === 0) return;
  }
}

/**
 * Every line of a party's archive, from one snapshot, in pieces of about 64 KiB. What the rows add up to is held
 * against the database's own count before the manifest is written.
 */
export async function* archiveOctets(
  view: View,
  engine: Storage['engine'],
  bound: Bound,
  madeAt: Instant,
): AsyncGenerator<Uint8Array> {
  let waiting: string[] = [];
  let waitingChars = 0;
  for await (const line of archiveLines(view, engine, bound, madeAt)) {
    waiting.push(line, '\n');
    waitingChars += line.length;
    if (waitingChars < CHUNK_BYTES) continue;
    yield toUtf8(waiting.join(''));
    waiting = [];
    waitingChars = 0;
  }
  yield toUtf8(waiting.join(''));
}

async function* archiveLines(
  view: View,
  engine: Storage['engine'],
  bound: Bound,
  madeAt: Instant,
): AsyncGenerator<string> {
  const total = newDigest();
  const [counts, hashes]: [Record<string, number>, Record<string, string>] = [{}, {}];
  const line = (text: string): string => {
    assert(Buffer.byteLength(text) <= ARCHIVE_LIMITS.lineBytes, 'a row fits into a line');
    total.add(text);
    return text;
  };
  const header = await headerOf(view, engine, bound, madeAt);
  yield line(JSON.stringify(header));
  for (const section of SECTIONS) {
    const { table } = section;
    const columns = header.sections.find(({ name }) => name === table)?.columns ?? {};
    const digest = newDigest();
    yield line(JSON.stringify({ section: table }));
    for await (const row of archivedRows((body) => body(view), bound, section, columns)) {
      const text = encodeRow(row, columns);
      digest.add(text);
      yield line(text);
    }
    counts[table] = digest.count();
    hashes[table] = digest.sha256();
    assert(counts[table] === (await countRows(view, bound.home, table)), `every row of ${table} was written`);
  }
  const sum = { lines: total.count(), sha256: total.sha256() };
  yield JSON.stringify({ manifest: { counts: sorted(counts), hashes: sorted(hashes), total: sum } });
}

async function headerOf(
  view: View,
  engine: Storage['engine'],
  { home }: Bound,
  madeAt: Instant,
): Promise<Header> {
  const party = await getPartyRow(view, home);
  assert(party, 'an exported party exists');
  const sections: Header['sections'] = [];
  for (const section of SECTIONS) {
    const { columns } = await readTable(view, engine, section);
    sections.push({ columns, key: [...section.key], name: section.table });
  }
  const { handle, kind, name } = party;
  return {
    format: FORMAT,
    madeAt,
    party: { handle, id: home, kind, name },
    schema: await schemaNumber(view),
    sections,
    v: VERSION,
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
