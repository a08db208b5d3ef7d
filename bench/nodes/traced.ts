import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';

/** One statement as a node ran it: on which connection, and with what; without values for what was mere text. */
export interface Traced {
  readonly connection: DatabaseSync;
  readonly file: string;
  readonly sql: string;
  readonly values: readonly SQLInputValue[] | undefined;
}

/** Everything that was asked of SQLite and of Ed25519 in a while. */
export interface Trace {
  readonly statements: readonly Traced[];
  readonly signed: number;
  readonly checked: number;
}

interface Tracer {
  begin(): void;
  end(): Trace;
}

/** Counts signatures and keeps every statement, as node:crypto and node:sqlite are asked for them. */
export function tracer(): Tracer {
  let seen: { statements: Traced[]; signed: number; checked: number } | undefined;
  const sources = new WeakMap<StatementSync, Omit<Traced, 'values'>>();
  const files = new WeakMap<DatabaseSync, string>();
  const { prepare, exec } = DatabaseSync.prototype;
  const sourceOf = (connection: DatabaseSync, sql: string): Omit<Traced, 'values'> => {
    const file = files.get(connection) ?? connection.location() ?? '';
    files.set(connection, file);
    return { connection, file, sql };
  };
  DatabaseSync.prototype.prepare = function (sql: string) {
    const statement = prepare.call(this, sql);
    sources.set(statement, sourceOf(this, sql));
    return statement;
  };
  DatabaseSync.prototype.exec = function (sql: string) {
    seen?.statements.push({ ...sourceOf(this, sql), values: undefined });
    return exec.call(this, sql);
  };
  for (const name of ['all', 'run', 'get'] as const) {
    const own = StatementSync.prototype[name] as (...values: SQLInputValue[]) => unknown; // the three differ in what they answer
    Object.defineProperty(StatementSync.prototype, name, {
      value(this: StatementSync, ...values: SQLInputValue[]) {
        const source = sources.get(this);
        if (source && seen) seen.statements.push({ ...source, values });
        return own.apply(this, values);
      },
    });
  }
  const { sign, verify } = crypto;
  Object.assign(crypto, {
    sign: (...args: Parameters<typeof sign>) => {
      if (seen) seen.signed++;
      return sign(...args);
    },
    verify: (...args: Parameters<typeof verify>) => {
      if (seen) seen.checked++;
      return verify(...args);
    },
  });
  syncBuiltinESMExports();
  return {
    begin() {
      seen = { statements: [], signed: 0, checked: 0 };
    },
    end() {
      const ended = seen ?? { statements: [], signed: 0, checked: 0 };
      seen = undefined;
      return ended;
    },
  };
}
