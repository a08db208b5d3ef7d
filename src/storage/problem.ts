import { type Failure, fail } from '../kernel/result.ts';

const KEPT = 'Whatever had been saved before is kept; this step was not taken.';

type Kind = 'locked' | 'read-only' | 'full' | 'damaged' | 'unreachable' | 'refused';

const SENTENCES: Readonly<Record<Kind, readonly [message: string, next: string]>> = {
  locked: ['The database is locked by another program.', 'Close what else has it open, then try again.'],
  'read-only': ['The database cannot be written to.', 'Make its folder and files writable, then try again.'],
  full: ['The disk is full.', 'Free some space, then try again.'],
  damaged: ['The database file is damaged, or is not one.', 'Restore it from a backup or an export.'],
  unreachable: ['The database cannot be reached.', 'Start it, or correct its address, then try again.'],
  refused: ['The database refuses this user or name.', 'Correct DATABASE_URL, then try again.'],
};

/** SQLite's primary result codes (sqlite.org/rescode.html). */
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
};

/** SQLSTATE classes and codes (PostgreSQL, appendix A), and Node's codes of a failed connection. */
const OTHERS: readonly (readonly [RegExp, Kind])[] = [
  [/^(40001|40P01|55P03)$/, 'locked'],
  [/^25006$/, 'read-only'],
  [/^(53100|54000|ENOSPC|EDQUOT)$/, 'full'],
  [/^XX00[12]$/, 'damaged'],
  [/^(28...|3D000|42501)$/, 'refused'],
  [/^(08...|57P0.|53300|ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE)$/, 'unreachable'],
  [/^(EROFS|EACCES|EPERM)$/, 'read-only'],
];

/**
 * What stands behind an error that a database driver threw: `database-locked`, `-read-only`, `-full`, `-damaged`,
 * `-unreachable` or `-refused`; undefined for anything else, which is a bug.
 */
export function databaseProblem(error: unknown): Failure | undefined {
  const kind = kindOf(error);
  if (!kind) return undefined;
  const [message, next] = SENTENCES[kind];
  return fail(`database-${kind}`, `${message} ${KEPT}`, next);
}

function kindOf(error: unknown): Kind | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE[error.errcode & 255];
  const code = String(error.code);
  return OTHERS.find(([pattern]) => pattern.test(code))?.[1];
}
