import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * A program that restores a backup and is killed right before its step number so many: a step is whatever makes, moves,
 * removes or flushes a file. It ends by itself when there are fewer.
 */
const [step = '', file = '', data = '', keyFile = '', passphrase = ''] = process.argv.slice(2);
let left = Number(step);

/** Counts the calls of these, which all code of the program then makes. */
function countCalls(
  ...names: readonly ('mkdirSync' | 'renameSync' | 'rmSync' | 'rmdirSync' | 'fsyncSync')[]
) {
  for (const name of names) {
    const whole = fs[name];
    const counted = (...args: unknown[]): unknown => {
      if (left-- === 0) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(whole, fs, args);
    };
    Object.defineProperty(fs, name, { value: counted });
  }
  syncBuiltinESMExports();
}

const { restoreNode } = await import('../../src/node/restore-node.ts');
countCalls('mkdirSync', 'renameSync', 'rmSync', 'rmdirSync', 'fsyncSync');
const restored = await restoreNode({ file, opener: { passphrase }, data, keyFile });
process.exitCode = restored.ok ? 0 : 1;
