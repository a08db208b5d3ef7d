import { sha256, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';

type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;
export type Sections = Record<string, Row[]>;

const BYTES = new Set(['served', 'protected', 'payload', 'signature', 'body']);
const WHOLE = new Set(['seq', 'v', 'number', 'position', 'at', 'created_at', 'served_number', 'place']);
const FLAGS = new Set(['is_mine']);
const AMOUNTS = new Set(['amount']);

function kindOf(column: string): string {
  if (BYTES.has(column)) return 'bytes';
  if (WHOLE.has(column)) return 'whole';
  if (FLAGS.has(column)) return 'flag';
  return AMOUNTS.has(column) ? 'amount' : 'text';
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  parties: [],
  party_secrets: [],
  identity_changes: ['identity', 'number'],
  identities: ['id'],
  counterparts: ['id'],
  relationships: ['id'],
  documents: ['id'],
  forks: ['id'],
  records: ['rel', 'author', 'seq'],
  tickets: ['rel'],
  items: ['id'],
};

/** The lines of an archive with these rows: counted, hashed, and in the one order. */
export function linesOf(id: string, handle: string, sections: Sections): string[] {
  const named = Object.entries(KEYS).filter(([name]) => (sections[name] ?? []).length > 0);
  const heads = named.map(([name, key]) => {
    const columns = Object.keys(sections[name]?.[0] ?? {}).sort();
    return { columns: Object.fromEntries(columns.map((it) => [it, kindOf(it)])), key, name };
  });
  const party = { handle, id, kind: 'person', name: 'A party' };
  const header = {
    format: 'parley-archive',
    madeAt: 1_800_000_000_000,
    party,
    schema: 30,
    sections: heads,
    v: 1,
  };
  const lines = [JSON.stringify(header)];
  const [counts, hashes]: [Record<string, number>, Record<string, string>] = [{}, {}];
  for (const [name, key] of named) {
    const rows = [...(sections[name] ?? [])]
      .sort((a, b) => compare(a, b, key))
      .map((row) => `${JSON.stringify(ordered(row))}`);
    lines.push(JSON.stringify({ section: name }), ...rows);
    counts[name] = rows.length;
    hashes[name] = hashOf(rows);
  }
  const total = { lines: lines.length, sha256: hashOf(lines) };
  return [
    ...lines,
    JSON.stringify({ manifest: { counts: ordered(counts), hashes: ordered(hashes), total } }),
  ];
}

function hashOf(lines: readonly string[]): string {
  return toBase64url(sha256(toUtf8(lines.map((line) => `${line}\n`).join(''))));
}

function ordered<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function compare(a: Row, b: Row, key: readonly string[]): number {
  for (const column of key) {
    const [x, y] = [a[column] ?? '', b[column] ?? ''];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
