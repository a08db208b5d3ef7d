import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PASSPHRASE } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { NODE_HOME, openSession, tokenHash } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import type { DeviceTables } from './model.ts';
import { passkeysOf } from './store.ts';
import { MINUTE_MS, ORIGIN, openWorld, softPasskey, type World } from './testing.ts';

interface NodeValues {
  node_values: { home_id: string; name: string };
}

for (const engine of engines()) {
  describe(`devices on ${engine}`, () => {
    let world: World;
    before(async () => {
      world = await openWorld(engine, 'devices');
    });
    after(() => world.node.close());

    for (const algorithm of ['ES256', 'EdDSA'] as const) {
      test(`a passkey (${algorithm}) opens the party as the passphrase does, and is listed with its use`, async () => {
        const at = await world.signedIn('ada');
        const device = softPasskey(algorithm, ORIGIN);
        const { id } = await world.add(at, device, { name: `phone ${algorithm}` });
        world.node.clock?.advance(MINUTE_MS);
        const elsewhere = world.browser();
        const opened = await world.done<{ party: { id: string }; hasOpened: boolean; passkey: string }>(
          elsewhere,
          'sign-in-with-passkey',
          await world.answerOf(elsewhere, device),
        );
        assert.deepEqual([opened.party.id, opened.hasOpened, opened.passkey], [world.homes.ada, true, id]);
        assert.equal((await elsewhere.post('who-am-i')).json.acting.handle, 'ada');
        const row = (await world.listed(elsewhere)).find((it) => it.id === id);
        assert.deepEqual(
          [row?.name, row?.opensKeys, row?.isHere, row?.site, row?.sessions],
          [`phone ${algorithm}`, true, true, 'localhost', 1],
        );
        assert.equal((row?.usedAt ?? 0) - (row?.madeAt ?? 0), MINUTE_MS);
      });
    }

    test('identities used up are made anew when a passkey opens the keys, and not when it only signs in', async () => {
      const at = await world.signedIn('ben');
      const device = softPasskey('EdDSA', ORIGIN);
      await world.add(at, device);
      const count = () =>
        world.node.deps.storage.read(async (view) => {
          const rows = await tables<{ recovery_commitments: { home_id: string; position: number } }>(view)
            .selectFrom('recovery_commitments')
            .select('position')
            .where('home_id', '=', world.homes.ben ?? '')
            .execute();
          return rows.length;
        });
      await world.node.deps.storage.transact(world.homes.ben ?? '', (tx) =>
        tables<{ recovery_commitments: { home_id: string } }>(tx)
          .deleteFrom('recovery_commitments')
          .where('home_id', '=', tx.home)
          .execute(),
      );
      const { opener: _, ...only } = await world.answerOf(at, device);
      assert.equal(
        (await world.done<{ hasOpened: boolean }>(at, 'sign-in-with-passkey', only)).hasOpened,
        false,
      );
      assert.equal(await count(), 0);
      const again = world.browser();
      await world.done(again, 'sign-in-with-passkey', await world.answerOf(again, device));
      assert.equal(await count(), world.node.deps.commitmentsAhead);
    });

    test('a passkey that gives no key signs in and opens nothing', async () => {
      const at = await world.signedIn('cleo');
      const device = softPasskey('ES256', ORIGIN);
      const { options, salt } = await world.prepare(at);
      const { passkey } = device.make(options, salt);
      const input = { name: 'old key', passkey, passphrase: PASSPHRASE };
      const made = await world.done<{ id: string; opensKeys: boolean }>(at, 'add-passkey', input);
      assert.equal(made.opensKeys, false);
      assert.equal((await at.post('prepare-passkey-sign-in', { again: true })).json.code, 'no-passkey-here');
      const elsewhere = world.browser();
      const answer = await world.answerOf(elsewhere, device);
      const opened = await world.done<{ hasOpened: boolean }>(elsewhere, 'sign-in-with-passkey', answer);
      assert.equal(opened.hasOpened, false);
      await world.done(at, 'remove-passkey', { id: made.id });
    });

    test('the passkeys of a removed party go with it, and one that stayed behind signs nobody in', async () => {
      const home = await world.node.party('dora');
      const at = await world.signedIn('dora');
      const device = softPasskey('ES256', ORIGIN);
      await world.add(at, device);
      const { storage } = world.node.deps;
      const left = () => storage.read((view) => passkeysOf(view, home));
      const [row] = await left();
      assert(row);
      await world.done(at, 'remove-party', { passphrase: PASSPHRASE });
      assert.deepEqual(await left(), []);
      await storage.transact(home, (tx) =>
        tables<DeviceTables>(tx).insertInto('passkeys').values(row).execute(),
      );
      await world.node.deps.storage.transact(NODE_HOME, (tx) =>
        tables<NodeValues>(tx)
          .deleteFrom('node_values')
          .where('home_id', '=', NODE_HOME)
          .where('name', 'like', 'operator/%')
          .execute(),
      );
      assert.equal(await world.comeIn(device), 'passkey-refused');
      const named = await storage.read((view) =>
        tables<NodeValues>(view)
          .selectFrom('node_values')
          .select('name')
          .where('home_id', '=', NODE_HOME)
          .where('name', 'like', `%${home}`)
          .execute(),
      );
      assert.deepEqual(named, [], 'and runs no node');
    });

    test('a removed passkey opens nothing; the browsers that came in with it stay or go', async () => {
      const at = await world.signedIn('ben');
      const [lost, kept] = [softPasskey('EdDSA', ORIGIN), softPasskey('EdDSA', ORIGIN)];
      const { id } = await world.add(at, lost, { name: 'lost' });
      await world.add(at, kept, { name: 'kept' });
      const thief = world.browser();
      assert.equal(await world.comeIn(lost, undefined, thief), 'in');
      await world.done(at, 'rename-passkey', { id, name: 'the lost one' });
      assert((await world.listed(at)).some((row) => row.name === 'the lost one'));
      assert.equal(
        await world.code(await world.signedIn('ada'), 'remove-passkey', { id }),
        'passkey-unknown',
      );
      assert.equal(
        await world.code(await world.signedIn('ada'), 'rename-passkey', { id, name: 'x' }),
        'passkey-unknown',
      );
      const again = await world.add(at, softPasskey('ES256', ORIGIN));
      assert.deepEqual(await world.done(at, 'remove-passkey', { id: again.id }), { endedSessions: 0 });
      assert.deepEqual(await world.done(at, 'remove-passkey', { id, signOut: true }), { endedSessions: 1 });
      assert.equal((await thief.post('who-am-i')).json.acting, undefined);
      assert.equal((await at.post('who-am-i')).json.acting.handle, 'ben');
      assert.equal(await world.comeIn(lost), 'passkey-refused');
      assert.equal(await world.comeIn(kept), 'in');
    });

    test('who changes the passphrase is told how many other ways stay open', async () => {
      await world.node.party('emil');
      const at = await world.signedIn('emil');
      const change = { old: PASSPHRASE, new: PASSPHRASE };
      const ways = async () =>
        (await world.done<{ otherWays: number }>(at, 'change-passphrase', change)).otherWays;
      assert.equal(await ways(), 1, 'the recovery code');
      await world.add(at, softPasskey('EdDSA', ORIGIN));
      await world.done(at, 'make-recovery-shares', { passphrase: PASSPHRASE });
      assert.equal(await ways(), 3);
      await world.done(at, 'create-token', { label: 'till', scopes: ['reads'] });
      assert.equal(await ways(), 4);
    });

    test('adding one asks once more who it is, and a slip there costs nothing', async () => {
      const at = await world.signedIn('ada');
      const device = softPasskey('EdDSA', ORIGIN);
      const { options, salt } = await world.prepare(at);
      const made = { name: 'phone', ...device.make(options, salt) };
      assert.equal(await world.code(at, 'add-passkey', made), 'proof-needed');
      const slip = { ...made, passphrase: 'wrong horse battery' };
      assert.equal(await world.code(at, 'add-passkey', slip), 'passphrase-wrong');
      await world.done(at, 'add-passkey', { ...made, passphrase: PASSPHRASE });
      assert.equal(
        await world.code(at, 'add-passkey', { ...made, passphrase: PASSPHRASE }),
        'passkey-not-made',
        'once',
      );
      const anew = await world.prepare(at);
      const twice = { name: 'phone', ...device.make(anew.options, anew.salt), passphrase: PASSPHRASE };
      assert.equal(await world.code(at, 'add-passkey', twice), 'passkey-known');
      assert(anew.options.excludeCredentials.some((it) => it.id === made.passkey.id));
      const second = softPasskey('ES256', ORIGIN);
      const asked = await world.prepareSignIn(at, { again: true });
      assert(asked.options.allowCredentials.some((it) => it.id === made.passkey.id));
      const again = device.sign(asked.options, asked.salt);
      const more = await world.prepare(at);
      await world.done(at, 'add-passkey', { name: 'second', ...second.make(more.options, more.salt), again });
      assert.equal(await world.comeIn(second), 'in');
    });

    test('whoever has forgotten the passphrase chooses another on the word of a passkey that opens keys', async () => {
      const at = await world.signedIn('ben');
      const elsewhere = await world.signedIn('ben');
      const device = softPasskey('EdDSA', ORIGIN);
      await world.add(at, device);
      const ask = async () => {
        const { options, salt } = await world.prepareSignIn(at, { again: true });
        return device.sign(options, salt);
      };
      const { opener: _, ...keyless } = await ask();
      const newPassphrase = 'another horse battery';
      assert.equal(
        await world.code(at, 'reset-passphrase', { again: keyless, newPassphrase }),
        'passkey-opens-nothing',
      );
      const forSignIn = await world.answerOf(at, device);
      assert.equal(
        await world.code(at, 'reset-passphrase', { again: forSignIn, newPassphrase }),
        'passkey-refused',
      );
      await world.done(at, 'reset-passphrase', { again: await ask(), newPassphrase });
      assert.equal((await at.post('who-am-i')).json.acting.handle, 'ben');
      assert.equal((await elsewhere.post('who-am-i')).json.acting, undefined);
      const old = { handle: 'ben', passphrase: PASSPHRASE };
      assert.equal(await world.code(world.browser(), 'sign-in', old), 'sign-in-refused');
      await world.done(at, 'reset-passphrase', { again: await ask(), newPassphrase: PASSPHRASE });
      await world.signedIn('ben');
    });

    test('sessions opened otherwise are not a passkey’s', async () => {
      const at = await world.signedIn('ben');
      const token = await openSession(world.node.deps, world.homes.ben ?? '', { label: 'Firefox' });
      const { id } = await world.add(at, softPasskey('EdDSA', ORIGIN));
      assert.deepEqual(await world.done(at, 'remove-passkey', { id, signOut: true }), { endedSessions: 0 });
      const { rows } = await world.done<{ rows: { id: string }[] }>(at, 'list-sessions');
      assert(rows.some((row) => row.id === tokenHash(token)));
    });
  });
}
