import { availableParallelism } from 'node:os';
import { makeMigrated } from '../test/harness/postgres.ts';
import { startPostgres, type TestServer } from '../test/harness/postgres-server.ts';
import { CHECKS, runCheck } from './testing/checks.ts';
import { batches, needsAge, needsBrowser, needsDisks, needsPython, testFiles } from './testing/files.ts';
import { inParallel } from './testing/in-parallel.ts';
import { type Outcome, summarise } from './testing/outcome.ts';
import { progress } from './testing/progress.ts';
import { provide } from './testing/provide.ts';
import { runBatch } from './testing/run-batch.ts';

/** One more than there are cores: a third of the time of all tests is waiting, for pages and processes. */
const WORKERS = Math.min(4, availableParallelism() + 1);
const EXIT_CODES: Record<string, number> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Runs the checks and all tests, or with filters the tests whose path holds one of them. The exit code. */
async function main(filters: readonly string[]): Promise<number> {
  const start = performance.now();
  const stopping = new AbortController();
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, () => stopping.abort(signal));
  const wanted = testFiles(filters);
  const needs = {
    postgres: wanted.length > 0 && !process.env.PARLEY_TEST_POSTGRES,
    browser: wanted.some(needsBrowser),
    python: wanted.some(needsPython),
    age: wanted.some(needsAge),
    disks: wanted.some(needsDisks),
  };
  const { leftOut, ...has } = await provide(needs);
  const files = wanted
    .filter((file) => (has.browser || !needsBrowser(file)) && (has.python || !needsPython(file)))
    .filter((file) => has.age || !needsAge(file));
  const server = has.postgres ? startServer(leftOut) : Promise.resolve(undefined);
  const address = server.then((it) => it?.url ?? process.env.PARLEY_TEST_POSTGRES);
  const migrated = address.then((url) => (url ? makeMigrated(url) : undefined));
  const outcomes: Outcome[] = [];
  const print = progress(outcomes);
  const checks =
    filters.length > 0 ? [] : CHECKS.map((check) => () => runCheck(check).then((it) => print.outcome(it)));
  const tests = batches(files, WORKERS).map((batch) => async () => {
    const [url, copied] = [await address, await migrated];
    const env = {
      ...process.env,
      ...(url && { PARLEY_TEST_POSTGRES: url }),
      ...(copied && { PARLEY_TEST_MIGRATED: copied.name }),
    };
    print.end(batch, await runBatch(batch, env, stopping.signal, (it) => print.outcome(it, batch)));
  });
  try {
    await inParallel(WORKERS, [...checks, ...tests], stopping.signal);
  } finally {
    await (await migrated)?.drop();
    await (await server)?.stop();
  }
  const nothingLeftOut = process.env.CI === 'true';
  const summary = summarise(outcomes, leftOut, { ms: performance.now() - start, nothingLeftOut });
  console.log(`\n${summary.text}\n${summary.line}`);
  return stopping.signal.aborted ? (EXIT_CODES[String(stopping.signal.reason)] ?? 1) : summary.exitCode;
}

async function startServer(leftOut: string[]): Promise<TestServer | undefined> {
  try {
    return await startPostgres();
  } catch (error) {
    leftOut.push(
      `everything on PostgreSQL: it did not start (${error instanceof Error ? error.message : error})`,
    );
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2));
