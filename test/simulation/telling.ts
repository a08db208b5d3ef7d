import type { Kind } from './kinds.ts';
import type { RunReport } from './run-seed.ts';
import type { Tally } from './tally.ts';

/** Nobody shall think that it was tried. */
const LEFT_OUT =
  'left out here: trade where an old backup comes back (one run in ten), and a second one (--restored has one in each)';

function replayLine(kind: Kind, seed: number): string {
  return `npm run -s simulate -- ${kind === 'full' ? '' : `--${kind} `}--seed ${seed}`;
}

export function toldTally(kind: Kind, tally: Tally, seconds: number): string {
  const perSecond = tally.seeds / seconds;
  const lines = [
    `${tally.seeds} seeds (${kind}) in ${seconds.toFixed(1)} s: ${perSecond.toFixed(perSecond < 100 ? 2 : 0)} a second`,
    `${tally.steps} steps, ${tally.envelopes} envelopes, ${sum(tally.faults)} faults`,
    ...Object.entries(tally.faults)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([fault, count]) => `  ${String(count).padStart(9)}  ${fault}`),
    ...(kind === 'full' || kind === 'short' ? [`  ${LEFT_OUT}`] : []),
    `${tally.failed.length} failed${tally.failed.length > 0 ? `: ${tally.failed.join(', ')}` : ''}`,
  ];
  return `${lines.join('\n')}\n`;
}

export function toldFailure(kind: Kind, seed: number, run: RunReport): string {
  return `FAILED ${run.violation?.invariant}: ${run.violation?.how}\n  ${replayLine(kind, seed)}\n`;
}

export function toldReplay(kind: Kind, seed: number, run: RunReport): string {
  const faults = Object.entries(run.faults).map(([fault, count]) => `${count} ${fault}`);
  const lines = [
    ...(run.violation ? run.last : []),
    `seed ${seed} (${kind}): ${run.steps} steps, ${run.envelopes} envelopes, ${faults.join(', ') || 'no faults'}`,
    `trace ${run.hash}`,
    run.violation ? `FAILED ${run.violation.invariant}: ${run.violation.how}` : 'every invariant held',
  ];
  return `${lines.join('\n')}\n`;
}

function sum(faults: Readonly<Record<string, number>>): number {
  return Object.values(faults).reduce((total, count) => total + count, 0);
}
