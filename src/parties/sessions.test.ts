import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines, openTestDeps } from '../../test/harness/test-deps.ts';
import { LIMITS } from '../kernel/limits.ts';
import { endSessions, listSessions, openSession, replaceToken, sessionsOf, tokenHash } from './index.ts';

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

  test(`${engine}: a replaced token opens for half a minute who was signed in under it, and nothing of what comes after`, async () => {
    const deps = await openTestDeps(engine, 'replaced');
    const before = await openSession(deps, 'ada', { label: 'Firefox' });
    deps.clock.advance(1);
    await openSession(deps, 'ben', { label: 'Firefox', token: before });
    const after = await replaceToken(deps, before);
    deps.clock.advance(1);
    await openSession(deps, 'cleo', { label: 'Firefox', token: after });
    const parties = async (token: string) => (await sessionsOf(deps, token)).map(({ party }) => party);
    assert.deepEqual(await parties(before), ['ben', 'ada'], 'what is under way arrives');
    assert.deepEqual(await parties(after), ['cleo', 'ben', 'ada'], 'the last one signed in comes first');
    assert.equal((await listSessions(deps, 'ada')).length, 1, 'it is one browser');
    assert.deepEqual(await parties(await replaceToken(deps, before)), [], 'and is replaced once');
    deps.clock.advance(LIMITS.replacedTokenMs - 1);
    assert.deepEqual(await parties(before), []);
    await openSession(deps, 'ada', { label: 'Firefox', token: after });
    assert.equal((await sessionsOf(deps, after))[0]?.party, 'ada');
    await endSessions(deps, { tokenHash: tokenHash(after), party: 'ada' });
    assert.deepEqual(await parties(after), ['cleo', 'ben']);
    await deps.close();
  });

  test(`${engine}: who is signed out is so under the token before, too`, async () => {
    const deps = await openTestDeps(engine, 'replaced-ended');
    const before = await openSession(deps, 'ada', { label: 'Firefox' });
    const after = await replaceToken(deps, before);
    await endSessions(deps, { tokenHash: tokenHash(after), party: 'ada' });
    assert.deepEqual(await sessionsOf(deps, before), []);
    await deps.close();
  });
}
