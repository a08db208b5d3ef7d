import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** SHA-256 (hex) over names and contents; a missing file counts as missing. */
export function hashFiles(root, paths) {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    const content = existsSync(path) ? readFileSync(path) : undefined;
    hash.update(`${relative(root, path)}\0${content ? content.length : 'missing'}\0`);
    if (content) hash.update(content);
  }
  return hash.digest('hex');
}

/** All files below a folder, except packages and tests; empty when there is no such folder. */
export function sourcesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesUnder(path);
    return entry.name.endsWith('.test.ts') ? [] : [path];
  });
}

/** A module and all of ours that it imports, directly or not. */
export function withImports(path, seen = new Set()) {
  if (seen.has(path) || !existsSync(path)) return seen;
  seen.add(path);
  for (const [, target] of readFileSync(path, 'utf8').matchAll(/\b(?:from|import) '(\.[^']+)'/g)) {
    withImports(join(dirname(path), target), seen);
  }
  return seen;
}

/** True when the step's output stands and was made from these very inputs (or there is nothing to make it from). */
export function isFresh(root, step) {
  if (!existsSync(join(root, step.source))) return true;
  const stamp = stampPath(root, step);
  if (!existsSync(join(root, step.output)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === hashFiles(root, step.inputs(root));
}

export function clearStamp(root, step) {
  rmSync(stampPath(root, step), { force: true });
}

export function writeStamp(root, step, hash) {
  writeWhole(stampPath(root, step), hash);
}

/** Nobody ever sees half of the file. */
export function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}`;
  writeFileSync(part, text);
  renameSync(part, path);
}

function stampPath(root, step) {
  return join(root, 'build', 'stamps', step.name);
}
