import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { USUAL_COST } from '../../device/halves.ts';
import {
  acceptNone,
  inputToSend,
  newPassphrase,
  passphraseFor,
  readRecoveryCode,
} from '../../device/index.ts';
import { rememberPassphrase } from '../../device/known.ts';
import { changeHere } from '../../src/doors/cli/sealed/split-input.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { fail, ok } from '../../src/kernel/result.ts';
import { PASSPHRASE, startTestNode, type TestNode } from '../harness/node.ts';
import { enginesInCi } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty, type TestDevice } from './device.ts';

const NEXT = 'another walk up the hill';

/** Says that argon2id takes a pass more than it was told. */
const dearer: TestDevice['between'] = (call) => async (operation, input) => {
  if (operation === 'sign-in') return ok({});
  const answer = await call(operation, input);
  if (operation !== 'show-vault' || !answer.ok) return answer;
  const shown = answer.value as { passphrase: { cost?: { passes: number } } }; // as show-vault answers
  if (shown.passphrase.cost) shown.passphrase.cost.passes++;
  return answer;
};

/** What the command line tells of an operation that changes a passphrase. */
async function changed(device: TestDevice, operation: string, input: JsonObject): Promise<string> {
  const whose = async () => ({ ok: true, value: device.whose }) as const;
  const it = await changeHere(device, operation, device.whose.handle, whose, input);
  assert.ok(it, 'it is done on the device');
  return codeOf(it);
}

for (const engine of enginesInCi()) {
  describe(`${engine}: passphrases that a device remembers`, () => {
    let node: TestNode;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
    });
    after(() => node.close());

    test('tries that a node refuses do not make a device forget the passphrase in force, nor does whoever else uses it', async () => {
      const { device: first } = await sealedParty(node, 'lena');
      const device = deviceOf(node, first.whose);
      (await done(device.open())).close();
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

    test('a new passphrase is adopted only as this device has chosen it, so that it opens later', async () => {
      const { device: first, recoveryCode } = await sealedParty(node, 'mona');
      const device = deviceOf(node, first.whose);
      device.between = dearer;
      const recover = { handle: 'mona', code: recoveryCode, newPassphrase: NEXT };
      assert.equal(await changed(device, 'recover-party', recover), 'node-odd');
      const vault = await done(device.open({ recoveryCode }));
      assert.equal(await codeOf(vault.adoptPassphrase(NEXT)), 'node-odd', 'nor at the second try');
      device.between = (call) => call;
      const another = { salt: new Uint8Array(16), cost: USUAL_COST };
      assert.equal(
        await codeOf(vault.adoptPassphrase(NEXT, another)),
        'node-odd',
        'what was chosen just now',
      );
      await done(vault.adoptPassphrase(NEXT));
      for (const one of [device, deviceOf(node, first.whose)])
        assert.equal(await codeOf(one.open({ passphrase: NEXT })), 'ok');
    });

    test('what a device has adopted at a cost of the node’s own it opens again, whatever the node says then', async () => {
      const { device: first, recoveryCode } = await sealedParty(node, 'nela');
      const device = deviceOf(node, first.whose);
      const made = await done(newPassphrase(first, NEXT));
      const code = (await readRecoveryCode(recoveryCode))?.forNode;
      await node.done('recover-party', { handle: 'nela', code, newPassphrase: made.forNode });
      device.between = dearer;
      const vault = await done(device.open({ recoveryCode }));
      await done(vault.adoptPassphrase(NEXT));
      assert.equal(await codeOf(device.open({ passphrase: NEXT })), 'ok');
      device.between = (call) => call;
      assert.equal(await codeOf(device.open({ passphrase: NEXT })), 'ok');
    });

    test('a slip shuts nobody out: what is adopted is the passphrase that the node knows', async () => {
      const { device: first, recoveryCode } = await sealedParty(node, 'olga');
      const made = await done(newPassphrase(first, NEXT));
      const code = (await readRecoveryCode(recoveryCode))?.forNode;
      await node.done('recover-party', { handle: 'olga', code, newPassphrase: made.forNode });
      const device = deviceOf(node, first.whose);
      const vault = await done(device.open({ recoveryCode }));
      assert.equal(await codeOf(vault.adoptPassphrase(`${NEXT}s`)), 'way-shut');
      await done(vault.adoptPassphrase(NEXT));
      assert.equal(await codeOf(vault.adoptPassphrase(`${NEXT}s`)), 'way-shut', 'nor once it is a way');
      assert.equal(await codeOf(device.open({ passphrase: NEXT })), 'ok');
    });

    test('a passphrase that a node has seen never opens what is sealed', async () => {
      const { device, vault } = await sealedParty(node, 'paula');
      await node.party('shop');
      await done(passphraseFor(device, 'shop', PASSPHRASE));
      assert.equal(await codeOf(vault.changePassphrase(OWN, PASSPHRASE)), 'passphrase-known');
      assert.equal(await codeOf(vault.adoptPassphrase(PASSPHRASE)), 'passphrase-known');
      assert.equal(await codeOf(device.open()), 'ok');
    });

    test('half of a passphrase has gone out, so all of it never does, whatever it opens', async () => {
      const { device: first } = await sealedParty(node, 'rosa');
      const device = deviceOf(node, first.whose);
      await done(passphraseFor(device, 'rosa', OWN));
      await acceptNone(device, device.whose);
      device.between = () => async () => ok({ how: 'at-the-node' });
      assert.equal(await codeOf(passphraseFor(device, 'rosa', OWN)), 'passphrase-asked');
    });

    test('a code is none to be sent whatever stands between its letters', async () => {
      const { device: first, recoveryCode } = await sealedParty(node, 'sara');
      const device = deviceOf(node, first.whose);
      (await done(device.open({ recoveryCode }))).close();
      const asked = { handle: 'renamed', isSaid: true, isSomebodyKnown: async () => true };
      device.between = () => async () => ok({ how: 'at-the-node' });
      for (const [text, expected] of [
        [recoveryCode, 'code-asked'],
        [recoveryCode.replaceAll('-', '–'), 'code-unreadable'],
        [`${recoveryCode}.`, 'code-unreadable'],
      ] as const) {
        const input = { handle: 'renamed', code: text, newPassphrase: NEXT };
        assert.equal(await codeOf(inputToSend(device, 'recover-party', input, asked)), expected);
      }
    });
  });
}
