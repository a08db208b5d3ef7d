import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Remembered, Surroundings } from '../../../../device/index.ts';
import { newId } from '../../../kernel/ids.ts';
import { parseStrictJson } from '../../../kernel/json.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { fail, ok, type Result } from '../../../kernel/result.ts';
import { isObject, isObjectWith } from '../shape.ts';

type Memory = Surroundings['memory'];

/**
 * What this account of this machine remembers of vaults: a file that only it reads, outside of any node's data, so that
 * whoever puts back an old node does not put back the memory of it. Handles are told apart by `node`. Fails with
 * `memory-unreadable`: a device that has forgotten believes any node.
 */
export function memoryIn(path: string, node: string): Result<Memory> {
  const read = readMemory(path);
  if (!read.ok) return read;
  const named = (name: string): string => (name.startsWith('handle:') ? `${node}#${name}` : name);
  const write = (change: (all: Map<string, Remembered>) => unknown): Promise<void> => {
    const now = readMemory(path);
    const all = new Map(now.ok ? now.value : read.value);
    change(all);
    return writeWhole(path, JSON.stringify(Object.fromEntries(all), undefined, 2));
  };
  return ok({
    recall: async (name) => {
      const now = readMemory(path);
      return now.ok ? now.value.get(named(name)) : read.value.get(named(name));
    },
    remember: (name, it) => write((all) => all.set(named(name), it)),
    forget: (name) => write((all) => all.delete(named(name))),
  });
}

function readMemory(path: string): Result<ReadonlyMap<string, Remembered>> {
  if (!existsSync(path)) return ok(new Map());
  const parsed = parseStrictJson(readFileSync(path, 'utf8'));
  if (!parsed.ok || !isObject(parsed.value)) return unreadable(path);
  const all = new Map<string, Remembered>();
  for (const [name, it] of Object.entries(parsed.value)) {
    if (!isObjectWith(it, 'counter', 'digest', 'root')) return unreadable(path);
    const { counter, digest, root, mark } = it;
    const more = typeof mark === 'string' ? { mark } : {};
    const known = { counter: Number(counter), digest: String(digest), root: Number(root) };
    all.set(name, { ...known, ...more, isSplit: true });
  }
  return ok(all);
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
