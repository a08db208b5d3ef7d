import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { OpenNode } from '../../../src/node/index.ts';

/** One run of a node's process, from its start to its end or crash. What is dead has no further effect on the world. */
export interface Life {
  readonly number: number;
  readonly folder: string;
  isDead: boolean;
  node: OpenNode | undefined;
  /** Resolves after so many virtual milliseconds, or at once when this life ends. */
  wait(ms: number): Promise<void>;
  /** Resolves when this life ends. */
  untilDeath(): Promise<void>;
  /** Calls back when this life ends. */
  onDeath(callback: () => void): void;
  die(): void;
  /** Rows of what is committed, read by nobody of the program. */
  peek<T>(sql: string, ...parameters: SQLInputValue[]): T[];
  closePeephole(): void;
}

export function newLife(
  number: number,
  folder: string,
  after: (ms: number, run: () => void) => () => void,
): Life {
  const endings = new Set<() => void>();
  const statements = new Map<string, StatementSync>();
  let peephole: DatabaseSync | undefined;
  const life: Life = {
    number,
    folder,
    isDead: false,
    node: undefined,
    wait: (ms) =>
      new Promise((resolve) => {
        if (life.isDead) return resolve();
        const done = (): void => {
          endings.delete(done);
          cancel();
          resolve();
        };
        const cancel = after(ms, done);
        endings.add(done);
      }),
    untilDeath: () =>
      new Promise((resolve) => {
        if (life.isDead) return resolve();
        endings.add(resolve);
      }),
    onDeath(callback) {
      endings.add(callback);
    },
    die() {
      life.isDead = true;
      for (const end of [...endings]) end();
      endings.clear();
    },
    peek<T>(sql: string, ...parameters: SQLInputValue[]): T[] {
      peephole ??= new DatabaseSync(`${folder}/parley.sqlite`, { readOnly: true, timeout: 1_000 });
      let statement = statements.get(sql);
      if (!statement) {
        statement = peephole.prepare(sql);
        statements.set(sql, statement);
      }
      return statement.all(...parameters) as T[]; // the query says what its rows are
    },
    closePeephole() {
      statements.clear();
      peephole?.close();
      peephole = undefined;
    },
  };
  return life;
}
