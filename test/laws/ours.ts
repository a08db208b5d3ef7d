import assert from 'node:assert/strict';
import { type Module, parseAll } from './parse.ts';
import { codeSources, sources } from './repository.ts';

/** All code of the repository. */
export const MODULES: readonly Module[] = parseAll(codeSources());

/** Code written down in a test, by path. */
export function modules(texts: Record<string, string>): Module[] {
  return parseAll(sources(texts));
}

/** Fails with every breach on a line of its own. */
export function assertKept(breaches: readonly string[]): void {
  assert.ok(breaches.length === 0, `\n${breaches.join('\n')}\n`);
}
