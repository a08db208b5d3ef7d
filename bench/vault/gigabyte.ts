import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { exportParty } from '../../src/archive/export-party.ts';
import { importParty } from '../../src/archive/import-party.ts';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import { FILE_LIMITS } from '../../src/files/index.ts';
import type { StreamDownload } from '../../src/kernel/download.ts';
import { assert, must } from '../../src/kernel/result.ts';
import { makeUpload } from '../../src/kernel/upload.ts';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { actAs } from '../../test/harness/test-deps.ts';
import type { Row } from '../print.ts';

const MIB = FILE_LIMITS.partBytes;
const MAYA = { as: 'maya' };
const ARCHIVE = 'the archive’s own passphrase';
const LOOK_MS = 50;
/** What streams keeps a few parts of it at once, and SQLite and V8 what they like. */
const MOST_MIB = 400;

interface Step {
  readonly what: string;
  readonly seconds: number;
  /** How much more memory the process had at most than as it began. */
  readonly more: number;
}

/**
 * One file of the largest size there is, from the first part to the last of another node: put, looked at, read; then the archive
 * of its owner written, checked and imported elsewhere. How long, and how much memory: it is never held whole.
 */
export async function largestFile(): Promise<Row[]> {
  const steps: Step[] = [];
  const octets = FILE_LIMITS.fileBytes;
  const one = await startTestNode({ rehearse: false });
  const other = await startTestNode({ rehearse: false });
  try {
    const home = await one.party('maya');
    const { id } = await one.done<{ id: string }>('begin-file', { name: 'film.mkv', octets }, MAYA);
    await timed(steps, 'put, part by part', () => putParts(one, id, octets));
    await timed(steps, 'looked at from end to end', () => one.done('finish-file', { id }, MAYA));
    await timed(steps, 'read', () => readWhole(one, id, octets));
    const { path } = await timed(steps, 'its owner’s archive written', async () =>
      must(await exportParty(one.deps, actAs(home), { passphrase: ARCHIVE })),
    );
    await timed(steps, 'the archive checked', async () =>
      assert((await verifyArchive(path, ARCHIVE)).report.ok, 'it is whole'),
    );
    const file = makeUpload(path, basename(path), octets, async () => {});
    await timed(steps, 'the archive imported elsewhere', async () =>
      must(
        await importParty(other.deps, { home: undefined, isOperator: true }, { file, passphrase: ARCHIVE }),
      ),
    );
    await readWhole(other, id, octets);
  } finally {
    await one.close();
    await other.close();
  }
  return steps.flatMap((step) => rowsOf(step, octets));
}

function rowsOf({ what, seconds, more }: Step, octets: number): Row[] {
  const pace = `${seconds.toFixed(0)} s`;
  return [
    [`a file of ${octets / 1024 ** 2} MiB ${what}`, pace, '', true],
    ['  at', `${(octets / 1e6 / seconds).toFixed(0)} MB/s`, '', true],
    ['  with so much more memory at most', `${more.toFixed(0)} MiB`, `${MOST_MIB} MiB`, more < MOST_MIB],
  ];
}

async function timed<T>(steps: Step[], what: string, work: () => Promise<T>): Promise<T> {
  global.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const looking = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, LOOK_MS);
  const began = performance.now();
  try {
    return await work();
  } finally {
    clearInterval(looking);
    most = Math.max(most, process.memoryUsage.rss());
    steps.push({ what, seconds: (performance.now() - began) / 1000, more: (most - before) / 1024 ** 2 });
  }
}

async function putParts(node: TestNode, id: string, octets: number): Promise<void> {
  const plain = randomBytes(MIB);
  for (let number = 1; number * MIB <= octets; number++) {
    plain.writeUInt32LE(number); // no two parts are alike
    await node.done('put-file-part', { id, number, file: new Uint8Array(plain) }, MAYA);
  }
}

async function readWhole(node: TestNode, id: string, octets: number): Promise<void> {
  let length = 0;
  for await (const chunk of (await node.done<StreamDownload>('read-file', { id }, MAYA)).octets)
    length += chunk.length;
  assert(length === octets, 'all of it came');
}
