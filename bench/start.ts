import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isBusyMachine, median, type Row, report } from './print.ts';

const ROOT = join(import.meta.dirname, '..');
const STARTS = 7;
const REST_MS = 10_000;

interface Running {
  readonly process: ChildProcess;
  readonly address: string;
  readonly token: string;
  readonly startMs: number;
}

/** What `issues/main loop` asks of a start: under 1 s, 150 MB at rest with the sample, 180 KB of script, 1 s to an offer. */
export async function bench(): Promise<number> {
  const wasBusy = isBusyMachine();
  const data = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  try {
    const bare = await bareStart();
    const first = await start(data);
    const cookie = await createParty(first);
    const loadMs = await loadSample(first, cookie);
    const afterLoad = await atRest(first);
    await stop(first);
    const starts: number[] = [];
    for (let i = 0; i < STARTS; i++) {
      const node = await start(data);
      starts.push(node.startMs);
      await stop(node);
    }
    const node = await start(data);
    const restarted = await atRest(node);
    const again = await signIn(node);
    const offers = await timesToFirstOffer(node, again);
    await stop(node);
    const script = firstPageScript();
    const rows: Row[] = [
      ['start-up, median of 7', `${median(starts)} ms`, '1000 ms', median(starts) < 1000],
      [
        '  as a ratio to starting the same Node with nothing',
        `${(median(starts) / bare).toFixed(1)}x`,
        '',
        true,
      ],
      ['load the sample market', `${(loadMs / 1000).toFixed(1)} s`, '20 s', loadMs < 20_000],
      ['memory at rest, started with the sample market loaded', `${restarted} MB`, '150 MB', restarted < 150],
      ['memory 10 s after loading it, without a new start', `${afterLoad} MB`, '150 MB', afterLoad < 150],
      ['first page, script gzipped', `${(script / 1000).toFixed(1)} KB`, '180 KB', script < 180_000],
      [
        'cast-intent to the first offer, median of 15',
        `${median(offers)} ms`,
        '1000 ms',
        median(offers) < 1000,
      ],
    ];
    return report(rows, wasBusy);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function start(data: string): Promise<Running> {
  const began = performance.now();
  const env = {
    // As scripts/run.mjs sets them.
    ...{ MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '16384' },
    ...process.env,
    NODE_COMPILE_CACHE: join(ROOT, 'build', 'compile-cache'),
  };
  const argv = [
    ...['--max-semi-space-size=2', '--expose-gc'], // as scripts/run.mjs starts it
    join(ROOT, 'build/program/main.js'),
    '--data',
    data,
    '--port',
    '0',
  ];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'], env });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the node ended with ${code}`)));
    child.stdout.on('data', (text: Buffer) => {
      const found = /(http:\/\/127\.0\.0\.1:\d+)\/(?:#token=(\S+))?/.exec(text.toString());
      if (!found?.[1]) return;
      resolve({
        process: child,
        address: found[1],
        token: found[2] ?? '',
        startMs: Math.round(performance.now() - began),
      });
    });
  });
}

async function bareStart(): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const began = performance.now();
    const child = spawn(process.execPath, ['-e', '0']);
    await new Promise((resolve) => child.once('exit', resolve));
    times.push(performance.now() - began);
  }
  return median(times);
}

async function stop(node: Running): Promise<void> {
  node.process.removeAllListeners('exit');
  const ended = new Promise((resolve) => node.process.once('exit', resolve));
  node.process.kill('SIGTERM');
  await ended;
}

interface Answer<T> {
  readonly body: T;
  readonly cookie: string;
}

async function call<T>(node: Running, operation: string, input: object, cookie: string): Promise<Answer<T>> {
  const answer = await fetch(`${node.address}/api/${operation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: node.address, cookie },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${operation}: ${text}`);
  const set = answer.headers.getSetCookie().map((c) => c.split(';')[0] ?? '');
  return { body: JSON.parse(text) as T, cookie: set[0] ?? cookie }; // its caller knows which operation it asked
}

async function createParty(node: Running): Promise<string> {
  const visitor = await call(node, 'claim-node', { token: node.token }, '');
  const input = { name: 'Maya', handle: 'maya', passphrase: 'correct horse battery' };
  return (await call(node, 'create-party', input, visitor.cookie)).cookie;
}

async function signIn(node: Running): Promise<string> {
  return (await call(node, 'sign-in', { handle: 'maya', passphrase: 'correct horse battery' }, '')).cookie;
}

async function loadSample(node: Running, cookie: string): Promise<number> {
  const began = performance.now();
  const { job } = (await call<{ job: string }>(node, 'load-sample', {}, cookie)).body;
  for (;;) {
    await pause(100);
    const { state } = (await call<{ state: string }>(node, 'get-job', { id: job }, cookie)).body;
    if (state === 'done') return Math.round(performance.now() - began);
    if (state !== 'running') throw new Error(`loading the sample ended as ${state}`);
  }
}

/** The budget differs in every round: the very same want is not cast twice. */
const SENTENCES: readonly ((more: number) => string)[] = [
  (more) => `a used trumpet near Ghent under ${500 + more} euro`,
  (more) => `city bike in Antwerp, max ${400 + more} euro`,
  (more) => `laptop in Brussels up to ${900 + more} euro`,
];

async function timesToFirstOffer(node: Running, cookie: string): Promise<number[]> {
  const markets = (
    await call<{ rows: { id: string; isSample: boolean }[] }>(node, 'list-markets', {}, cookie)
  ).body;
  const market = markets.rows.find((m) => m.isSample)?.id;
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const write of SENTENCES) {
      const sentence = write(round * 10);
      const draft = (await call<{ fields: object }>(node, 'draft-intent', { sentence }, cookie)).body;
      const fields = { ...draft.fields, words: sentence };
      await call(node, 'preview-cast', { fields, market }, cookie);
      await pause(300);
      const began = performance.now();
      const { id } = (
        await call<{ id: string }>(node, 'cast-intent', { fields, market, ifBelow: 'widen' }, cookie)
      ).body;
      for (;;) {
        const { rows } = (await call<{ rows: object[] }>(node, 'list-offers', { intent: id }, cookie)).body;
        if (rows.length > 0) break;
        if (performance.now() - began > 10_000) throw new Error('no offer came');
        await pause(10);
      }
      times.push(Math.round(performance.now() - began));
    }
  }
  return times;
}

async function atRest(node: Running): Promise<number> {
  await pause(REST_MS);
  return residentMb(node.process);
}

/** Resident memory of a process, MB, as Linux counts it. */
function residentMb(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
}

/** Gzipped octets of every script that the first page loads before anything is clicked. */
function firstPageScript(): number {
  const folder = join(ROOT, 'build', 'web');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/?(assets\/[^"]+\.js)"/g)].map((m) => m[1] ?? '');
  const start = readdirSync(join(folder, 'assets')).filter((f) =>
    /^(Start|Shell|ActingMenu)-.*\.js$/.test(f),
  );
  const all = new Set([...named, ...start.map((f) => `assets/${f}`)]);
  return [...all].reduce((sum, f) => sum + gzipSync(readFileSync(join(folder, f))).length, 0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
