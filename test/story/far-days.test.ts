import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatValue } from '../../src/doors/cli/format.ts';
import { LAST_INSTANT } from '../../src/kernel/clock.ts';
import { instant } from '../../src/kernel/schema.ts';
import { formatDay, formatExact, formatRelative, machineTime } from '../../web/i18n/format.ts';

const FAR = 9_000_000_000_000_000;

test('an instant behind every calendar is refused, and one that was kept breaks neither page nor command line', () => {
  assert.equal(instant.safeParse(LAST_INSTANT).success, true);
  assert.equal(instant.safeParse(FAR).success, false);
  assert.equal(machineTime(FAR), '+275760-09-13T00:00:00.000Z');
  for (const said of [formatDay(FAR), formatExact(FAR), formatValue('until', FAR)])
    assert.match(said ?? '', /275760/);
  assert.match(formatRelative(FAR, 0), /years/);
});
