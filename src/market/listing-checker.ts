import { Worker } from 'node:worker_threads';
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

/** Reads and verifies listings on a thread of its own: whoever has thousands to check keeps this one for the rest. */
export function listingChecker(): ListingChecker {
  const thread = new Worker(new URL('./check-listings-thread.ts', import.meta.url));
  const waiting = new Map<number, Waiting>();
  let turns = 0;
  thread.on('message', (checked: Checked) => {
    waiting.get(checked.turn)?.resolve(checked);
    waiting.delete(checked.turn);
  });
  thread.on('error', (error) => {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  });
  return {
    async check(signed, key) {
      const turn = ++turns;
      const work: ToCheck = { turn, wires: signed.map((it) => it.wire), key };
      const { listings } = await new Promise<Checked>((resolve, reject) => {
        waiting.set(turn, { resolve, reject });
        thread.postMessage(work);
      });
      return listings.map((it, i) => {
        const document = signed[i]?.document;
        if ('ok' in it) return it;
        if (!document) throw new Error('as many come back as were sent');
        return ok({ ...it, document });
      });
    },
    async close() {
      await thread.terminate();
    },
  };
}
