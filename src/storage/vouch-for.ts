import { closeSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sumFile, sumsPath, writeSums } from './page-sums.ts';

const HEADER = 100;
const VERSION_AT = 60;

/**
 * Checks a database that no node has opened yet with SQLite's own check, writes into it what is to be said first, and lays
 * the sums of its pages beside it, so that damage from now on is noticed. False when it is none, or not whole.
 */
export function vouchFor(path: string, write: (database: DatabaseSync) => void = () => {}): boolean {
  if (!takes(path, write)) return false;
  const header = Buffer.alloc(HEADER);
  const file = openSync(path, 'r');
  readSync(file, header, 0, HEADER, 0);
  closeSync(file);
  const size = header.readUInt16BE(16);
  const pageSize = size === 1 ? 65_536 : size;
  const version = header.readInt32BE(VERSION_AT);
  writeSums(sumsPath(path), { pageSize, version, isOpen: false, sums: sumFile(path, pageSize) });
  return true;
}

function takes(path: string, write: (database: DatabaseSync) => void): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    if (database.prepare('pragma quick_check(1)').get()?.quick_check !== 'ok') return false;
    write(database);
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error) return false;
    throw error;
  } finally {
    database?.close();
  }
}
