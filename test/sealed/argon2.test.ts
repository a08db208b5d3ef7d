import assert from 'node:assert/strict';
import { test } from 'node:test';
import { argon2id } from 'hash-wasm';
import { PASSPHRASE_COST, passphraseKey } from '../../src/kernel/sealing.ts';

test('pages and Node make the same of a passphrase', async () => {
  const salt = Uint8Array.from({ length: 16 }, (_, at) => at * 13);
  for (const passphrase of ['correct horse battery', 'Zoë’s 朋友 🎺 sing at noon']) {
    const { memoryKiB, passes, lanes } = PASSPHRASE_COST;
    const told = await argon2id({
      password: new TextEncoder().encode(passphrase),
      salt,
      memorySize: memoryKiB,
      iterations: passes,
      parallelism: lanes,
      hashLength: 32,
      outputType: 'binary',
    });
    assert.deepEqual(told, new Uint8Array(await passphraseKey(passphrase, salt, PASSPHRASE_COST)));
  }
});
