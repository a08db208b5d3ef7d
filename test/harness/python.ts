import { spawnSync } from 'node:child_process';
import { findPrograms } from './programs.ts';

const NEEDED = 'import sys, cryptography; sys.exit(sys.version_info < (3, 11))';

/** A Python that has what fixtures/verify.py needs; the first one on the PATH may be another. */
export function findPython(): string | undefined {
  return findPrograms('python3', ['/usr/bin']).find(
    (path) => spawnSync(path, ['-c', NEEDED], { stdio: 'ignore' }).status === 0,
  );
}
