import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diceOf } from './dice.ts';
import { newQueue } from './queue.ts';

test('what was asked for comes in the order of its time, then of its number, and what was cancelled never', () => {
  const dice = diceOf('queue');
  for (let round = 0; round < 200; round++) {
    const queue = newQueue();
    const came: number[] = [];
    const expected: { at: number; order: number; name: number }[] = [];
    for (let name = 0; name < dice.below(60); name++) {
      const [at, order] = [dice.below(20), dice.below(1e9)];
      const cancel = queue.add(at, order, () => void came.push(name));
      if (dice.chance(200)) cancel();
      else expected.push({ at, order, name });
      // Taking some out on the way leaves the rest in order.
      if (dice.chance(100)) {
        const next = expected.toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
        assert.equal(queue.takeUntil(100)?.at, next?.at);
        if (next) expected.splice(expected.indexOf(next), 1);
      }
    }
    for (let next = queue.takeUntil(9); next; next = queue.takeUntil(9)) next.run();
    assert.ok(came.every((name) => (expected.find((it) => it.name === name)?.at ?? 10) <= 9));
    for (let next = queue.takeUntil(20); next; next = queue.takeUntil(20)) next.run();
    const sorted = expected.toSorted((a, b) => a.at - b.at || a.order - b.order);
    assert.deepEqual(
      came,
      sorted.map((it) => it.name),
    );
  }
});
