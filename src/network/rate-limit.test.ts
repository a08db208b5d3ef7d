import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TRAFFIC_LIMITS } from './limits.ts';
import { peerRates, rateLimit, strangerRates } from './rate-limit.ts';

const MINUTE = 60_000;
const rate = (atOnce: number, perSpan: number) => ({ atOnce, perSpan, spanMs: MINUTE });

test('so many at once, then one at a time as the bucket fills', () => {
  const limit = rateLimit({ mail: rate(3, 6) });
  const one = (now: number): number => limit.take('a', { mail: 1 }, now);
  assert.deepEqual([one(0), one(0), one(0), one(0)], [0, 0, 0, 10_000]);
  assert.deepEqual([one(9_999), one(10_000), one(10_000)], [1, 0, 10_000]);
  assert.equal(limit.take('b', { mail: 3 }, 0), 0, 'keys do not share');
  assert.deepEqual([limit.take('a', { mail: 3 }, 40_000), one(40_000)], [0, 10_000]);
});

test('more than ever fits can never be taken', () => {
  const limit = rateLimit({ mail: rate(3, 6) });
  assert.equal(limit.take('a', { mail: 4 }, 0), Number.POSITIVE_INFINITY);
  assert.equal(limit.take('a', { mail: 3 }, 0), 0);
});

test('several kinds are taken together or not at all', () => {
  const limit = rateLimit({ requests: rate(10, 60), octets: rate(100, 60) });
  assert.equal(limit.take('a', { requests: 1, octets: 100 }, 0), 0);
  for (let i = 0; i < 50; i++) assert(limit.take('a', { requests: 1, octets: 1 }, 0) > 0);
  for (let i = 0; i < 9; i++)
    assert.equal(limit.take('a', { requests: 1 }, 0), 0, 'refused ones cost nothing');
  assert.equal(limit.take('a', { requests: 1 }, 0), 1_000);
});

test('a clock that goes back neither gives nor takes for ever', () => {
  const limit = rateLimit({ mail: rate(1, 60) });
  assert.equal(limit.take('a', { mail: 1 }, 1_000_000), 0);
  assert(limit.take('a', { mail: 1 }, 0) > 0);
  assert.equal(limit.take('a', { mail: 1 }, 1_001_000), 0);
});

test('memory has an end: newcomers without number do not make anybody forget who sent too much', () => {
  const limit = rateLimit({ mail: rate(100, 60) }, 1_000);
  assert.equal(limit.take('flood', { mail: 100 }, 0), 0);
  for (let i = 0; i < 50_000; i++) {
    assert.equal(limit.take(`new${i}`, { mail: 1 }, 0), 0);
    assert(limit.size() <= 1_000);
  }
  assert(limit.take('flood', { mail: 1 }, 0) > 0);
});

test('in any span nobody gets more than the bucket and what flowed into it', () => {
  const step = fc.record({ pause: fc.nat(5_000), amount: fc.integer({ min: 1, max: 5 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const limit = rateLimit({ mail: rate(7, 90) });
      const taken: [number, number][] = [];
      let now = 0;
      for (const { pause, amount } of steps) {
        now += pause;
        const wait = limit.take('a', { mail: amount }, now);
        if (wait === 0) taken.push([now, amount]);
        else
          assert.equal(
            limit.take('a', { mail: amount }, now + wait + 1_000_000),
            0,
            'after the wait it fits',
          );
        if (wait > 0) break; // that look ahead moved the clock
      }
      for (const [from] of taken) {
        const sum = taken.filter(([at]) => at >= from).reduce((all, [, amount]) => all + amount, 0);
        assert(sum <= 7 + ((now - from) * 90) / MINUTE + 1e-6, `${sum} since ${from}`);
      }
    }),
  );
});

test('the wait that is told is the wait there is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 }), (amounts) => {
      const limit = rateLimit({ mail: rate(50, 7) });
      let now = 0;
      for (const amount of amounts) {
        const wait = limit.take('a', { mail: amount }, now);
        if (wait === 0) continue;
        assert(limit.take('a', { mail: amount }, now + wait - 2) > 0);
        now += wait;
        assert.equal(limit.take('a', { mail: amount }, now), 0);
      }
    }),
  );
});

test('a node sends all it may in a whole request, and a stranger only a little', () => {
  const peers = peerRates();
  const whole = { requests: 1, envelopes: 100, octets: 25_600_000 };
  assert.equal(peers.take('8.8.8.8', whole, 0), 0);
  assert(peers.take('8.8.8.8', whole, 0) > 0, 'octets');
  assert.equal(peers.take('8.8.8.8', { requests: 1, envelopes: 100, octets: 100_000 }, 0), 0);
  const strangers = strangerRates();
  for (let i = 0; i < TRAFFIC_LIMITS.strangersAtOnce; i++)
    assert.equal(strangers.take('h', { envelopes: 1 }, 0), 0);
  assert.equal(strangers.take('h', { envelopes: 1 }, 0), 3_600_000 / TRAFFIC_LIMITS.strangersPerHour);
});
