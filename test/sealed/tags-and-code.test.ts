import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newPassphrase, readRecoveryCode, type Vault } from '../../device/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty, type TestDevice } from './device.ts';

for (const engine of engines()) {
  describe(`${engine}: tags of sealed items, and a new recovery code`, () => {
    let node: TestNode;
    let device: TestDevice;
    let vault: Vault;
    let recoveryCode: string;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
      ({ device, vault, recoveryCode } = await sealedParty(node, 'maya'));
      await done(vault.sealCategory('note'));
    });
    after(() => node.close());

    test('a tag is put on and taken off, and each item that cannot take it is told why', async () => {
      const write = (value: string, tags: string[]) =>
        done(vault.put({ property: 'vcard:note', value, tags }));
      const bare = await write('bare', []);
      const has = await write('has it', ['Red']);
      const gone = await write('in the trash', []);
      const full = await write(
        'full',
        Array.from({ length: 20 }, (_, at) => `tag ${at}`),
      );
      await done(vault.trash([gone.id]));
      const ids = [bare.id, has.id, gone.id, full.id, 'nobody'];
      const put = await done(vault.tag(ids, ' red '));
      assert.deepEqual(put.done, [bare.id]);
      const why = Object.fromEntries(put.not.map(({ id, code }) => [id, code]));
      assert.deepEqual(why, {
        [has.id]: 'tag-there',
        [gone.id]: 'item-trashed',
        [full.id]: 'tags-full',
        nobody: 'item-unknown',
      });
      assert.deepEqual(
        vault.tags().find(({ tag }) => tag === 'Red'),
        { tag: 'Red', items: 2 },
      );
      const other = await done(deviceOf(node, device.whose).open());
      assert.deepEqual((await done(other.get(bare.id))).tags, ['red']);
      assert.deepEqual(
        (await done(other.history(bare.id))).map(({ tags }) => tags),
        [['red'], []],
      );
      const taken = await done(vault.untag([bare.id, has.id, full.id], 'RED'));
      assert.deepEqual(taken.done.toSorted(), [bare.id, has.id].toSorted());
      assert.deepEqual(
        taken.not.map(({ code }) => code),
        ['tag-not-there'],
      );
      assert.equal(await codeOf(vault.tag([bare.id], ' ')), 'input-invalid');
    });

    test('of two recovery codes the newer opens party and vault, once it is on paper', async () => {
      const open = (code: string) => codeOf(deviceOf(node, device.whose).open({ recoveryCode: code }));
      const unseen = vault.renewRecoveryCode(OWN, async () => false);
      assert.equal(await codeOf(unseen), 'recovery-code-unseen');
      let shown = '';
      const written = async (code: string) => {
        shown = code;
        return true;
      };
      assert.equal(await codeOf(vault.renewRecoveryCode('not this one', written)), 'way-shut');
      assert.deepEqual([shown, await open(recoveryCode)], ['', 'ok'], 'a slip changes nothing');
      const byCode = await done(deviceOf(node, device.whose).open({ recoveryCode }));
      await done(byCode.renewRecoveryCode(OWN, written));
      assert.notEqual(await open(recoveryCode), 'ok');
      assert.equal(await open(shown), 'ok');
      assert.equal(await codeOf(byCode.reload()), 'ok', 'whoever came in by the one before stays in');
      await done(vault.reload());
      await done(vault.put({ property: 'vcard:note', value: 'since' }));
      assert.equal(await codeOf(byCode.reload()), 'ok');
      const sent = JSON.stringify(device.asked);
      assert.ok(!sent.includes(shown.replaceAll('-', '')) && !sent.includes(shown), 'the node never sees it');
      const made = await done(newPassphrase(device, 'another walk by the river'));
      const recover = async (code: string) => {
        const forNode = (await readRecoveryCode(code))?.forNode ?? '';
        const input = { handle: 'maya', code: forNode, newPassphrase: made.forNode };
        return (await node.call('recover-party', input)).ok;
      };
      assert.deepEqual([await recover(recoveryCode), await recover(shown)], [false, true]);
    });
  });
}
