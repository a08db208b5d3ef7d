import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTestDatabase } from '../harness/postgres.ts';
import { type NodeProcess, startNodeProcess } from '../harness/program.ts';
import { type Engine, engines } from '../harness/test-deps.ts';
import { browserAt, type Side } from './sides.ts';
import {
  agree,
  compareCopy,
  endIt,
  keepPromises,
  moveAway,
  openShop,
  PASSPHRASE,
  wantIt,
} from './telling.ts';

const OTHER: Readonly<Record<Engine, Engine>> = { sqlite: 'postgresql', postgresql: 'sqlite' };

interface Me {
  readonly isFresh: boolean;
  readonly acting: { readonly handle: string };
  readonly parties: readonly unknown[];
}

for (const engine of engines()) {
  const other = engines().includes(OTHER[engine]) ? OTHER[engine] : engine;
  test(`the whole story over HTTP on ${engine}, and away to ${other}`, { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-http-story-'));
    const [here, there] = [
      await nodeOn(engine, join(folder, 'here')),
      await nodeOn(other, join(folder, 'there')),
    ];
    try {
      const sides = await twoBrowsers(here.node);
      await openShop(sides);
      const { offer, item } = await wantIt(sides);
      const relationship = await agree(sides, offer, item);
      await keepPromises(sides, relationship);
      await endIt(sides, relationship);
      const away = browserAt(() => there.node.address);
      await away.done('claim-node', { token: there.node.token });
      const report = await moveAway(sides.maya, away, join(folder, 'maya.age'));
      await compareCopy(sides.maya, away, report, join(folder, 'maya-again.age'));
      await moveAway(sides.shop, away, join(folder, 'fanfare.age'));
    } finally {
      for (const it of [here, there]) await it.end();
      rmSync(folder, { recursive: true });
    }
  });
}

async function nodeOn(engine: Engine, data: string): Promise<{ node: NodeProcess; end(): Promise<void> }> {
  const database = engine === 'postgresql' ? await createTestDatabase() : undefined;
  const node = await startNodeProcess(data, { env: database ? { DATABASE_URL: database.url } : {} });
  return {
    node,
    async end() {
      const left = await node.end('SIGTERM');
      await database?.drop();
      assert.deepEqual([left.code, left.error], [0, '']);
    },
  };
}

/** Maya's browser is the operator's and begins both parties; the shop signs in at its own. */
async function twoBrowsers(node: NodeProcess): Promise<{ maya: Side; shop: Side }> {
  const [maya, shop] = [browserAt(() => node.address), browserAt(() => node.address)];
  assert.equal((await shop.done<Me>('who-am-i')).isFresh, true);
  assert.equal(
    await shop.refused('create-party', { name: 'Fanfare', passphrase: PASSPHRASE }),
    'operator-only',
  );
  await maya.done('claim-node', { token: node.token });
  assert.equal(await shop.refused('claim-node', { token: node.token }), 'token-refused');
  await maya.done('create-party', { name: 'Maya', passphrase: PASSPHRASE });
  await maya.done('create-party', { name: 'Fanfare', kind: 'organisation', passphrase: PASSPHRASE });
  await maya.done('sign-out');
  await shop.done('sign-in', { handle: 'fanfare', passphrase: PASSPHRASE });
  for (const [side, handle] of [
    [maya, 'maya'],
    [shop, 'fanfare'],
  ] as const) {
    const me = await side.done<Me>('who-am-i');
    assert.deepEqual([me.acting.handle, me.parties.length], [handle, 1]);
  }
  return { maya, shop };
}
