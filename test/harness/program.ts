import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** As scripts/run.mjs has put them together; a test file that is run without it runs them from their source. */
const BUILT = process.env.PARLEY_TEST_PROGRAM;
const MAIN = BUILT ? join(BUILT, 'main.js') : join(ROOT, 'src', 'main.ts');
const COMMAND_LINE = BUILT ? join(BUILT, 'parley.js') : join(ROOT, 'src', 'doors', 'cli', 'main.ts');

/** What a program left. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A module that is loaded before the program. */
  readonly preload?: string | undefined;
  /** Where it listens and what else it is told; any free port when left out. */
  readonly args?: readonly string[];
}

/** A node in a process of its own. */
export interface NodeProcess {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** The token of the first visitor, as it was printed. */
  readonly token: string;
  /** Milliseconds from the start of the process to the printed address. */
  readonly startedInMs: number;
  readonly pid: number;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** Runs `npm start` without npm, and answers what it left when it has ended by itself. */
export function runStart(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return ended(start(MAIN, args, options));
}

/** Runs `npm run -s parley --` without npm. */
export function runCommandLine(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return ended(start(COMMAND_LINE, args, options));
}

/** Starts a node (by `npm start`'s own entry) on any free port and waits until it has printed its address. */
export async function startNodeProcess(data: string, options: RunOptions = {}): Promise<NodeProcess> {
  const began = performance.now();
  const child = start(MAIN, ['--data', data, ...(options.args ?? ['--port', '0'])], options);
  const end = ended(child);
  const printed = await new Promise<RegExpExecArray>((resolve, reject) => {
    let heard = '';
    child.stdout?.on('data', (text: string) => {
      heard += text;
      const found = /(http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)/.exec(heard);
      if (found) resolve(found);
    });
    void end.then((left) => reject(new Error(`it ended before it listened: ${JSON.stringify(left)}`)));
  });
  const { pid } = child;
  assert(pid !== undefined);
  return {
    address: printed[1] ?? '',
    token: printed[2] ?? '',
    startedInMs: performance.now() - began,
    pid,
    end(signal) {
      child.kill(signal);
      return end;
    },
  };
}

/** The options of a node at this port of this machine that deals with those at the others. */
export function peersOf(port: number, others: readonly number[]): string[] {
  const peers = [port, ...others].map((it) => `127.0.0.1:${it}`).join();
  const own = ['--public', `http://127.0.0.1:${port}`, '--peer-networks', '127.0.0.0/8'];
  return ['--port', String(port), ...own, '--plain-peers', peers];
}

function start(
  entry: string,
  args: readonly string[],
  { input, env, cwd, preload }: RunOptions,
): ChildProcess {
  const { DATABASE_URL: _, INIT_CWD: __, PARLEY_KEY_FILE: ___, ...outer } = process.env;
  const before = preload === undefined ? [] : ['--import', preload];
  const child = spawn(process.execPath, [...before, entry, ...args], {
    env: { ...outer, ...env },
    cwd: cwd ?? ROOT,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(input);
  child.stdout?.setEncoding('utf8');
  child.stderr?.setEncoding('utf8');
  return child;
}

async function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let error = '';
  child.stdout?.on('data', (text: string) => {
    out += text;
  });
  child.stderr?.on('data', (text: string) => {
    error += text;
  });
  await once(child, 'close');
  return { code: child.exitCode, out, error };
}
