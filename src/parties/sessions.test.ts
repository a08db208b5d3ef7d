import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines, openTestDeps } from '../../test/harness/test-deps.ts';
import { endSessions, openSession, replaceToken, sessionsOf, tokenHash } from './index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

for (const engine of engines()) {
  test(`${engine}: a browser's session ends when it is unused for a fortnight, and not before`, async () => {
    const deps = await openTestDeps(engine, 'sessions');
    const used = await openSession(deps, 'ada', { label: 'Firefox' });
    const unused = await openSession(deps, 'ada', { label: 'Safari' });
    for (const days of [8, 8]) {
      deps.clock.advance(days * DAY_MS);
      assert.equal((await sessionsOf(deps, used)).length, 1);
    }
    assert.deepEqual(await sessionsOf(deps, unused), []);
    deps.clock.advance(14 * DAY_MS - 1);
    assert.equal((await sessionsOf(deps, used)).length, 1);
    deps.clock.advance(14 * DAY_MS);
    assert.deepEqual(await sessionsOf(deps, used), []);
    await deps.close();
  });

  test(`${engine}: a program's token ends on its day, however much it is used, and notes its use`, async () => {
    const deps = await openTestDeps(engine, 'tokens');
    const token = await openSession(deps, 'ada', { label: 'till', scopes: ['reads'], hours: 48 });
    deps.clock.advance(47 * HOUR_MS);
    await sessionsOf(deps, token);
    const [session] = await sessionsOf(deps, token);
    assert.equal((session?.used_at ?? 0) - (session?.created_at ?? 0), 47 * HOUR_MS);
    deps.clock.advance(HOUR_MS);
    assert.deepEqual(await sessionsOf(deps, token), []);
    await deps.close();
  });

  test(`${engine}: a replaced token opens nothing, and the new one everybody who was signed in`, async () => {
    const deps = await openTestDeps(engine, 'replaced');
    const before = await openSession(deps, 'ada', { label: 'Firefox' });
    deps.clock.advance(1);
    await openSession(deps, 'ben', { label: 'Firefox', token: before });
    const after = await replaceToken(deps, before);
    assert.deepEqual(await sessionsOf(deps, before), []);
    assert.deepEqual(
      (await sessionsOf(deps, after)).map((session) => session.party),
      ['ben', 'ada'],
      'the last one signed in comes first',
    );
    deps.clock.advance(1);
    await openSession(deps, 'ada', { label: 'Firefox', token: after });
    assert.equal((await sessionsOf(deps, after))[0]?.party, 'ada');
    await endSessions(deps, { tokenHash: tokenHash(after), party: 'ada' });
    assert.equal((await sessionsOf(deps, after)).length, 1);
    await deps.close();
  });
}
