/** How one test ended. */
export interface Outcome {
  readonly name: string;
  /** Relative to the repository, or `check`. */
  readonly file: string;
  readonly ms: number;
  /** Everything there is to say, when it failed. */
  readonly failure: string | undefined;
  readonly skipped: boolean;
}

interface Summary {
  /** The last line, which other programs read. */
  readonly line: string;
  /** What a person reads before it. */
  readonly text: string;
  readonly exitCode: 0 | 1;
}

const SLOWEST = 10;

/**
 * Sums a run up. It fails when a test failed, when no test ran, and, where nothing may be left out, when
 * something was.
 */
export function summarise(
  outcomes: readonly Outcome[],
  leftOut: readonly string[],
  options: { readonly ms: number; readonly nothingLeftOut: boolean },
): Summary {
  const failed = outcomes.filter((outcome) => outcome.failure !== undefined);
  const skipped = outcomes.filter((outcome) => outcome.failure === undefined && outcome.skipped);
  const passed = outcomes.length - failed.length - skipped.length;
  const missing = [...leftOut, ...skipped.map((outcome) => `${outcome.file}: ${outcome.name} (skipped)`)];
  const nothingRan = passed + failed.length === 0;
  const incomplete = options.nothingLeftOut && missing.length > 0;
  const text = [
    ...failed.map(
      (outcome) => `FAILED  ${outcome.file}: ${outcome.name}\n${indented(outcome.failure ?? '')}\n`,
    ),
    ...section('Slowest', slowest(outcomes)),
    ...section('Left out', missing),
    ...(incomplete ? ['With CI=true nothing may be left out, so this run failed.'] : []),
    ...(nothingRan ? ['No test ran, so this run failed.'] : []),
    `${(options.ms / 1000).toFixed(1)} s`,
  ].join('\n');
  const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  return {
    line: `${passed} passed, ${failed.length} failed${tail}`,
    text,
    exitCode: failed.length > 0 || nothingRan || incomplete ? 1 : 0,
  };
}

function slowest(outcomes: readonly Outcome[]): string[] {
  return outcomes
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map((outcome) => `${(outcome.ms / 1000).toFixed(2).padStart(7)} s  ${outcome.file}: ${outcome.name}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
