import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { beginVault, forgetHandle, passphraseFor, refuseInTheClear, type Whose } from '../../device/index.ts';
import { importParty } from '../../src/archive/import-party.ts';
import { ARCHIVE_PASSPHRASE, exportQuickly, scratchFolder, uploadOf } from '../../src/archive/testing.ts';
import { accept } from '../../src/doors/cli/sealed/accept.ts';
import { PASSPHRASE, startTestNode, type TestNode } from '../harness/node.ts';
import { enginesInCi } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty, type TestDevice } from './device.ts';

const folder = scratchFolder();

for (const engine of enginesInCi()) {
  describe(`${engine}: a party that comes back under another name`, () => {
    let node: TestNode;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
    });
    after(() => node.close());

    async function kept(home: string, name: string): Promise<string> {
      const path = join(folder, `${engine}-${name}`);
      writeFileSync(path, readFileSync(await exportQuickly(node, home)));
      return path;
    }

    /** Removed where this device does not see it; somebody else takes its name before it comes back. */
    async function comesBack(device: TestDevice, path: string): Promise<TestDevice> {
      const { handle, home } = device.whose;
      const passphrase = await done(passphraseFor(deviceOf(node, device.whose), handle, OWN));
      await node.done('remove-party', { passphrase }, { as: handle });
      await node.party(handle);
      const file = { file: uploadOf(path), passphrase: ARCHIVE_PASSPHRASE };
      const back = await done(importParty(node.deps, { home: undefined, isOperator: true }, file));
      assert.equal(back.handle, `${handle}-2`);
      return another(device, { home, handle: back.handle });
    }

    /** The same device, which acts as somebody else. */
    function another(device: TestDevice, whose: Whose): TestDevice {
      const one = deviceOf(node, whose);
      for (const [name, it] of device.kept) one.kept.set(name, it);
      return one;
    }

    test('it is opened as before, and each of its names is forgotten by itself', async () => {
      const { device, vault } = await sealedParty(node, 'rosa');
      await done(vault.sealCategory('contact'));
      const again = await comesBack(device, await kept(device.whose.home, 'sealed'));
      (await done(again.open())).close();
      again.between = () => async () => ({ ok: true, value: { how: 'at-the-node' } });
      assert.equal(await codeOf(passphraseFor(again, 'rosa-2', 'a word of no worth')), 'passphrase-asked');
      const elsewhere = { home: 'as the node says', handle: 'rosa-2' };
      assert.equal((await refuseInTheClear(again, elsewhere, 'contact'))?.code, 'category-sealed');
      again.between = (call) => call;
      // The name belongs to somebody else now, whose passphrase goes to the node.
      assert.equal(await codeOf(passphraseFor(again, 'rosa', PASSPHRASE)), 'passphrase-asked');
      await done(forgetHandle(again, 'rosa'));
      assert.equal(await done(passphraseFor(again, 'rosa', PASSPHRASE)), PASSPHRASE);
      assert.equal(await codeOf(forgetHandle(again, 'rosa-2')), 'vault-there');
      const passphrase = await done(passphraseFor(again, 'rosa-2', OWN));
      await node.done('remove-party', { passphrase }, { as: 'rosa-2' });
      const since = another(again, { home: '', handle: 'rosa' });
      await done(forgetHandle(since, 'rosa-2'));
      assert.equal(await codeOf(forgetHandle(since, 'rosa-2')), 'handle-not-remembered');
    });

    test('as it was before anything was sealed, it is accepted, and begun with anew', async () => {
      const whose = { home: await node.party('emma'), handle: 'emma' };
      const path = await kept(whose.home, 'unsealed');
      const device = deviceOf(node, whose);
      const beginning = { passphrase: PASSPHRASE, newPassphrase: OWN };
      (await done(beginVault(device, { ...whose, ...beginning }))).vault.close();
      const again = await comesBack(device, path);
      const begin = () => beginVault(again, { ...again.whose, ...beginning, newPassphrase: `${OWN} and on` });
      assert.equal(await codeOf(begin()), 'vault-gone');
      const not = await forgetHandle(again, 'emma-2');
      assert.match(
        not.ok ? '' : `${not.code}: ${not.next}`,
        /^handle-not-remembered: .*called before.*accept-sealed/,
      );
      const secrets = { isAsked: false, read: async () => ({ ok: true, value: '' }) as const };
      const deps = { s: again, whose: again.whose, secrets, here: '/', out: undefined, tell() {}, show() {} };
      await done(accept(deps, {}, { shown: 'none' }));
      assert.equal(await codeOf(begin()), 'ok');
    });
  });
}
