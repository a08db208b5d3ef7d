import type { ColumnTypes } from '../migrate.ts';
import { parties } from './0001-parties.ts';
import { records } from './0002-records.ts';
import { delivery } from './0003-delivery.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Statements in the subset that SQLite and PostgreSQL share; every key begins with home_id (law 1). */
  readonly up: (types: ColumnTypes) => readonly string[];
}

/** In order and frozen: a migration that has been released is never edited (law 9). */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'parties', up: parties },
  { number: 2, name: 'records', up: records },
  { number: 3, name: 'delivery', up: delivery },
];
