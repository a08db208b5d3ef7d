import { spawn } from 'node:child_process';
import { openSync, read as readCallback, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { answer, type FuseRequest, readRequest } from './fuse.ts';
import { newStore } from './sectors.ts';

/** What the device is told to do. */
export type Order =
  | { readonly order: 'mount' | 'power' | 'refuse-writes' | 'lie' }
  | ({ readonly order: 'cut' } & Cut);

/** A loss of power. */
export interface Cut {
  readonly seed: string;
  /** How many of a thousand unflushed sectors are kept; by chance when left out. */
  readonly chance?: number | undefined;
  /** Not now, but when the next flush is asked for: then the most depends on it. */
  readonly isAtFlush?: boolean;
}

/** Writes that had not been flushed at the cut, and how many of their sectors were kept and lost. */
export interface Told {
  readonly unflushed: number;
  readonly kept: number;
  readonly lost: number;
}

const LARGEST_REQUEST = 1024 * 1024 + 4096;
const EIO = 5;
const read = promisify(readCallback);

const [path = '', megabytes = ''] = process.argv.slice(2);
const store = newStore(Number(megabytes) * 1024 * 1024);
let state: 'on' | 'off' | 'refusing' = 'on';
/** The cut that waits for the next flush. */
let coming: Cut | undefined;
/** Nobody may be writing. */
const LONGEST_WAIT_MS = 1_000;

/** The store of a block device: one file that is only in memory, mounted over an empty one. */
async function serve(fd: number): Promise<never> {
  const buffer = Buffer.alloc(LARGEST_REQUEST);
  for (;;) {
    let length: number;
    try {
      ({ bytesRead: length } = await read(fd, buffer, 0, buffer.length, null));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code === 'EPERM') await new Promise((resolve) => setTimeout(resolve, 5)); // not mounted yet
      if (['EPERM', 'ENOENT', 'EINTR'].includes(code)) continue;
      process.exit(0); // unmounted
    }
    const request = readRequest(buffer.subarray(0, length));
    const reply = answer(request, store.size, effect(request));
    if (reply) writeSync(fd, reply);
  }
}

function effect(request: FuseRequest): Buffer | number {
  switch (request.kind) {
    case 'read':
      return state === 'off' ? -EIO : store.read(request.offset, request.size);
    case 'write':
      if (state !== 'on') return -EIO;
      store.write(request.offset, request.data);
      return request.data.length;
    case 'flush':
      if (coming) cut(coming);
      if (state !== 'on') return -EIO;
      store.flush();
      return 0;
    default:
      return 0;
  }
}

function cut({ seed, chance }: Cut): void {
  coming = undefined;
  state = 'off';
  process.send?.(store.cut(seed, chance));
}

process.on('message', async (given: Order) => {
  if (given.order === 'cut') {
    if (!given.isAtFlush) return cut(given);
    coming = given;
    return void setTimeout(() => coming === given && cut(given), LONGEST_WAIT_MS);
  }
  if (given.order === 'mount') await mount();
  if (given.order === 'refuse-writes') state = 'refusing';
  if (given.order === 'lie') store.lie();
  if (given.order === 'power') state = 'on';
  process.send?.({ unflushed: 0, kept: 0, lost: 0 } satisfies Told);
});
process.on('disconnect', () => process.exit(0));

function mount(): Promise<void> {
  const fd = openSync('/dev/fuse', 'r+');
  const options = 'fd=3,rootmode=100600,user_id=0,group_id=0,max_read=131072';
  const child = spawn('mount', ['-i', '-t', 'fuse', '-o', options, 'parley-torture', path], {
    stdio: ['ignore', 'ignore', 'inherit', fd],
  });
  void serve(fd);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`mount ended with ${code}`))));
  });
}
