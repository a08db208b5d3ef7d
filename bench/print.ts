import { availableParallelism, loadavg } from 'node:os';

/** What was measured, its figure, the limit that stands for it in the issues (none when empty), whether it is met. */
export type Row = readonly [what: string, figure: string, limit: string, isMet: boolean];

/** A machine that others keep busy: this much of its processors is taken before a benchmark begins. */
const BUSY = 0.5;

/** Whether others keep this machine busy; to be asked before the benchmark itself does. */
export function isBusyMachine(): boolean {
  return (loadavg()[0] ?? 0) / availableParallelism() > BUSY;
}

/**
 * Prints what was measured, each with its limit. The exit code is 1 when a limit is missed; a time that is missed on a
 * machine that was busy already says nothing of Parley, and is printed without failing.
 */
export function report(rows: readonly Row[], wasBusy: boolean): number {
  for (const [what, figure, limit, isMet] of rows) {
    const verdict = limit === '' ? '' : isMet ? 'met' : 'MISSED';
    console.log(`${what.padEnd(54)} ${figure.padStart(10)} ${limit.padStart(9)} ${verdict}`.trimEnd());
  }
  const missed = rows.filter(([, , limit, isMet]) => limit !== '' && !isMet);
  const held = wasBusy ? missed.filter(([, figure]) => !/\d m?s$/.test(figure)) : missed;
  if (missed.length > held.length)
    console.log('others kept this machine busy: its times are not held against the limits');
  return held.length === 0 ? 0 : 1;
}

export function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}

const SLICE_MS = 8;
const SLICES = 150;

/** Both in short slices by turns, by processor time, so that a busy machine changes neither: the rate of each. */
export function inTurns(one: () => unknown, other: () => unknown): [number, number] {
  const sides = [one, other].map((once) => {
    for (let i = 0; i < 30; i++) once();
    const microseconds = spent(once, 10) / 10;
    return { once, count: Math.max(1, Math.round((SLICE_MS * 1000) / microseconds)), total: 0 };
  });
  for (let slice = 0; slice < SLICES; slice++)
    for (const side of sides) side.total += spent(side.once, side.count);
  const [first = 0, second = 0] = sides.map(({ count, total }) => (count * SLICES * 1e6) / total);
  return [first, second];
}

/** Microseconds of processor time, those of the garbage collector included. */
function spent(once: () => unknown, count: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) once();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
