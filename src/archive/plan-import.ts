import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import type { Storage, View } from '../storage/index.ts';
import type { Header } from './model.ts';
import { readTable, schemaNumber } from './schema.ts';
import { SECTIONS, type Section } from './sections.ts';

/** The tables that the sections of an archive go into, by name. */
type Plan = ReadonlyMap<string, Section>;

/**
 * Whether this database can take every column of every section. What it has and the archive lacks must do without. An
 * archive of a newer schema is not taken even where all columns are known: they may mean something else there. Fails with
 * `archive-newer` and `archive-older`.
 */
export async function planImport(
  view: View,
  engine: Storage['engine'],
  header: Header,
): Promise<Result<Plan>> {
  const plan = new Map<string, Section>();
  const own = await schemaNumber(view);
  if (header.schema > own) return newerSchema(header.schema, own);
  // What an older version kept, and this one keeps otherwise, is not something that this one does not know yet.
  const unknown = header.schema < own ? older : newer;
  for (const { name, columns, key } of header.sections) {
    const section = SECTIONS.find(({ table }) => table === name);
    if (!section || section.key.join() !== key.join()) return unknown(name);
    const table = await readTable(view, engine, section);
    const isKnown = Object.entries(columns).every(
      ([column, kind]) => Object.hasOwn(table.columns, column) && table.columns[column] === kind,
    );
    if (!isKnown) return unknown(name);
    if (table.needed.some((column) => !Object.hasOwn(columns, column))) return older(name);
    plan.set(name, section);
  }
  return ok(plan);
}

function newerSchema(its: number, own: number): Failure {
  return fail(
    'archive-newer',
    `This archive was made by a newer Parley: its tables are of form ${its}, and those here of form ${own}. Nothing was imported.`,
    'Bring this node up to date, or import it into one that is.',
  );
}

function newer(section: string): Failure {
  return fail(
    'archive-newer',
    `This archive holds something in ${section} that this Parley does not know. Nothing was imported.`,
    'Import it with a newer Parley.',
  );
}

function older(section: string): Failure {
  return fail(
    'archive-older',
    `This archive is of an older Parley, which kept ${section} in another way. Nothing was imported.`,
    'Import it with the Parley that made it, start this version on that data, and export it again.',
  );
}
