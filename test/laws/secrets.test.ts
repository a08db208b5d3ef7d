import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { SECRETS } from '../../device/secret-fields.ts';
import { OPERATIONS } from '../../src/operations.ts';

/** What an input calls what opens a party, or may open it. */
const SECRET = /passphrase|^old$|^new$|^code$/i;

/** Those that go out of a page or a command as they are, each with its reason. */
const AS_THEY_ARE: Readonly<Record<string, string>> = {
  'begin-vault passphrase': 'the device sends it: the last time that the node sees one',
  'begin-vault newPassphrase': 'the device has split it',
  'export-party passphrase': 'of the archive alone',
  'verify-export passphrase': 'of the archive alone',
  'import-party passphrase': 'of the archive alone',
  'move-party code': 'of the node that the party goes to',
  'read-invitation code': 'of an invitation',
  'accept-invitation code': 'of an invitation',
  'confirm-keys code': 'of a comparison of keys',
  'back-up-node passphrase': 'of the backup alone',
};

test('neither a page nor a command can send a passphrase or a recovery code that has to stay on its device', () => {
  const fields = OPERATIONS.flatMap(({ name, input }) =>
    Object.keys(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }).properties ?? {})
      .filter((field) => SECRET.test(field))
      .map((field) => `${name} ${field}`),
  );
  const kept = Object.entries(SECRETS).flatMap(([name, table]) =>
    Object.keys(table).map((field) => `${name} ${field}`),
  );
  assert.ok(kept.length > 10);
  assert.deepEqual(
    fields.filter((field) => !kept.includes(field) && !(field in AS_THEY_ARE)),
    [],
  );
  assert.deepEqual(
    [...kept, ...Object.keys(AS_THEY_ARE)].filter((field) => !fields.includes(field)),
    [],
    'every one that is named is there',
  );
});
