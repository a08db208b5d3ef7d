import type { Cost } from '../../device/index.ts';
import type { ArgonAsked } from './argon2-worker.ts';

/** Whoever signs in opens what is sealed with the same passphrase a moment later: it is worked out once. */
const KEPT_MS = 30_000;
let last: { readonly key: string; readonly answer: Promise<Uint8Array> } | undefined;

/** Once it is open, or locked again, nobody needs it any more. */
export function forgetWorkedOut(): void {
  last = undefined;
}

export function argon2(passphrase: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  const key = JSON.stringify([passphrase, [...salt], cost]);
  if (last?.key === key) return last.answer;
  const answer = workedOut(passphrase, salt, cost);
  const mine = { key, answer };
  last = mine;
  const forget = () => {
    if (last === mine) last = undefined;
  };
  window.setTimeout(forget, KEPT_MS);
  answer.catch(forget);
  return answer;
}

/**
 * argon2id in a worker, so that the page stays quick while it is worked out, and so that WebAssembly is allowed in the worker
 * alone (docs/decisions/0021-argon2-in-pages.md). The worker ends with its answer, and its memory with it.
 */
function workedOut(passphrase: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./argon2-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener('error', (event) => {
      worker.terminate();
      reject(new Error(`argon2id could not be worked out: ${event.message}`));
    });
    const asked: ArgonAsked = { passphrase, salt, cost };
    worker.postMessage(asked);
  });
}
