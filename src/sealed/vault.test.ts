import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PASSPHRASE, startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { LIMITS } from '../kernel/limits.ts';
import { openSession, sessionsOf } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import type { SealedTables } from './model.ts';
import { prepareSignIn } from './prepare-sign-in.ts';
import { at, BEGIN, type Device, deviceOf, octetsOf, rowsOf, saltOf, split, splitCode } from './testing.ts';

const ann = { as: 'ann' };
const QUARTER_HOUR = 15 * 60_000;

for (const engine of engines()) {
  describe(`vaults on ${engine}`, () => {
    let node: TestNode;
    let home: string;
    let device: Device;
    before(async () => {
      node = await startTestNode({ engine, seed: `vaults-${engine}` });
      home = await node.party('ann');
      device = deviceOf(node, ann);
    });
    after(() => node.close());

    const code = async (operation: string, input: object, by: undefined | typeof ann = ann) =>
      (await node.refused(operation, input, by)).code;

    test('with a vault the passphrase stays on devices: the one before is dead, and nothing else is taken again', async () => {
      const how = (handle: string) => node.done<object>('prepare-sign-in', { handle });
      assert.deepEqual(await how('ann'), { how: 'at-the-node' });
      await node.done('make-recovery-shares', { passphrase: PASSPHRASE }, ann);
      const token = await openSession(node.deps, home, { label: 'another browser' });
      assert.equal(await code('write-sealed', { expects: 1, statement: BEGIN.statement }), 'vault-missing');
      const plain = 'another horse battery';
      assert.equal(await code('begin-vault', { ...BEGIN, newPassphrase: plain }), 'passphrase-stays-here');
      assert.equal(
        await code('begin-vault', { ...BEGIN, recovery: 'AAAA-AAAA' }),
        'recovery-code-stays-here',
      );
      assert.equal(await code('begin-vault', { ...BEGIN, put: BEGIN.put.slice(0, 1) }), 'way-missing');
      assert.equal(await code('begin-vault', { ...BEGIN, passphrase: plain }), 'passphrase-wrong');
      assert.equal(
        await code('change-passphrase', { old: PASSPHRASE, new: split('first') }),
        'passphrase-not-here',
      );
      assert.deepEqual(await node.done('begin-vault', BEGIN, ann), { counter: 1 });
      assert.equal(await code('begin-vault', { ...BEGIN, passphrase: split('first') }), 'vault-exists');

      const here = { how: 'here', salt: saltOf('first'), cost: { memoryKiB: 65_536, passes: 3, lanes: 1 } };
      assert.deepEqual(await how('ann'), here);
      assert.deepEqual(await how('nobody-here'), { how: 'at-the-node' }, 'an unknown handle says nothing');
      assert.deepEqual(await sessionsOf(node.deps, token), [], 'other browsers are signed out');
      const { rows } = await node.done<{ rows: { kind: string }[] }>('list-devices', {}, ann);
      assert.deepEqual(
        rows.map((row) => row.kind),
        ['passphrase', 'recovery-code'],
        'shares of before are void',
      );

      const signIn = (passphrase: string) => ({ handle: 'ann', passphrase });
      const refused = await node.refused('sign-in', signIn(PASSPHRASE));
      assert.deepEqual(refused, await node.refused('sign-in', { handle: 'nobody', passphrase: PASSPHRASE }));
      assert.equal(await code('sign-in', signIn(split('first', 'wrong')), undefined), 'sign-in-refused');
      await node.done('sign-in', signIn(split('first')));
      await node.done('make-recovery-shares', { passphrase: split('first') }, ann);
      const change = { old: split('first'), new: plain };
      assert.equal(await code('change-passphrase', change), 'passphrase-stays-here');
      assert.equal(
        await code('show-recovery-code', { passphrase: split('first') }),
        'recovery-code-stays-here',
      );
    });

    test('passphrase and recovery code are changed by what devices make of them, and never by themselves', async () => {
      node.clock?.advance(QUARTER_HOUR);
      await node.done('change-passphrase', { old: split('first'), new: split('next') }, ann);
      assert.equal(
        await code('sign-in', { handle: 'ann', passphrase: split('first') }, undefined),
        'sign-in-refused',
      );
      const renewed = { passphrase: split('next'), made: splitCode('next') };
      assert.deepEqual(await node.done('show-recovery-code', renewed, ann), { code: '', shownBefore: true });
      const recover = (made: string, newPassphrase: string) => ({ handle: 'ann', code: made, newPassphrase });
      const old = recover(splitCode('first'), split('first'));
      assert.equal(await code('recover-party', old, undefined), 'recovery-refused');
      const inTheClear = recover(splitCode('next'), 'another horse battery');
      assert.equal(await code('recover-party', inTheClear, undefined), 'passphrase-stays-here');
      await node.done('recover-party', recover(splitCode('next'), split('first')));
      await node.done('sign-in', { handle: 'ann', passphrase: split('first') });
    });

    test('who asks from elsewhere how many sign in tires, and locks nobody out', async () => {
      const look = (remote: string | undefined) =>
        prepareSignIn(
          node.deps,
          { home: undefined, isOperator: false, ...(remote !== undefined && { remote }) },
          { handle: 'ann' },
        );
      for (let i = 0; i < LIMITS.signInLooksPerAddress; i++) assert.ok((await look('192.0.2.1')).ok);
      const tired = await look('192.0.2.1');
      assert.equal(tired.ok ? 'ok' : tired.code, 'too-many-attempts');
      assert.ok((await look('192.0.2.2')).ok);
      assert.ok((await look(undefined)).ok);
      await node.done('sign-in', { handle: 'ann', passphrase: split('first') });
    });

    test('of two who write at once one wins, and of the other nothing is written', async () => {
      const write = (who: string) => ({
        ...{ expects: 1, statement: octetsOf(`of ${who}`) },
        put: [{ name: `item/${who}`, octets: octetsOf(who) }],
      });
      const results = await Promise.all(
        ['left', 'right'].map((who) => node.call('write-sealed', write(who), ann)),
      );
      assert.deepEqual(results.map((it) => (it.ok ? 'ok' : it.code)).sort(), ['ok', 'vault-changed']);
      const winner = results[0]?.ok ? 'left' : 'right';
      const { rows } = await node.done<{ rows: object[] }>('read-sealed', { prefix: 'item/' }, ann);
      assert.deepEqual(rows, [{ name: `item/${winner}`, octets: octetsOf(winner) }]);
      const { vault } = await device.shown();
      assert.deepEqual([vault?.counter, vault?.statement], [2, octetsOf(`of ${winner}`)]);
      await device.step('write-sealed', { remove: [`item/${winner}`] });
    });

    test('objects are read page by page, and limits are kept', async () => {
      const big = SEALED_LIMITS.objectBytes;
      for (const n of [1, 2, 3, 4, 5]) {
        const object = { name: `version/big/${n}`, octets: octetsOf(`big ${n}`, big) };
        await device.step('write-sealed', { put: [object] });
      }
      const names: string[] = [];
      let afterName: string | undefined;
      let pages = 0;
      do {
        const asked = { prefix: 'version/big/', ...(afterName !== undefined && { afterName }) };
        const page = await node.done<{ rows: { name: string }[]; next?: string }>('read-sealed', asked, ann);
        names.push(...page.rows.map((row) => row.name));
        afterName = page.next;
        pages++;
      } while (afterName !== undefined);
      assert.deepEqual([names.length, pages], [5, 2]);
      const some = await node.done<{ rows: { name: string }[] }>(
        'read-sealed',
        { names: ['way/recovery', 'item/none', 'version/big/3'] },
        ann,
      );
      assert.deepEqual(
        some.rows.map((row) => row.name),
        ['way/recovery', 'version/big/3'],
      );
      const wrong = [
        { put: [{ name: 'version/big/6', octets: octetsOf('x', big + 1) }] },
        { put: [{ name: 'item/../x', octets: octetsOf('x') }] },
        { put: [1, 2].map(() => ({ name: 'item/x', octets: octetsOf('x') })) },
        { put: [1, 2, 3].map((n) => ({ name: `item/x${n}`, octets: octetsOf('x', big) })) },
      ];
      for (const input of wrong)
        assert.equal(await code('write-sealed', { ...input, ...(await at(device)) }), 'input-invalid');
      const ways = (await device.shown()).ways.map((way) => way.name);
      assert.equal(await code('write-sealed', { remove: ways, ...(await at(device)) }), 'way-missing');
      await setTotals(node, home, { octets: SEALED_LIMITS.octets - 10 });
      const full = { put: [{ name: 'item/one-more', octets: octetsOf('x') }], ...(await at(device)) };
      assert.equal(await code('write-sealed', full), 'vault-full');
      await setTotals(node, home, { octets: SEALED_LIMITS.octets + 5 });
      await device.step('write-sealed', { put: [{ name: 'version/big/1', octets: octetsOf('y', big) }] });
      await setTotals(node, home, { octets: SEALED_LIMITS.octets + SEALED_LIMITS.octetsToTidy - 10 });
      const longer = { put: [{ name: 'way/recovery', octets: octetsOf('x', 500) }], ...(await at(device)) };
      assert.equal(await code('write-sealed', longer), 'vault-full', 'nor does it grow without end');
      await setTotals(node, home, await totals(node, home));
      await device.step('write-sealed', { remove: names });
      const { vault } = await rowsOf(node, home);
      assert.deepEqual({ objects: vault?.objects, octets: vault?.octets }, await totals(node, home));
    });
  });
}

async function totals(node: TestNode, home: string): Promise<{ objects: number; octets: number }> {
  const { objects } = await rowsOf(node, home);
  return { objects: objects.length, octets: objects.reduce((sum, row) => sum + row.octets.length, 0) };
}

async function setTotals(node: TestNode, home: string, to: { octets: number }): Promise<void> {
  await node.deps.storage.transact(home, (tx) =>
    tables<SealedTables>(tx).updateTable('sealed_vaults').set(to).where('home_id', '=', home).execute(),
  );
}
