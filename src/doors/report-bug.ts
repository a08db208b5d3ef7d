/** Told about what should not happen; where in the program, never with which words or values (law 10). */
export type ReportBug = (error: unknown) => void;

/** The kind of error and the places it came through, to standard error. */
export const reportBugOnStandardError: ReportBug = (error) => {
  const name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  process.stderr.write(`${['bug in Parley', name, ...places].join('\n  ')}\n`);
};
