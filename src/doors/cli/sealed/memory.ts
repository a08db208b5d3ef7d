import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Remembered, Surroundings } from '../../../../device/index.ts';
import { newId } from '../../../kernel/ids.ts';
import { parseStrictJson } from '../../../kernel/json.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { fail, ok, type Result } from '../../../kernel/result.ts';
import { isObject, isObjectWith } from '../shape.ts';

/** What a device remembers, in a file that this account of this machine keeps. */
export type FileMemory = Surroundings['memory'] & {
  /** Whether it remembers anybody whose passphrase stays on devices, at any node. */
  isSomebodyKnown(): Promise<boolean>;
};

type All = ReadonlyMap<string, Remembered>;

/**
 * What this account of this machine remembers of vaults: a file that only it reads, outside of any node's data, so that
 * whoever puts back an old node does not put back the memory of it. Handles, and what was seen of one node, are told apart by
 * `node`, and nothing else is: a passphrase stays here whichever node asks for it. Fails with `memory-unreadable`: a device that has forgotten believes any
 * node.
 */
export function memoryIn(path: string, node: string): Result<FileMemory> {
  const read = readMemory(path);
  if (!read.ok) return read;
  const newest = (): All => {
    const now = readMemory(path);
    return now.ok ? now.value : read.value;
  };
  const named = (name: string): string => (isOfNode(name) ? `${node}#${name}` : name);
  const change = async (work: (all: Map<string, Remembered>) => void): Promise<void> => {
    const all = new Map(newest());
    work(all);
    await writeWhole(path, JSON.stringify(Object.fromEntries(all), undefined, 2));
  };
  return ok({
    recall: async (name) => newest().get(named(name)),
    remember: (name, it) => change((all) => void all.set(named(name), it)),
    forget: (name) => change((all) => void all.delete(named(name))),
    names: async (prefix) => [...newest().keys()].filter((name) => name.startsWith(prefix)),
    isSomebodyKnown: async () => [...newest().keys()].some((name) => isHandle(name.split('#').at(-1) ?? '')),
  });
}

/** Of a person; what a device keeps for itself under such a name is `handle:|…`. */
function isHandle(name: string): boolean {
  return name.startsWith('handle:') && !name.startsWith('handle:|');
}

/** What means something at one node only: handles, and what a device has seen of that node. */
function isOfNode(name: string): boolean {
  return isHandle(name) || name.startsWith('node:');
}

/** What was kept for each data folder by a version before. */
const SCOPED = /#(handle:\|.*)$/;

function readMemory(path: string): Result<All> {
  if (!existsSync(path)) return ok(new Map());
  const parsed = parseStrictJson(readFileSync(path, 'utf8'));
  if (!parsed.ok || !isObject(parsed.value)) return unreadable(path);
  const all = new Map<string, Remembered>();
  for (const [written, it] of Object.entries(parsed.value)) {
    const one = readOne(it);
    if (!one) return unreadable(path);
    const name = SCOPED.exec(written)?.[1] ?? written;
    const before = all.get(name);
    all.set(name, before && name !== written ? { ...one, digest: `${before.digest} ${one.digest}` } : one);
  }
  return ok(all);
}

function readOne(it: unknown): Remembered | undefined {
  if (!isObjectWith(it, 'counter', 'digest', 'root')) return undefined;
  const { counter, digest, root, mark, sealed, head, name } = it;
  return {
    ...{ counter: Number(counter), digest: String(digest), root: Number(root), isSplit: true },
    ...(typeof mark === 'string' ? { mark } : {}),
    ...(typeof head === 'string' ? { head } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    ...(Array.isArray(sealed) ? { sealed: sealed.map(String) } : {}),
  };
}

/** The whole file or the one before, whatever happens meanwhile. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.${newId(systemRandom)}.part`;
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(`${text}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

function unreadable(path: string): Result<never> {
  return fail(
    'memory-unreadable',
    `What this device remembers of sealed data cannot be read (${path}).`,
    'Put it back from a backup, or name another file with --memory: then nothing tells whether the node shows what is old.',
  );
}
