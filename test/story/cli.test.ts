import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTestDatabase } from '../harness/postgres.ts';
import { startNodeProcess } from '../harness/program.ts';
import { type Engine, engines, enginesInCi } from '../harness/test-deps.ts';
import { terminalAt } from './sides.ts';
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

interface Place {
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
  drop(): Promise<void>;
}

async function placeOn(engine: Engine, data: string): Promise<Place> {
  const database = engine === 'postgresql' ? await createTestDatabase() : undefined;
  const env = { ...(database && { DATABASE_URL: database.url }) };
  return { data, env, drop: async () => database?.drop() };
}

/** Does the work while a node runs, so that commands go through its socket; or with none, so that they open the folder. */
async function withNode(isRunning: boolean, { data, env }: Place, work: () => Promise<void>): Promise<void> {
  const node = isRunning ? await startNodeProcess(data, { env }) : undefined;
  try {
    assert.equal(existsSync(join(data, 'parley.sock')), isRunning);
    await work();
  } finally {
    const left = await node?.end('SIGTERM');
    assert.deepEqual([left?.code ?? 0, left?.error ?? ''], [0, '']);
  }
}

for (const engine of enginesInCi()) {
  const other = engines().includes(OTHER[engine]) ? OTHER[engine] : engine;
  // Each chapter goes through the socket on one database and through the folder on the other.
  const isSocketFirst = engine === 'sqlite';
  test(`the whole story on the command line on ${engine}, and away to ${other}`, {
    timeout: 300_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-cli-story-'));
    const [here, there] = [
      await placeOn(engine, join(folder, 'here')),
      await placeOn(other, join(folder, 'there')),
    ];
    const nobody = terminalAt(here.data, undefined, here.env);
    const sides = {
      maya: terminalAt(here.data, 'maya', here.env),
      shop: terminalAt(here.data, 'fanfare', here.env),
    };
    const [away, copy] = [
      terminalAt(there.data, undefined, there.env),
      terminalAt(there.data, 'maya', there.env),
    ];
    try {
      let chosen = { offer: '', item: '' };
      await withNode(isSocketFirst, here, async () => {
        await nobody.done('create-party', { name: 'Maya', passphrase: PASSPHRASE });
        await nobody.done('create-party', { name: 'Fanfare', kind: 'organisation', passphrase: PASSPHRASE });
        assert.equal(await nobody.refused('list-items'), 'sign-in-needed');
        await openShop(sides);
        chosen = await wantIt(sides);
      });
      await withNode(!isSocketFirst, here, async () => {
        const relationship = await agree(sides, chosen.offer, chosen.item);
        await keepPromises(sides, relationship);
        await endIt(sides, relationship);
        const report = await moveAway(sides.maya, away, join(folder, 'maya.age'));
        await withNode(isSocketFirst, there, () =>
          compareCopy(sides.maya, copy, report, join(folder, 'maya-again.age')),
        );
      });
    } finally {
      for (const it of [here, there]) await it.drop();
      rmSync(folder, { recursive: true });
    }
  });
}
