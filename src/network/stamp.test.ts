import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { must } from '../kernel/result.ts';
import { TRAFFIC_LIMITS } from './limits.ts';
import { checkStamp, makeStamp } from './stamp.ts';

const NOON = Date.parse('2026-05-04T12:00:00Z');
const DAY = 86_400_000;
const TO = { path: 'Zm9vYmFy', envelope: 'AAECAwQFBgcICQoLDA0ODw' };
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
const make = async (bits: number, stamped = TO, now = NOON) =>
  must(await makeStamp(stamped, bits, now, { breathe }));
const codeOf = (stamp: string, bits: number, stamped = TO, now = NOON) =>
  checkStamp(stamp, stamped, bits, now)?.code ?? 'ok';

test('the format is what the reference says', async () => {
  assert.equal(await make(12), '1.2026-05-04.2036');
  assert.equal(codeOf('1.2026-05-04.2036', 12), 'ok');
});

test('a stamp is as good as its work, for this envelope to this path alone', async () => {
  const stamp = await make(12);
  assert.equal(codeOf(stamp, 0), 'ok');
  assert.equal(codeOf(stamp, 24), 'stamp-too-cheap');
  assert.equal(codeOf(stamp, 12, { ...TO, path: 'Zm9vYmFz' }), 'stamp-too-cheap');
  assert.equal(codeOf(stamp, 12, { ...TO, envelope: 'BAECAwQFBgcICQoLDA0ODw' }), 'stamp-too-cheap');
  assert.equal(codeOf(stamp.replace('05-04', '05-05'), 12), 'stamp-too-cheap');
});

test('it holds from the day before to the day after', async () => {
  const stamp = await make(4);
  const days = [-2, -1, 0, 1, 2].map((days) => codeOf(stamp, 4, TO, NOON + days * DAY));
  assert.deepEqual(days, ['stamp-out-of-date', 'ok', 'ok', 'ok', 'stamp-out-of-date']);
});

test('there is one way to write it', async () => {
  const stamp = await make(4);
  const number = stamp.split('.')[2];
  const other = [
    `2.2026-05-04.${number}`,
    `1.2026-05-04.0${number}`,
    `1.2026-05-04.+${number}`,
    `1.2026-05-04.${number}\n`,
    ` ${stamp}`,
    `1.2026-5-4.${number}`,
    `1.2026-05-04.${'9'.repeat(17)}`,
    `1.2026-05-04.`,
    `1.2026-05-04.-1`,
    '',
    '1'.repeat(1_000_000),
  ];
  for (const text of other) assert.equal(codeOf(text, 0), 'stamp-malformed', text.slice(0, 40));
  assert.equal(codeOf(`1.2026-02-31.${number}`, 0), 'stamp-out-of-date');
});

test('what is made is taken, whoever it is for', async () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,43}$/);
  await fc.assert(
    fc.asyncProperty(
      word,
      word,
      fc.integer({ min: 0, max: 9 }),
      fc.nat(DAY * 365),
      async (path, envelope, bits, at) => {
        const stamp = await make(bits, { path, envelope }, NOON + at);
        assert(stamp.length <= TRAFFIC_LIMITS.stampChars);
        assert.equal(codeOf(stamp, bits, { path, envelope }, NOON + at), 'ok');
      },
    ),
    { numRuns: 100 },
  );
});

test('any text at all is judged without a throw', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.notEqual(codeOf(text, 1), 'ok')));
});

test('while it is made everything else goes on, and it can be stopped', async () => {
  let breaths = 0;
  let longest = 0;
  let last = performance.now();
  const counted = {
    breathe: async () => {
      longest = Math.max(longest, performance.now() - last);
      breaths++;
      await breathe();
      last = performance.now();
    },
    isStopped: () => breaths >= 10,
  };
  const stopped = await makeStamp(TO, TRAFFIC_LIMITS.stampMostBits, NOON, counted);
  assert.equal(stopped.ok ? 'made' : stopped.code, 'stamp-stopped');
  assert.equal(breaths, 10);
  assert(longest < 500, `${longest} ms`);
});

test('nobody is made to work for hours', async () => {
  const dear = await makeStamp(TO, TRAFFIC_LIMITS.stampMostBits + 1, NOON, { breathe });
  assert.equal(dear.ok ? 'made' : dear.code, 'stamp-too-dear');
});

test('it costs the sender about a second and the receiver nothing', async (t) => {
  const tries = 2 ** 17;
  const usedBy = async (work: () => unknown): Promise<number> => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  // Nothing found within so few tries has that many bits, so that all of them are made.
  let left = tries / 4_096;
  const stop = { breathe, isStopped: () => --left === 0 };
  const made = await usedBy(() => makeStamp(TO, TRAFFIC_LIMITS.stampMostBits, NOON, stop));
  const checked = await usedBy(() => {
    for (let i = 0; i < 10_000; i++) checkStamp('1.2026-05-04.2036', TO, 12, NOON);
  });
  const { stampBits } = TRAFFIC_LIMITS;
  const making = (made / tries) * 2 ** stampBits;
  const check = checked / 10_000;
  t.diagnostic(
    `${stampBits} bits: ${making.toFixed(0)} ms of one core to make, ${check.toFixed(4)} ms to check`,
  );
  assert(making > 1_000 * check, `${making} ms, ${check} ms`);
});
