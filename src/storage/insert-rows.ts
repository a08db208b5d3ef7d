import { CompiledQuery, PostgresAdapter } from 'kysely';
import { execute } from './sqlite-dialect.ts';
import type { Tx } from './storage.ts';

/**
 * Rows in one statement: whole chunks, then small ones, then single rows, so that a table has three statements to
 * prepare and keep, however many rows come.
 */
const CHUNKS = [64, 8, 1] as const;

/** Overwrites rows that are there already with these of the new row's columns. */
interface Overwriting {
  readonly by: readonly string[];
  readonly set: readonly string[];
}

/**
 * Inserts many rows, all with the columns of the first. The text is put together here: for thousands of parameters a
 * query builder takes longer than the database does.
 */
export async function insertRows<R extends object>(
  tx: Tx,
  table: string,
  rows: readonly R[],
  overwriting?: Overwriting,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first) as (keyof R & string)[]; // rows are plain objects of columns
  let at = 0;
  for (const size of CHUNKS) {
    if (rows.length - at < size) continue;
    const text = keptText(tx, table, columns, size, overwriting);
    for (; rows.length - at >= size; at += size) {
      const parameters: unknown[] = [];
      for (let i = at; i < at + size; i++) for (const column of columns) parameters.push(rows[i]?.[column]);
      await execute(tx, CompiledQuery.raw(text, parameters));
    }
  }
}

interface Kept {
  readonly columns: readonly string[];
  readonly text: string;
}

/** Texts by table, number of rows and what is overwritten: one each, for the columns that came last. */
const texts = new WeakMap<object, Map<string, Kept>>();

function keptText(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: number,
  overwriting: Overwriting | undefined,
): string {
  const { adapter } = tx.db.getExecutor();
  const its = texts.get(adapter) ?? new Map<string, Kept>();
  texts.set(adapter, its);
  const key = overwriting ? `${table} ${rows} ${overwriting.by} ${overwriting.set}` : `${table} ${rows}`;
  const kept = its.get(key);
  if (kept?.columns.length === columns.length && columns.every((it, i) => it === kept.columns[i]))
    return kept.text;
  const text = insertText(adapter, table, columns, rows, overwriting);
  its.set(key, { columns, text });
  return text;
}

function insertText(
  adapter: object,
  table: string,
  columns: readonly string[],
  rows: number,
  overwriting: Overwriting | undefined,
): string {
  const isPostgres = adapter instanceof PostgresAdapter;
  let number = 0;
  const mark = (): string => (isPostgres ? `$${++number}` : '?');
  const row = (): string => `(${columns.map(mark).join(',')})`;
  const values = Array.from({ length: rows }, row).join(',');
  // A statement of many rows that may be undone alone makes SQLite copy every page that it touches; what fails here
  // ends the whole body anyway.
  return `insert ${isPostgres ? '' : 'or fail '}into ${quoted([table])} (${quoted(columns)}) values ${values}${overwrite(overwriting)}`;
}

function overwrite(overwriting: Overwriting | undefined): string {
  if (!overwriting) return '';
  const set = overwriting.set.map((column) => `"${column}" = excluded."${column}"`);
  return ` on conflict (${quoted(overwriting.by)}) do update set ${set.join(', ')}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
