/** What was measured, its figure, the limit that stands for it in the issues (none when empty), whether it is met. */
export type Row = readonly [what: string, figure: string, limit: string, isMet: boolean];

export function printRows(rows: readonly Row[]): void {
  for (const [what, figure, limit, isMet] of rows) {
    const verdict = limit === '' ? '' : isMet ? 'met' : 'MISSED';
    console.log(`${what.padEnd(54)} ${figure.padStart(10)} ${limit.padStart(9)} ${verdict}`.trimEnd());
  }
}

export function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}
