import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64url } from '../../src/kernel/bytes.ts';
import { open } from '../../src/kernel/sealing.ts';
import { repositoryText } from '../laws/repository.ts';
import { vaultCases } from './vault-cases.ts';

test('My data opens as its fixture says, and the script makes the fixture octet for octet', () => {
  const text = repositoryText('fixtures/vectors/vault.json');
  assert.equal(
    `${JSON.stringify(vaultCases(), undefined, 2)}\n`,
    text,
    'run scripts/make-vector-fixtures.ts',
  );
  for (const { name, key, context, sealed, plain } of vaultCases()) {
    const opened = open(octets(key), octets(sealed), context);
    assert.deepEqual(opened && Buffer.from(opened).toString('base64url'), plain, name);
  }
});

function octets(text: string): Uint8Array {
  const read = fromBase64url(text);
  assert.ok(read);
  return read;
}
