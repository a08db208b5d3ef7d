import { writeSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import type { Outcome } from './outcome.ts';

/** What the process of a batch tells the one that started it: lines of JSON. */
export type Message =
  | { readonly kind: 'queued' }
  | { readonly kind: 'ended'; readonly outcome: Outcome | undefined }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'over' };

type Ended = Extract<TestEvent, { type: 'test:complete' }>['data'];

/** The descriptor the messages go to; standard output stays free for what tests print. */
const DESCRIPTOR = 3;

/** The totals at the end, which the run counts for itself. */
const COUNT = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

/** A reporter for node:test that passes every outcome on at once. */
export default async function* reporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string, void> {
  const running: string[] = [];
  for await (const event of events) {
    if (event.type === 'test:enqueue') tell({ kind: 'queued' });
    if (event.type === 'test:dequeue') running[event.data.nesting] = event.data.name;
    if (event.type === 'test:complete') tell({ kind: 'ended', outcome: outcomeOf(event.data, running) });
    if (event.type === 'test:diagnostic' && !COUNT.test(event.data.message)) {
      tell({ kind: 'note', text: event.data.message });
    }
    if (event.type === 'test:summary') tell({ kind: 'over' });
  }
  yield '';
}

function tell(message: Message): void {
  writeSync(DESCRIPTOR, `${JSON.stringify(message)}\n`);
}

/** Undefined for what only holds other tests: those speak for themselves. */
function outcomeOf(test: Ended, running: readonly string[]): Outcome | undefined {
  const { error, type, passed, duration_ms: ms } = test.details;
  const isGroup = type === 'suite' ? passed : false;
  if (isGroup || (error && kindOf(error) === 'subtestsFailed')) return undefined;
  const file = relative(process.cwd(), test.file ?? '')
    .split(sep)
    .join('/');
  const name = [...running.slice(0, test.nesting), test.name].join(' › ');
  const skipped = test.skip !== undefined || test.todo !== undefined;
  // node:test passes a file without any test as if it were a test.
  const isEmptyFile = passed && test.name === file && test.line === 1 && test.column === 1;
  if (isEmptyFile) return { name, file, ms, failure: 'There is no test in this file.', skipped: false };
  const failure = passed || skipped ? undefined : inspect(error?.cause ?? error, { depth: 6 });
  return { name, file, ms, failure, skipped };
}

function kindOf(error: Error): unknown {
  return 'failureType' in error ? error.failureType : undefined;
}
