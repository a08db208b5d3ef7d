import { sql } from 'kysely';
import type { Storage, View } from '../storage/index.ts';
import type { Columns, Kind } from './model.ts';
import type { Section } from './sections.ts';

/** A table's columns as this database has them, home_id apart. */
interface Table {
  readonly columns: Columns;
  /** Columns that a row cannot do without. */
  readonly needed: readonly string[];
  /** Columns that may be empty. */
  readonly nullable: readonly string[];
}

interface ColumnInfo {
  name: string;
  type: string;
  nullable: string;
  preset: string | null;
}

/** What the database says of a section's table; one that it does not have has no columns. */
export async function readTable(view: View, engine: Storage['engine'], section: Section): Promise<Table> {
  const info =
    engine === 'sqlite'
      ? await sqliteColumns(view, section.table)
      : await postgresColumns(view, section.table);
  const left = ['home_id', ...(section.leftOut ?? [])];
  const kept = info.filter(({ name }) => !left.includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    columns: Object.fromEntries(kept.map(({ name, type }) => [name, kindOf(name, type)])),
    nullable: kept.filter((c) => c.nullable === 'YES').map((c) => c.name),
    needed: kept.filter((c) => c.nullable === 'NO' && c.preset === null).map((c) => c.name),
  };
}

/** Number of the newest migration. */
export async function schemaNumber(view: View): Promise<number> {
  const { rows } = await sql<{ number: number }>`select max(number) as number from migrations
    where home_id = 'node'`.execute(view.db);
  return rows[0]?.number ?? 0;
}

async function sqliteColumns(view: View, table: string): Promise<readonly ColumnInfo[]> {
  const { rows } =
    await sql<ColumnInfo>`select name, type, case "notnull" when 1 then 'NO' else 'YES' end as nullable,
    dflt_value as preset from pragma_table_info(${table})`.execute(view.db);
  return rows;
}

async function postgresColumns(view: View, table: string): Promise<readonly ColumnInfo[]> {
  const { rows } =
    await sql<ColumnInfo>`select column_name as name, data_type as type, is_nullable as nullable,
    column_default as preset from information_schema.columns
    where table_schema = current_schema() and table_name = ${table}`.execute(view.db);
  return rows;
}

/** The column codec's rule: the name says amount and flag, the type the rest. */
function kindOf(name: string, type: string): Kind {
  const lower = type.toLowerCase();
  if (lower === 'text') return 'text';
  if (lower === 'blob' || lower === 'bytea') return 'bytes';
  if (lower !== 'integer' && lower !== 'bigint')
    throw new Error(`a column of type ${lower} has no form in an archive`);
  if (name.endsWith('_amount')) return 'amount';
  return name.startsWith('is_') ? 'flag' : 'whole';
}
