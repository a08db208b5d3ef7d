import { type Failure, fail } from '../kernel/result.ts';

const KEPT = 'Whatever had been saved before is kept; this step was not taken.';

/** What an error's code is when another node has the database. */
export const HELD_ELSEWHERE = 'HELD_ELSEWHERE';

/** What an error's code is when pages of the database file, or the end of its log, are not what was written. */
export const FILE_ALTERED = 'FILE_ALTERED';
export const LOG_CUT = 'LOG_CUT';

const PROBLEMS = {
  'in-use': fail(
    'database-in-use',
    `Another Parley is using this database. ${KEPT}`,
    'Use that one, stop it first, or give another database.',
  ),
  locked: fail(
    'database-locked',
    `The database is locked by another program. ${KEPT}`,
    'Close what else has it open, then try again.',
  ),
  'read-only': fail(
    'database-read-only',
    `The database cannot be written to. ${KEPT}`,
    'Make its folder and files writable, then try again.',
  ),
  full: fail('database-full', `The disk is full. ${KEPT}`, 'Free some space, then try again.'),
  damaged: fail(
    'database-damaged',
    'The database file is damaged, or is not one. Nothing was changed.',
    'Restore it from a backup or an export.',
  ),
  altered: fail(
    'database-altered',
    'The database file is not as Parley left it: it is damaged, or another program has changed it. Nothing was changed.',
    'Restore the folder from a backup. If the change is yours, delete parley.sqlite-sums and start again.',
  ),
  cut: fail(
    'database-log-damaged',
    'The log of the database is damaged, and what was saved last is in it. Nothing was changed.',
    'Restore the folder from a backup, or delete parley.sqlite-wal to go on without it.',
  ),
  unreachable: fail(
    'database-unreachable',
    `The database cannot be reached. ${KEPT}`,
    'Start it, or correct its address, then try again.',
  ),
  refused: fail(
    'database-refused',
    'The database refuses this user or name. Nothing was changed.',
    'Correct DATABASE_URL, then try again.',
  ),
} as const;

type Kind = keyof typeof PROBLEMS;

/** SQLite's primary result codes, and extended ones that mean something else (sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, Kind>> = {
  3: 'refused',
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  10: 'damaged',
  11: 'damaged',
  13: 'full',
  14: 'unreachable',
  23: 'refused',
  26: 'damaged',
  // What could not be written, flushed or lengthened (a quota, a limit, a failing disk) is not damaged by that.
  778: 'read-only',
  1034: 'read-only',
  1290: 'read-only',
  1546: 'read-only',
  4874: 'read-only',
};

/** SQLSTATE classes and codes (PostgreSQL, appendix A), and Node's codes of a failed connection. */
const OTHERS: readonly (readonly [RegExp, Kind])[] = [
  [/^(40001|40P01|55P03)$/, 'locked'],
  [new RegExp(`^${HELD_ELSEWHERE}$`), 'in-use'],
  [new RegExp(`^${FILE_ALTERED}$`), 'altered'],
  [new RegExp(`^${LOG_CUT}$`), 'cut'],
  [/^25006$/, 'read-only'],
  [/^(53100|54000|ENOSPC|EDQUOT)$/, 'full'],
  [/^XX00[12]$/, 'damaged'],
  [/^(28...|3D000|42501)$/, 'refused'],
  [/^(08...|57P0.|53300|ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE)$/, 'unreachable'],
  [/^(EROFS|EACCES|EPERM)$/, 'read-only'],
];

/**
 * What stands behind an error that a database driver threw: `database-locked`, `-in-use`, `-read-only`, `-full`,
 * `-damaged`, `-unreachable` or `-refused`; undefined for anything else, which is a bug.
 */
export function databaseProblem(error: unknown): Failure | undefined {
  const kind = kindOf(error);
  return kind && PROBLEMS[kind];
}

function kindOf(error: unknown): Kind | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if ('errcode' in error && typeof error.errcode === 'number')
    return SQLITE[error.errcode] ?? SQLITE[error.errcode & 255];
  const code = String(error.code);
  return OTHERS.find(([pattern]) => pattern.test(code))?.[1];
}
