import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { passphraseFor } from '../../device/index.ts';
import { rememberPassphrase } from '../../device/known.ts';
import { changeHere } from '../../src/doors/cli/sealed/split-input.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { fail } from '../../src/kernel/result.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { codeOf, done, OWN, sealedParty, type TestDevice } from './device.ts';

/** What the command line tells of an operation that changes a passphrase. */
async function changed(device: TestDevice, operation: string, input: JsonObject): Promise<string> {
  const whose = async () => ({ ok: true, value: device.whose }) as const;
  const it = await changeHere(device, operation, device.whose.handle, whose, input);
  assert.ok(it, 'it is done on the device');
  return codeOf(it);
}

for (const engine of engines()) {
  describe(`${engine}: passphrases that a device remembers`, () => {
    let node: TestNode;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
    });
    after(() => node.close());

    test('tries that a node refuses do not make a device forget the passphrase in force, nor does whoever else uses it', async () => {
      const { device } = await sealedParty(node, 'lena');
      const { argon2 } = device;
      const isTry = (passphrase: string) => passphrase.startsWith('tried');
      device.argon2 = (passphrase, salt, cost) =>
        isTry(passphrase)
          ? Promise.resolve(Buffer.from(`${passphrase} ${salt}`))
          : argon2(passphrase, salt, cost);
      const refused = fail('too-often', 'It refuses.', 'Wait.');
      device.between = (call) => async (operation, input) =>
        operation === 'recover-party' || operation === 'change-passphrase' ? refused : call(operation, input);
      for (let at = 1; at <= 8; at++) {
        const next = `tried ${at} times over`;
        const recover = { handle: 'lena', code: 'none', newPassphrase: next };
        assert.equal(await changed(device, 'recover-party', recover), 'too-often');
      }
      const change = { old: OWN, new: 'tried once more' };
      assert.equal(await changed(device, 'change-passphrase', change), 'too-often');
      const sent = async (passphrase: string) => {
        device.between = () => async () => ({ ok: true, value: { how: 'at-the-node' } });
        const code = await codeOf(passphraseFor(device, 'somebody-else', passphrase));
        device.between = (call) => call;
        return code;
      };
      for (const one of [OWN, 'tried 1 times over', 'tried once more'])
        assert.equal(await sent(one), 'passphrase-asked');
      assert.equal(await sent('tried by nobody here'), 'ok');
      assert.ok(!JSON.stringify(device.asked).includes('tried'));
      // Of eight people who use this device the one who was here last is forgotten last.
      const cost = { memoryKiB: 65_536, passes: 3, lanes: 1 };
      const somebody = (at: number) => {
        const octets = new Uint8Array(32).fill(at);
        return rememberPassphrase(device, { salt: octets.slice(16), cost, wayKey: octets });
      };
      for (let at = 1; at <= 7; at++) await somebody(at);
      (await done(device.open())).close();
      await somebody(8);
      assert.equal(await sent(OWN), 'passphrase-asked');
    });
  });
}
