import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Vault } from '../../device/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty, type TestDevice } from './device.ts';

for (const engine of engines()) {
  describe(`${engine}: a vault on the node itself`, () => {
    let node: TestNode;
    let device: TestDevice;
    let vault: Vault;
    let recoveryCode: string;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
      ({ device, vault, recoveryCode } = await sealedParty(node, 'maya'));
    });
    after(() => node.close());

    test('what is sealed comes back as it was, and is found', async () => {
      const maya = { as: 'maya' };
      const served = await node.done<{ id: string }>('put-item', { property: 'schema:email', value: 'maya@example.org' }, maya);
      await node.done('put-item', { id: served.id, property: 'schema:email', value: 'maya@example.net', tags: ['mail'] }, maya);
      await done(vault.sealCategory('contact'));
      assert.equal(await node.refused('put-item', { property: 'schema:email', value: 'x@example.org' }, maya).then((it) => it.code), 'category-sealed');
      const made = await done(vault.put({ property: 'schema:name', value: ' Maya  Peeters ', note: 'since ever' }));
      assert.equal(made.value, 'Maya  Peeters');
      const second = await done(deviceOf(node, device.whose).open());
      assert.deepEqual(second.list({ limit: 10 }).rows.map((row) => row.property), ['schema:name', 'schema:email']);
      assert.equal(second.list({ search: 'EXAMPLE.net mail', limit: 10 }).rows[0]?.id, served.id);
      const item = await done(second.get(served.id));
      assert.deepEqual([item.value, item.version, item.tags], ['maya@example.net', 2, ['mail']]);
      assert.deepEqual((await done(second.history(served.id))).map((it) => [it.version, it.value]), [[2, 'maya@example.net'], [1, 'maya@example.org']]);
      const third = await done(deviceOf(node, device.whose).open({ recoveryCode }));
      assert.deepEqual(await done(third.get(made.id)), made);
      assert.equal(await codeOf(deviceOf(node, device.whose).open({ passphrase: `${OWN}!` })), 'way-shut');
    });
  });
}
