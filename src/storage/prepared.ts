import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { execute } from './sqlite-dialect.ts';
import { tables, type View } from './storage.ts';

/** Where a value goes that comes with each execution. */
class Slot {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/** A query that was put together once; its rows for these values. */
type Prepared<Values, Row> = (view: View, values: Values) => Promise<Row[]>;

/**
 * A query whose text is put together once for each database, on first use, and then only executed: a query builder takes
 * several times as long over a small statement as SQLite does. `build` gets the values as slots; it may use them as values
 * and for nothing else.
 */
export function prepared<Tables, Values extends object, Row>(
  build: (db: Kysely<Tables>, values: Values) => Compilable<Row>,
): Prepared<Values, Row> {
  const slots = new Proxy({}, { get: (_, name) => new Slot(name) }) as Values; // a slot passes for the value it is for
  const texts = new WeakMap<object, CompiledQuery<Row>>();
  return async (view, values) => {
    const { adapter } = view.db.getExecutor();
    let query = texts.get(adapter);
    if (!query) {
      query = build(tables<Tables>(view), slots).compile();
      texts.set(adapter, query);
    }
    const given = values as Readonly<Record<PropertyKey, unknown>>; // its own members, by the slots' names
    const parameters = query.parameters.map((it) => (it instanceof Slot ? given[it.name] : it));
    return (await execute<Row>(view, { ...query, parameters })).rows;
  };
}
