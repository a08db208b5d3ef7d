import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  acceptNone,
  acceptVault,
  beginVault,
  forgetHandle,
  forgetVault,
  inputToSend,
  openVault,
  passphraseFor,
  refuseInTheClear,
  setBackTo,
} from '../../device/index.ts';
import { accept } from '../../src/doors/cli/sealed/accept.ts';
import { begin } from '../../src/doors/cli/sealed/acts.ts';
import { PASSPHRASE, startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty, type TestDevice } from './device.ts';
import { copyOf, putBack } from './store.ts';

const NAME = 'schema:name';
const PAPER = 'b9d5-mpjt-b9d5-mpjt-b9d5-mpjt-b8';

for (const engine of engines()) {
  describe(`${engine}: a vault after a backup of the node was put back`, () => {
    let node: TestNode;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
    });
    after(() => node.close());

    test('after a backup was put back its owner says so, and goes on from there on each device', async () => {
      const { device, vault } = await sealedParty(node, 'ada');
      const other = deviceOf(node, device.whose);
      await done(vault.sealCategory('contact'));
      const older = await copyOf(node, device.whose.home);
      await done(vault.put({ property: NAME, value: 'in the backup' }));
      const backup = await copyOf(node, device.whose.home);
      const since = await done(vault.put({ property: NAME, value: 'since' }));
      await done(other.open());
      await putBack(node, device.whose.home, backup);
      for (const one of [device, other]) {
        assert.equal(await codeOf(one.open()), 'vault-rolled-back');
        const { shown, missing } = await done(setBackTo(one, one.whose));
        assert.equal(missing, 1);
        assert.equal(
          await codeOf(acceptVault(one, one.whose, { passphrase: 'not this one' }, shown)),
          'way-shut',
          'nobody says so without a way in',
        );
        assert.equal(await codeOf(one.open()), 'vault-rolled-back');
        // What its owner was told of is accepted, and nothing that is older still.
        await putBack(node, device.whose.home, older);
        assert.equal(await codeOf(acceptVault(one, one.whose, { passphrase: OWN }, shown)), 'shown-other');
        await putBack(node, device.whose.home, backup);
        const accepted = await done(acceptVault(one, one.whose, { passphrase: OWN }, shown));
        assert.equal(await codeOf(accepted.get(since.id)), 'item-unknown');
        await done(accepted.put({ property: NAME, value: 'after it' }));
        assert.equal(await codeOf(one.open()), 'ok');
        // The other device has seen neither of these.
        await putBack(
          node,
          device.whose.home,
          one === device ? backup : await copyOf(node, device.whose.home),
        );
      }
    });

    test('a node from before anything was sealed gets the passphrase of then, and never the one since', async () => {
      const whose = { home: await node.party('otto'), handle: 'otto' };
      const device: TestDevice = deviceOf(node, whose);
      await device.memory.remember('handle:otto', { counter: 0, digest: '', root: 0, isSplit: true });
      await device.memory.remember(whose.home, { counter: 7, digest: 'x', root: 1, isSplit: true });
      assert.equal(await codeOf(passphraseFor(device, 'otto', PASSPHRASE)), 'passphrase-asked');
      await acceptNone(device, whose);
      assert.equal(await done(passphraseFor(device, 'otto', PASSPHRASE)), PASSPHRASE);
      const begun = await done(beginVault(device, { ...whose, passphrase: PASSPHRASE, newPassphrase: OWN }));
      begun.vault.close();
      await forgetVault(device, whose);
      const answer = { how: 'at-the-node' };
      device.between = () => async () => ({ ok: true, value: answer });
      assert.equal(await codeOf(passphraseFor(device, 'otto', OWN)), 'passphrase-asked');
    });

    test('on the command line, a node from before anything was sealed is accepted, and begun with anew', async () => {
      const whose = { home: await node.party('ben'), handle: 'ben' };
      const device = deviceOf(node, whose);
      const none = { counter: 0, digest: '', root: 0, isSplit: true, sealed: ['contact'] } as const;
      await device.memory.remember('handle:ben', none);
      await device.memory.remember(whose.home, { ...none, counter: 7, digest: 'x', root: 1, mark: 'm' });
      const secrets = {
        isAsked: false,
        read: async (_: string, file?: string) => ({ ok: true, value: file ?? '' }) as const,
      };
      const deps = { s: device, whose, secrets, here: '/', out: undefined, tell() {}, show() {} };
      const files = { passphraseFile: PASSPHRASE, newPassphraseFile: OWN };
      const said = { handle: 'ben', isSaid: true, isSomebodyKnown: async () => true };
      assert.equal(await codeOf(begin(deps, {}, files)), 'vault-gone');
      assert.equal(await codeOf(accept(deps, {}, {})), 'missing-unseen');
      assert.equal(await codeOf(accept(deps, {}, { shown: '6.x' })), 'shown-other');
      assert.equal(await codeOf(device.open()), 'vault-gone', 'nothing is forgotten unseen');
      assert.deepEqual((await done(accept(deps, {}, { shown: 'none' }))).ways, []);
      assert.equal(await refuseInTheClear(device, whose, 'contact'), undefined);
      assert.equal(await codeOf(accept(deps, {}, {})), 'vault-none');
      // The passphrase from before is sent, and no code is: what the node only hides would open with it.
      assert.equal(await done(passphraseFor(device, 'ben', PASSPHRASE)), PASSPHRASE);
      const paper = () => codeOf(inputToSend(device, 'recover-party', { handle: 'ben', code: PAPER }, said));
      assert.equal(await paper(), 'code-asked');
      await done(forgetHandle(device, 'ben'));
      assert.equal(await paper(), 'ok', 'where the party is gone, the name is anybody’s');
      assert.equal(await codeOf(begin(deps, {}, files)), 'ok');
    });

    test('whoever has agreed to nothing goes on from no vault that the node shows later, until that is agreed to too', async () => {
      const { device, vault } = await sealedParty(node, 'cleo');
      await done(vault.sealCategory('contact'));
      await done(vault.addPasskey('lost', new Uint8Array(32).fill(9)));
      const lastYear = await copyOf(node, device.whose.home);
      await done(vault.removeWay('way/passkey/lost'));
      vault.close();
      const now = await copyOf(node, device.whose.home);
      const secrets = { isAsked: false, read: async () => ({ ok: true, value: OWN }) as const };
      const deps = {
        s: device,
        whose: device.whose,
        secrets,
        here: '/',
        out: undefined,
        tell() {},
        show() {},
      };
      device.between = (call) => async (operation, input) =>
        operation === 'show-vault'
          ? { ok: true, value: { ways: [], categories: [], passphrase: { how: 'at-the-node' } } }
          : call(operation, input);
      await done(accept(deps, {}, { shown: 'none' }));
      device.between = (call) => call;
      await putBack(node, device.whose.home, lastYear);
      assert.equal(await codeOf(device.open()), 'shown-after-none');
      const renamed = { ...device.whose, handle: 'cleo-since' };
      assert.equal(await codeOf(openVault(device, renamed, { passphrase: OWN })), 'shown-after-none');
      const said = await accept(deps, {}, {});
      assert.match(said.ok ? '' : said.message, /cannot tell from when/);
      await putBack(node, device.whose.home, now);
      const { shown } = await done(setBackTo(device, device.whose));
      await done(accept(deps, {}, { shown }));
      const opened = await done(device.open());
      assert.equal(opened.ways().length, 2);
      await putBack(node, device.whose.home, lastYear);
      assert.equal(await codeOf(device.open()), 'vault-rolled-back');
    });
  });
}
