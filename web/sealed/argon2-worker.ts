import { argon2id } from 'hash-wasm';
import type { Cost } from '../../device/index.ts';

export interface ArgonAsked {
  readonly passphrase: string;
  readonly salt: Uint8Array;
  readonly cost: Cost;
}

addEventListener('message', async ({ data }: MessageEvent<ArgonAsked>) => {
  const { passphrase, salt, cost } = data;
  const told = await argon2id({
    password: new TextEncoder().encode(passphrase),
    salt,
    memorySize: cost.memoryKiB,
    iterations: cost.passes,
    parallelism: cost.lanes,
    hashLength: 32,
    outputType: 'binary',
  });
  postMessage(told);
});

// What fails in a promise is not told to whoever started a worker.
addEventListener('unhandledrejection', ({ reason }) => {
  throw reason;
});
