import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../kernel/clock.ts';
import { NODE_HOME, RESTORED_FROM } from '../parties/index.ts';

/**
 * Writes into a database that no node has opened yet that it comes from a backup of that moment, and ends the sessions of
 * browsers: one that somebody had ended since, of a device that was lost, must not live again. Programs keep their tokens.
 * Both tables are of the first migration.
 */
export function markRestored(database: DatabaseSync, madeAt: Instant): void {
  database.exec('begin');
  database.prepare('delete from sessions where scopes is null').run();
  database
    .prepare('insert or replace into node_values (home_id, name, value) values (?, ?, ?)')
    .run(NODE_HOME, RESTORED_FROM, String(madeAt));
  database.exec('commit');
}
