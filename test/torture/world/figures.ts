import type { Pair } from './pair.ts';
import type { Reckoning } from './words.ts';

/** What a series came to, whichever faults it was made of. */
export interface Figures extends Reckoning {
  readonly rounds: number;
  readonly seed: string;
  /** What it ran on. */
  readonly over: string;
  readonly faults: ReadonlyMap<string, number>;
  readonly seconds: number;
}

/** Faults by kind, as they happen. */
export function counter(): { readonly counts: Map<string, number>; count(kind: string, by?: number): void } {
  const counts = new Map<string, number>();
  return { counts, count: (kind, by = 1) => void counts.set(kind, (counts.get(kind) ?? 0) + by) };
}

export function enginesOf({ person, vendor }: Pair): string {
  return `${person.engine} and ${vendor.engine}`;
}

export function isWhole({ lost, twice, different }: Reckoning): boolean {
  return lost + twice + different === 0;
}

/** For people and for other programs: the last line says whether anything went wrong. */
export function figuresText(kind: string, it: Figures): string {
  const faults = [...it.faults].sort().map(([name, count]) => `  ${name}: ${count}`);
  return [
    `${kind}: ${it.rounds} rounds over ${it.over} in ${it.seconds.toFixed(0)} s, seed ${it.seed}`,
    ...faults,
    ...it.astray.map((line) => `  ${line}`),
    `${it.asked} words asked, ${it.acknowledged} acknowledged, ${it.records} records at each end`,
    `${it.lost} lost, ${it.twice} twice, ${it.different} at one end only`,
  ].join('\n');
}
