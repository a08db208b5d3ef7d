import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceBreaches, layerBreaches, migrationBreaches, roomCircles, webBreaches } from './layers.ts';
import { assertKept, MODULES, modules } from './ours.ts';

test('doors use operations, these use rooms, these use storage, and all use the kernel', () => {
  assertKept(layerBreaches(MODULES));
});

test('rooms do not go in circles', () => {
  assertKept(roomCircles(MODULES));
});

test('the pages know the operations as types and nothing else', () => {
  assertKept(webBreaches(MODULES));
});

test('a device runs what a page has, and shares with the node what both read My data by', () => {
  assertKept(deviceBreaches(MODULES));
});

test('migrations import nothing that changes', () => {
  assertKept(migrationBreaches(MODULES));
});

test('finds every kind of forbidden import', () => {
  const planted = {
    'src/kernel/a.ts': "import { x } from '../storage/index.ts';",
    'src/storage/a.ts': "import type { X } from '../vault/index.ts';",
    'src/vault/a.ts': "import { x } from '../operations.ts';",
    'src/vault/b.ts': "import { x } from '../terms/store.ts';",
    'src/vault/c.ts': "export * from '../doors/http/serve.ts';",
    'src/vault/d.ts': "const late = await import('../terms/rules.ts');",
    'src/vault/e.ts': "import { folder } from '../config.ts';",
    'src/vault/f.ts': "import { run } from '../main.ts';",
    'src/vault/g.ts': "import { both } from '../market/testing.ts';",
    'src/vault/h.ts': "import { sum } from '../../scripts/sum.ts';",
    'src/operations.ts': "import { put } from './vault/put-item.ts';",
    'src/doors/http/a.ts': "import { x } from '../cli/format.ts';",
    'src/doors/cli/a.ts': "import type { Tx } from '../../storage/storage.ts';",
    'src/node/a.ts': "import { x } from '../doors/http/serve.ts';",
    'src/node/b.ts': "import { openVault } from '../../device/index.ts';",
    'src/doors/cli/b.ts': "import { seal } from '../../../device/crypto.ts';",
  };
  const found = layerBreaches(modules(planted));
  assert.deepEqual(
    found.map((breach) => breach.split(':')[0]),
    Object.keys(planted),
  );
});

test('lets through what is allowed', () => {
  const allowed = {
    'src/main.ts': "import { serve } from './doors/http/serve.ts'; import { folder } from './config.ts';",
    'src/doors/cli/main.ts': "import { x } from '../../vault/store.ts';",
    'src/doors/http/a.ts':
      "import { call } from '../call.ts'; import { OPERATIONS } from '../../operations.ts';",
    'src/node/a.ts':
      "import { OPERATIONS } from '../operations.ts'; import { x } from '../storage/index.ts';",
    'src/operations.ts': "import { operations } from './vault/index.ts';",
    'src/vault/a.ts':
      "import { x } from './store.ts'; import { y } from '../terms/index.ts'; import z from 'zod';",
    'src/vault/b.ts': "import list from '../../fixtures/list.json' with { type: 'json' };",
    'src/vault/c.ts': "const path = new URL('../../build/places.sqlite', import.meta.url);",
    'src/vault/a.test.ts': "import { x } from '../terms/store.ts';",
    'src/storage/a.ts': "import { ok } from '../kernel/result.ts';",
    'src/doors/cli/b.ts': "import { openVault } from '../../../device/index.ts';",
  };
  assertKept(layerBreaches(modules(allowed)));
});

test('finds a circle of three rooms, also through types', () => {
  const [circle, ...more] = roomCircles(
    modules({
      'src/a/x.ts': "import { b } from '../b/index.ts';",
      'src/b/x.ts': "import type { C } from '../c/index.ts';",
      'src/c/x.ts': "import { a } from '../a/index.ts';",
      'src/c/y.ts': "import { k } from '../kernel/ids.ts';",
    }),
  );
  assert.equal(more.length, 0);
  assert.equal(circle, 'src/a src/a/x.ts:1-> src/b src/b/x.ts:1-> src/c src/c/x.ts:1-> src/a ');
});

test('finds pages that reach into the server', () => {
  const found = webBreaches(
    modules({
      'web/api/client.ts': "import type { OPERATIONS } from '../../src/operations.ts';",
      'web/api/eager.ts': "import { OPERATIONS } from '../../src/operations.ts';",
      'web/api/deep.ts': "import type { Item } from '../../src/vault/model.ts';",
      'web/routes/page.tsx': "import type { OPERATIONS } from '../../src/operations.ts'; const a = <p />;",
      'web/routes/fine.tsx': "import { client } from '../api/client.ts'; import { useState } from 'react';",
      'web/vault/open.ts': "import { openVault } from '../../device/index.ts';",
      'web/vault/deep.ts': "import { seal } from '../../device/crypto.ts';",
    }),
  );
  assert.deepEqual(
    found.map((breach) => breach.split(':')[0]),
    ['web/api/eager.ts', 'web/routes/page.tsx', 'web/vault/deep.ts'],
  );
});

test('finds a device that needs more than a page has, also far down', () => {
  const found = deviceBreaches(
    modules({
      'device/a.ts': "import { b } from './b.ts'; import type { Item } from '../src/vault/model.ts';",
      'device/b.ts': "import { fold } from '../src/vault/fold.ts';",
      'device/c.ts': "import { hash } from 'node:crypto';",
      'device/d.ts': "import { put } from '../src/vault/store.ts';",
      'src/vault/fold.ts': "import { z } from 'zod';",
    }),
  );
  assert.deepEqual(
    found.map((breach) => breach.split(':')[0]),
    ['src/vault/fold.ts', 'device/c.ts', 'device/d.ts'],
  );
});

test('finds a migration that leans on code', () => {
  const found = migrationBreaches(
    modules({
      'src/storage/migrations/001.ts':
        "import type { Migration } from '../migrate.ts'; import { sql } from 'kysely';",
      'src/storage/migrations/002.ts': "import { KINDS } from '../../vault/index.ts';",
    }),
  );
  assert.equal(found.length, 1);
});
