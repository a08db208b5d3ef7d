import { type ChildProcess, fork } from 'node:child_process';
import { type Failure, ok, type Result } from '../kernel/result.ts';
import type { WireDocument } from '../records/index.ts';
import type { Signed, Verified } from './documents.ts';
import type { Listing } from './model.ts';

export interface ToCheck {
  readonly turn: number;
  readonly wires: readonly WireDocument[];
  readonly key: Uint8Array;
}

export interface Checked {
  readonly turn: number;
  readonly listings: readonly (Omit<Verified<Listing>, 'document'> | Failure)[];
}

export interface ListingChecker {
  /** What `readListing` says of each. */
  check(signed: readonly Signed[], key: Uint8Array): Promise<Result<Verified<Listing>>[]>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(checked: Checked): void;
  reject(error: unknown): void;
}

/**
 * Reads and verifies listings in a process of its own: whoever has thousands to check keeps this one for the rest, and
 * what checking them takes of memory goes back to the system whole.
 */
export function listingChecker(): ListingChecker {
  const child = startProcess();
  const waiting = new Map<number, Waiting>();
  let turns = 0;
  let broken: Error | undefined;
  const breakOff = (error: Error): void => {
    broken = error;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  child.on('message', (checked: Checked) => {
    waiting.get(checked.turn)?.resolve(checked);
    waiting.delete(checked.turn);
  });
  child.on('error', breakOff);
  const ended = new Promise<void>((resolve) => {
    // Where it could not be started, an error is all that comes.
    child.once('error', () => child.pid === undefined && resolve());
    child.once('exit', (code, signal) => {
      breakOff(new Error(`the process that checks listings ended with ${code ?? signal}`));
      resolve();
    });
  });
  return {
    async check(signed, key) {
      const turn = ++turns;
      const work: ToCheck = { turn, wires: signed.map((it) => it.wire), key };
      const { listings } = await new Promise<Checked>((resolve, reject) => {
        if (broken) return reject(broken);
        waiting.set(turn, { resolve, reject });
        child.send(work, (error) => error && breakOff(error));
      });
      return listings.map((it, i) => {
        const document = signed[i]?.document;
        if ('ok' in it) return it;
        if (!document) throw new Error('as many come back as were sent');
        return ok({ ...it, document });
      });
    },
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** It ends with the channel, so also when this process is killed; Ctrl+C is for this one, which lets work end first. */
function startProcess(): ChildProcess {
  return fork(new URL('./check-listings-process.ts', import.meta.url), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
    execArgv: ['--max-semi-space-size=4'],
  });
}
