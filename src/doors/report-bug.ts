/** Told about what should not happen; where in the program, never with which words or values (law 10). */
export type ReportBug = (error: unknown) => void;

/** The kind of error and the places it came through, to standard error. */
export const reportBugOnStandardError: ReportBug = (error) => {
  process.stderr.write(`${bugLines(error).join('\n  ')}\n`);
};

export function bugLines(error: unknown): string[] {
  if (!(error instanceof Error)) return ['bug in Parley', typeof error];
  const code = 'code' in error ? String(error.code) : '';
  // SQLite's own messages name tables and columns, never what is in them; any other may hold what a person wrote.
  const message = code === 'ERR_SQLITE_ERROR' ? error.message : '';
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return ['bug in Parley', [error.name, code, message].filter(Boolean).join(' '), ...places];
}
