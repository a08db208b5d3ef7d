import type { Storage } from '../storage/index.ts';
import type { Container } from './container.ts';
import { newFindings } from './findings.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import type { Row } from './model.ts';
import { type Bound, toStored } from './node-bound.ts';
import { insertRows } from './store.ts';
import { readContents } from './verify-archive.ts';

/** Ends the writing between two transactions: somebody wants it to stop, or the database does not take a row. */
export class NotWritten extends Error {
  /** The section whose rows were refused; undefined when it was asked to stop. */
  readonly section: string | undefined;
  constructor(section: string | undefined) {
    super('not written');
    this.section = section;
  }
}

interface Written {
  /** The row of the party itself, which is not written here. */
  readonly party: Row;
  /** Of every section, as read this time. */
  readonly hashes: ReadonlyMap<string, string>;
}

/**
 * Writes the rows of an archive into their home, a limited number in each transaction, all but the party's own row.
 * Undefined when the archive is not what it was when it was verified. Throws NotWritten.
 */
export async function writeRows(
  storage: Storage,
  bound: Bound,
  container: Container,
  isStopping: () => boolean,
): Promise<Written | undefined> {
  const findings = newFindings();
  let party: Row | undefined;
  let waiting: Row[] = [];
  let waitingBytes = 0;
  const flush = async (table: string): Promise<void> => {
    const rows = waiting;
    waiting = [];
    waitingBytes = 0;
    if (isStopping()) throw new NotWritten(undefined);
    if (rows.length > 0) await write(storage, bound, table, rows);
  };
  const contents = await readContents(container, findings, {
    async row({ name }, row, _place, octets) {
      if (name === 'parties') {
        party = row;
        return;
      }
      waiting.push(toStored(bound, name, row));
      waitingBytes += octets.length;
      const isFull = waiting.length >= ARCHIVE_LIMITS.batchRows || waitingBytes >= ARCHIVE_LIMITS.batchBytes;
      if (isFull) await flush(name);
    },
    sectionEnd: ({ name }) => flush(name),
  });
  if (!contents || !party || findings.problemCount() > 0) return undefined;
  return { party, hashes: contents.hashes };
}

async function write(storage: Storage, { home }: Bound, table: string, rows: readonly Row[]): Promise<void> {
  try {
    await storage.transact(home, (tx) => insertRows(tx, table, rows));
  } catch (error) {
    throw isRowRefused(error) ? new NotWritten(table) : error;
  }
}

/** A constraint of SQLite (code 19), or PostgreSQL's classes 22 (a value) and 23 (a constraint). */
function isRowRefused(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return (error.errcode & 255) === 19;
  return /^2[23]...$/.test(String(error.code));
}
