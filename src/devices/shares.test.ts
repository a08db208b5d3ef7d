import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PASSPHRASE } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { open } from '../kernel/sealing.ts';
import { tables } from '../storage/index.ts';
import type { DeviceTables } from './model.ts';
import { ORIGIN, openWorld, softPasskey, type World } from './testing.ts';

for (const engine of engines()) {
  describe(`recovery shares on ${engine}`, () => {
    let world: World;
    before(async () => {
      world = await openWorld(engine, 'shares');
    });
    after(() => world.node.close());

    test('two shares of three open the party, in any pairing, and new ones make them void', async () => {
      const at = await world.signedIn('cleo');
      const first = await world.done<Shares>(at, 'make-recovery-shares', { passphrase: PASSPHRASE });
      assert.equal(first.voided, false);
      for (const share of first.shares) assert.match(share, /^(?:[0-9a-z]{4}-){9}[0-9a-z]{4}$/);
      const [a = '', b = '', c = ''] = first.shares;
      const newPassphrase = PASSPHRASE;
      for (const [one, other] of [
        [a, b],
        [c, a],
        [b, c.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')],
      ]) {
        const back = world.browser();
        await world.done(back, 'recover-with-shares', {
          handle: 'cleo',
          first: one,
          second: other,
          newPassphrase,
        });
        assert.equal((await back.post('who-am-i')).json.acting.handle, 'cleo');
      }
      assert.equal((await at.post('who-am-i')).json.acting, undefined, 'other browsers are signed out');
      const recover = (shares: object) =>
        world.code(world.browser(), 'recover-with-shares', { handle: 'cleo', newPassphrase, ...shares });
      assert.equal(await recover({ first: a, second: a }), 'shares-alike');
      const slip = `${b.slice(0, 5)}${b[5] === '7' ? '8' : '7'}${b.slice(6)}`;
      assert.equal(await recover({ first: a, second: slip }), 'share-misread');
      assert.equal(
        await world.code(world.browser(), 'recover-with-shares', {
          handle: 'ada',
          first: a,
          second: b,
          newPassphrase,
        }),
        'recovery-refused',
      );
      const anew = await world.signedIn('cleo');
      const row = (await world.listed(anew)).find((it) => it.kind === 'recovery-shares');
      assert.notEqual(row?.usedAt, undefined);
      const next = await world.done<Shares>(anew, 'make-recovery-shares', { passphrase: PASSPHRASE });
      assert.equal(next.voided, true);
      assert.equal(await recover({ first: a, second: b }), 'recovery-refused');
      assert.equal(await recover({ first: a, second: next.shares[1] }), 'shares-apart');
      assert.equal(
        await world.code(anew, 'make-recovery-shares', { passphrase: 'wrong horse battery' }),
        'passphrase-wrong',
      );
    });

    test('nothing that a passkey or a share opens lies open in the database', async () => {
      const at = await world.signedIn('ada');
      for (const algorithm of ['EdDSA', 'ES256'] as const)
        await world.add(at, softPasskey(algorithm, ORIGIN));
      const rows = await world.node.deps.storage.read((view) =>
        tables<DeviceTables>(view).selectFrom('passkeys').selectAll().execute(),
      );
      const wrapped = rows.flatMap((row) => (row.wrapped === null ? [] : row));
      assert(wrapped.length === 2);
      for (const row of wrapped) {
        const context = `passkey|${row.home_id}|${row.id}`;
        assert.equal(open(world.node.deps.nodeKey, row.wrapped ?? new Uint8Array(0), context), undefined);
      }
    });
  });
}

interface Shares {
  readonly shares: string[];
  readonly voided: boolean;
}
