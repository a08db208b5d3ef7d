import type { Batch } from './files.ts';
import type { Outcome } from './outcome.ts';

/** Collects outcomes and prints a line per file as soon as the next file begins. */
export function progress(outcomes: Outcome[]) {
  const open = new Map<Batch | undefined, Outcome[]>();
  const close = (batch: Batch | undefined) => {
    const done = open.get(batch);
    open.delete(batch);
    if (done) console.log(lineOf(done));
  };
  return {
    /** One more outcome; of a batch, unless it is a check. */
    outcome(outcome: Outcome, batch?: Batch): void {
      outcomes.push(outcome);
      const before = open.get(batch);
      if (before?.[0]?.file === outcome.file && batch) {
        before.push(outcome);
        return;
      }
      close(batch);
      open.set(batch, [outcome]);
      if (!batch) close(batch);
    },
    /** The batch has ended; `output` is what its process printed, when anything in it failed. */
    end(batch: Batch, output: string): void {
      close(batch);
      if (output) console.log(`--- printed by ${batch.title}\n${output}\n---`);
    },
  };
}

function lineOf(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter((outcome) => outcome.failure !== undefined);
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.ms, 0) / 1000;
  const what = outcomes.length === 1 ? `: ${outcomes[0]?.name}` : ` (${outcomes.length} tests)`;
  const head = failed.length > 0 ? 'FAILED' : outcomes.every((o) => o.skipped) ? 'skipped' : 'passed';
  const names = outcomes.length > 1 ? failed.map((outcome) => `\n          ${outcome.name}`) : [];
  return `${head.padEnd(7)} ${seconds.toFixed(2).padStart(6)} s  ${outcomes[0]?.file}${what}${names.join('')}`;
}
