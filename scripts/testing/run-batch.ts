import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Batch, ROOT } from './files.ts';
import type { Outcome } from './outcome.ts';
import type { Message } from './reporter.ts';

interface Limits {
  /** For a test that sets none of its own. */
  readonly testMs: number;
  readonly batchMs: number;
  /** How long a process may stay when all its tests have ended. */
  readonly lingerMs: number;
}

const LIMITS: Limits = { testMs: 120_000, batchMs: 40 * 60_000, lingerMs: 30_000 };

const KEPT_OUTPUT = 20_000;
const KILL_AFTER_MS = 3_000;

interface Watch {
  outstanding: number;
  failures: number;
  isOver: boolean;
  readonly notes: string[];
  lastEvent: number;
  stopped: string | undefined;
}

/**
 * Runs the files of a batch in one process and hands every outcome over as it comes. A process that dies, hangs
 * or fails without a failed test is one more failure. The whole process group ends with it. Returns the end of
 * what the process printed when anything failed, else nothing.
 */
export async function runBatch(
  batch: Batch,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  onOutcome: (outcome: Outcome) => void,
  limits = LIMITS,
  root = ROOT,
): Promise<string> {
  const start = performance.now();
  const watch: Watch = {
    outstanding: 0,
    failures: 0,
    isOver: false,
    notes: [],
    lastEvent: start,
    stopped: undefined,
  };
  const child = startProcess(batch, env, limits, root);
  const stop = (why: string) => {
    watch.stopped ??= why;
    killGroup(child, 'SIGTERM');
    setTimeout(() => killGroup(child, 'SIGKILL'), KILL_AFTER_MS).unref();
  };
  const onAbort = () => stop('stopped');
  signal.addEventListener('abort', onAbort);
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - start > limits.batchMs) stop(`did not end within ${limits.batchMs / 1000} s`);
    else if (watch.outstanding === 0 && now - watch.lastEvent > limits.lingerMs && watch.lastEvent > start) {
      stop('all tests ended, but something they opened kept the process alive');
    }
  }, 200);
  const output = keepTail(child);
  const code = await messages(child, watch, onOutcome);
  clearInterval(timer);
  signal.removeEventListener('abort', onAbort);
  const hasEnded = watch.isOver && watch.stopped === undefined;
  if (hasEnded && watch.failures > 0) return output();
  if (hasEnded && code === 0) return '';
  const why =
    watch.stopped ?? (watch.isOver ? `failed outside a test (exit ${code})` : `ended early (${code})`);
  const file = batch.files.length === 1 ? (batch.files[0] ?? batch.title) : batch.title;
  onOutcome({
    name: `the process ${why}`,
    file,
    ms: performance.now() - start,
    failure: watch.notes.join('\n'),
    skipped: false,
  });
  return output();
}

function startProcess(batch: Batch, env: NodeJS.ProcessEnv, limits: Limits, root: string): ChildProcess {
  const { NODE_TEST_CONTEXT: _, ...clean } = env;
  const reporter = join(import.meta.dirname, 'reporter.ts');
  return spawn(
    process.execPath,
    [
      '--test',
      '--test-isolation=none',
      `--test-timeout=${limits.testMs}`,
      `--test-reporter=${reporter}`,
      ...batch.files,
    ],
    { cwd: root, env: clean, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
}

/** Reads the messages until the process has ended; its exit code or signal. */
function messages(
  child: ChildProcess,
  watch: Watch,
  onOutcome: (outcome: Outcome) => void,
): Promise<number | string> {
  const pipe = child.stdio[3] as Readable; // a pipe, as asked for in startProcess
  eachLine(pipe, (line) => {
    const message = JSON.parse(line) as Message; // the reporter wrote it
    watch.lastEvent = performance.now();
    if (message.kind === 'queued') watch.outstanding++;
    if (message.kind === 'over') watch.isOver = true;
    if (message.kind === 'note') watch.notes.push(message.text);
    if (message.kind !== 'ended') return;
    watch.outstanding--;
    if (!message.outcome) return;
    if (message.outcome.failure !== undefined) watch.failures++;
    onOutcome(message.outcome);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => killGroup(child, 'SIGKILL')); // whatever the tests left running
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'no exit code'));
  });
}

/** Lines end at line feeds only: what a test says may hold any other separator (node:readline splits at U+2028 too). */
function eachLine(input: Readable, take: (line: string) => void): void {
  let rest = '';
  input.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

function keepTail(child: ChildProcess): () => string {
  let kept = '';
  const keep = (chunk: Buffer) => {
    kept = (kept + chunk.toString()).slice(-KEPT_OUTPUT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => kept.trimEnd();
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the group is gone
  }
}
