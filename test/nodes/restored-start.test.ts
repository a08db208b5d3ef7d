import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { callOperation } from '../../src/kernel/call-operation.ts';
import { manualClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { must } from '../../src/kernel/result.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { closedWayOut } from '../../src/network/index.ts';
import { type OpenNode, openNode } from '../../src/node/index.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { getPartyRow, homeOfHandle, operatorAs } from '../../src/parties/index.ts';
import { gazetteerForTests } from '../../src/places/testing.ts';
import { endRestoring, homesStandingStill, reconcileAll } from '../../src/relationships/index.ts';
import { startTestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';

const START = Date.UTC(2026, 10, 2, 10);

async function positionIn({ deps }: OpenNode): Promise<number> {
  return deps.storage.read(async (view) => {
    const home = await homeOfHandle(view, 'maya');
    return (home === undefined ? undefined : await getPartyRow(view, home))?.next_position ?? 0;
  });
}

test('a start that fails again and again before the beat is written counts as one backup that came back', async () => {
  const data = mkdtempSync(join(tmpdir(), 'parley-start-'));
  const options = {
    ...{ data, clock: manualClock(START), random: seededRandom('starts'), log: silentLog },
    ...{ gazetteer: gazetteerForTests(), wayOut: closedWayOut },
  };
  const open = async (): Promise<OpenNode> => must(await openNode(options));
  try {
    const first = await open();
    const create = OPERATIONS.find((it) => it.name === 'create-party');
    assert(create);
    const input = { name: 'Maya', handle: 'maya', passphrase: 'correct horse battery' };
    must(await callOperation(create, first.deps, must(await operatorAs(first.deps, undefined)), input));
    const before = await positionIn(first);
    await first.close();
    for (const times of [1, 2]) {
      rmSync(join(data, 'beat'));
      const obstacle = join(data, 'beat.part');
      mkdirSync(obstacle);
      for (let i = 0; i < 6; i++) await assert.rejects(openNode(options));
      rmdirSync(obstacle);
      const node = await open();
      assert.equal(await positionIn(node), before + 64 * times);
      await node.close();
    }
    const last = await open();
    assert.equal(await positionIn(last), before + 128, 'an ordinary start leaves out nothing');
    await last.close();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

for (const engine of engines()) {
  test(`what has asked since a backup came back asks no second time, until another one does: ${engine}`, async () => {
    const node = await startTestNode({ engine, seed: `restored twice, ${engine}` });
    try {
      const home = await node.party('maya');
      const position = (): Promise<number> =>
        node.deps.storage.read(async (view) => (await getPartyRow(view, home))?.next_position ?? 0);
      const before = await position();
      for (const times of [1, 2]) {
        for (let i = 0; i < 3; i++) await reconcileAll(node.deps);
        assert.equal(await position(), before + 64 * times);
        await endRestoring(node.deps.storage);
      }
      const { storage, clock } = node.deps;
      assert.deepEqual(await storage.read((view) => homesStandingStill(view, clock.now())), []);
    } finally {
      await node.close();
    }
  });
}
