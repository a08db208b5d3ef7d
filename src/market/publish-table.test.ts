import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import { openTown, type Town } from '../desk/testing.ts';
import { must } from '../kernel/result.ts';
import { signingKey } from '../kernel/signing.ts';
import { makeInboxPath } from '../parties/index.ts';
import { keyOf } from '../records/index.ts';
import { type Cell, cellId } from './cells.ts';
import { readTable } from './documents.ts';
import type { Table } from './model.ts';
import { cellAround, DAY, type RawCast } from './testing.ts';

const SENSITIVE = 'hb-1-1';

/** Asks for the newest table and reads it as a wanter's home does. */
async function askTable(town: Town, home: string): Promise<Table> {
  const inbox = makeInboxPath(town.deps.nodeKey, home, town.deps.random);
  await town.tell(home, 'somebody', 'cells-wanted', { reply: { host: town.deps.host, inbox } });
  await town.idle();
  const parts = town.received('cells').filter((it) => it.to === inbox);
  assert.equal(parts.length, 1);
  const key = keyOf(town.market.key);
  assert(key);
  return must(readTable(parts[0]?.body.table, key)).value;
}

async function castMany(town: Town, home: string, cell: Cell, tokens: readonly string[]): Promise<RawCast[]> {
  const casts = [];
  for (const token of tokens) casts.push(await town.cast(home, cell, { token }));
  await town.idle();
  return casts;
}

for (const engine of engines()) {
  test(`${engine}: the table counts each account once, in steps, at the end of the epoch`, async () => {
    const town = await openTown(engine, 'table');
    const wanter = await town.vendor('wanter');
    const cell = cellAround();
    assert.deepEqual((await askTable(town, wanter)).rows, [], 'nothing has been cast yet');
    const [first] = await castMany(town, wanter, cell, ['a', 'b', 'c', 'd', 'e', 'a', 'a']);
    await castMany(town, wanter, cellAround({ time: '7d' }), ['lonely']);
    await castMany(town, wanter, cellAround({ category: SENSITIVE }), ['s1', 's2', 's3']);
    await castMany(town, wanter, cellAround({ category: SENSITIVE, time: 'any' }), ['t1', 't2', 't3', 't4']);
    await town.cast(wanter, cell);
    const epoch = Math.floor(town.deps.clock.now() / (7 * DAY));
    const other = signingKey(town.deps.random.bytes(32));
    await town.cast(wanter, cell, { token: 'f', forged: { attester: other } });
    await town.cast(wanter, cell, { token: 'g', forged: { epoch: epoch - 1 } });
    await town.cast(wanter, cell, { token: 'h', forged: { market: other.kid } });
    await town.idle();
    assert.deepEqual((await askTable(town, wanter)).rows, [], 'within an epoch the table stands still');

    town.deps.clock.advance(7 * DAY);
    const table = await askTable(town, wanter);
    assert.deepEqual(table.steps.slice(0, 4), [2, 4, 10, 20]);
    assert.deepEqual(
      table.rows,
      [
        [cellId(cell), 1],
        [cellId(cellAround({ category: SENSITIVE, time: 'any' })), 1],
      ].sort(),
      'five accounts are at least four; three for something sensitive are too few, four are not',
    );
    assert.deepEqual([table.market, table.number, table.smallest], [town.market.id, 2, 2]);
    const listed = await town.done<{ rows: { atLeast: number; words: string }[]; total: number }>(
      wanter,
      'list-cells',
      { search: 'trumpets' },
    );
    assert.deepEqual(
      listed.rows.map((row) => row.atLeast),
      [4],
    );

    // New accounts in a later epoch are not added to the old ones: some may be the same people.
    await castMany(town, wanter, cell, ['n1', 'n2']);
    assert(first);
    await town.close(wanter, first);
    await town.idle();
    town.deps.clock.advance(7 * DAY);
    const next = await askTable(town, wanter);
    assert.deepEqual(
      next.rows.find(([id]) => id === cellId(cell)),
      [cellId(cell), 1],
      'b, c, d, e remain',
    );
    town.deps.clock.advance(30 * DAY);
    assert.deepEqual((await askTable(town, wanter)).rows, [], 'what is over is not counted');
    await town.end();
  });
}
