import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { manualClock } from '../kernel/clock.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { breaker, type HostState, whenFailed } from './breaker.ts';
import { TRAFFIC_LIMITS } from './limits.ts';

const FEW = TRAFFIC_LIMITS.breakerFailures;
const HOUR = TRAFFIC_LIMITS.breakerLongestRestMs;

const made = (seed = 'breaker') => {
  const clock = manualClock(1_000_000);
  return { clock, ...breaker({ clock, random: seededRandom(seed) }) };
};
const failTimes = (it: ReturnType<typeof made>, times: number, host = 'a'): void => {
  for (let i = 0; i < times; i++) it.failed(host);
};

test('a few failures stop nothing; one more, and the host rests', () => {
  const it = made();
  failTimes(it, FEW - 1);
  assert.equal(it.enter('a'), 0);
  it.failed('a');
  const wait = it.enter('a');
  const first = TRAFFIC_LIMITS.breakerFirstRestMs;
  assert(wait > first * 0.74 && wait <= first, `${wait}`);
  assert.equal(it.enter('b'), 0, 'other hosts do not rest');
});

test('a success between them begins the count anew', () => {
  const it = made();
  failTimes(it, FEW - 1);
  it.succeeded('a');
  failTimes(it, FEW - 1);
  assert.equal(it.enter('a'), 0);
});

test('after the rest one tries, the others wait, and its success lets all in', () => {
  const it = made();
  failTimes(it, FEW);
  it.clock.advance(it.enter('a'));
  assert.equal(it.enter('a'), 0);
  assert.equal(it.enter('a'), TRAFFIC_LIMITS.breakerProbeMs);
  it.succeeded('a');
  assert.deepEqual([it.enter('a'), it.enter('a'), it.size()], [0, 0, 0]);
});

test('a try of which nothing is heard does not close the host for ever', () => {
  const it = made();
  failTimes(it, FEW);
  it.clock.advance(it.enter('a'));
  assert.equal(it.enter('a'), 0);
  it.clock.advance(TRAFFIC_LIMITS.breakerProbeMs);
  assert.equal(it.enter('a'), 0);
});

test('each failed try doubles the rest, up to an hour', () => {
  const it = made();
  failTimes(it, FEW);
  const waits: number[] = [];
  for (let i = 0; i < 12; i++) {
    const wait = it.enter('a');
    waits.push(wait);
    it.clock.advance(wait);
    assert.equal(it.enter('a'), 0);
    it.failed('a');
  }
  waits.forEach((wait, i) => {
    const full = Math.min(TRAFFIC_LIMITS.breakerFirstRestMs * 2 ** i, HOUR);
    assert(wait > full * 0.74 && wait <= full, `${wait} of ${full}`);
  });
  assert(new Set(waits.slice(-4)).size > 1, 'chance is in it');
});

test('tries that were under way when the rest began do not lengthen it', () => {
  const it = made();
  failTimes(it, FEW);
  const wait = it.enter('a');
  failTimes(it, 50);
  assert.equal(it.enter('a'), wait);
});

test('the same seed gives the same rests', () => {
  const runs = ['x', 'x', 'y'].map((seed) => {
    const it = made(seed);
    failTimes(it, FEW);
    return it.enter('a');
  });
  assert.equal(runs[0], runs[1]);
  assert.notEqual(runs[0], runs[2]);
});

test('so many hosts are remembered and no more, the latest failures longest', () => {
  const it = made();
  failTimes(it, FEW, 'first');
  for (let i = 0; i < TRAFFIC_LIMITS.breakerHosts; i++) it.failed(`host${i}`);
  assert.equal(it.size(), TRAFFIC_LIMITS.breakerHosts);
  assert.equal(it.enter('first'), 0);
});

test('whatever happens, a host is tried again within an hour, and never rests before enough failures', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(HOUR), fc.nat(255)), { maxLength: 40 }), (steps) => {
      let state: HostState | undefined;
      let now = 1;
      for (const [pause, jitter] of steps) {
        now += pause;
        state = whenFailed(state, now, jitter);
        assert(state.restsUntil <= now + HOUR);
        assert(state.restsUntil === 0 || state.failures >= FEW);
        assert(state.restsUntil === 0 || state.restsUntil > now);
      }
    }),
  );
});
