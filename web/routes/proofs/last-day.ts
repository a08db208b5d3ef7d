/** The day at whose end something is over, as both sides name it: a day has no zone here. */
export function lastDay(until: number): string {
  return new Date(until - 1).toISOString().slice(0, 10);
}
