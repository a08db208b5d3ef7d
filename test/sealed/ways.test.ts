import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cipherOf } from '../../device/crypto.ts';
import { newPassphrase, passphraseFor, readRecoveryCode, type Vault } from '../../device/index.ts';
import { openCategoryKey } from '../../device/objects.ts';
import { openStatement } from '../../device/statement.ts';
import { openWay, wayKeyOf } from '../../device/ways.ts';
import { fail } from '../../src/kernel/result.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty, type TestDevice } from './device.ts';
import { copyOf } from './store.ts';

const NAME = 'schema:name';
const TOLD = new Uint8Array(32).fill(9);
const KEPT = new Uint8Array(32).fill(10);

for (const engine of engines()) {
  describe(`${engine}: ways to open a vault`, () => {
    let node: TestNode;
    let device: TestDevice;
    let vault: Vault;
    let recoveryCode: string;
    let passphrase = OWN;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
      ({ device, vault, recoveryCode } = await sealedParty(node, 'maya'));
      await done(vault.sealCategory('contact'));
      await done(vault.put({ property: NAME, value: 'before' }));
    });
    after(() => node.close());

    const again = (by?: Parameters<TestDevice['open']>[0]) => deviceOf(node, device.whose).open(by);
    const shown = async (of: Vault): Promise<string[]> => {
      const items = await done(of.getMany(of.list({ limit: 99 }).rows.map((row) => row.id)));
      return items.map((item) => item.value).sort();
    };

    test('a way that was taken away opens nothing written since, and the others open everything', async () => {
      await done(vault.addPasskey('lost', TOLD));
      await done(vault.addPasskey('kept', KEPT));
      const thief = await done(again({ passkey: 'lost', told: TOLD }));
      assert.deepEqual(await shown(thief), ['before']);
      const { home } = device.whose;
      const before = await copyOf(node, home);
      await done(vault.removeWay('way/passkey/lost'));
      await done(vault.put({ property: NAME, value: 'since' }));
      assert.equal(await codeOf(again({ passkey: 'lost', told: TOLD })), 'way-unknown');
      assert.equal(await codeOf(thief.reload()), 'way-unknown', 'also where it is open');
      // With all that it had, on what there is now.
      const name = 'way/passkey/lost';
      const had = await openWay(
        home,
        name,
        await wayKeyOf(TOLD),
        new Uint8Array(before.objects.get(name) ?? []),
      );
      assert.ok(had);
      const now = await copyOf(node, home);
      const cipher = await cipherOf(had.root.key);
      const counter = now.vault?.counter ?? 0;
      for (const root of [1, 2]) {
        const statement = new Uint8Array(now.vault?.statement ?? []);
        assert.equal(await openStatement(cipher, { home, counter, root }, statement), undefined);
        for (const epoch of [1, 2]) {
          const octets = new Uint8Array(now.objects.get(`key/contact/${epoch}`) ?? []);
          assert.equal(octets.length, 64);
          const of = { home, category: 'contact', epoch } as const;
          assert.equal(await openCategoryKey(cipher, root, of, octets), undefined);
        }
      }
      const since = [...now.objects].filter(([it, octets]) => /^(item|block)/.test(it) && octets[3] === 2);
      assert.equal(since.length, 2, 'the new item and the list are of the second epoch');
      for (const by of [{ passphrase }, { recoveryCode }, { passkey: 'kept', told: KEPT }]) {
        assert.deepEqual(await shown(await done(again(by))), ['before', 'since']);
      }
      assert.equal(await codeOf(vault.removeWay('way/recovery')), 'way-stays');
    });

    test('a changed passphrase opens, the one before does not, and an interruption locks nobody out', async () => {
      const next = 'over the hills and home';
      assert.equal(await codeOf(vault.changePassphrase(passphrase, passphrase)), 'passphrase-known');
      assert.equal(await codeOf(vault.changePassphrase(passphrase, 'short')), 'passphrase-unfit');
      const { length } = device.asked;
      assert.equal(await codeOf(vault.changePassphrase('not this one', next)), 'way-shut');
      const acts = device.asked.slice(length).filter((it) => !/^(show|read)-/.test(it.operation));
      assert.deepEqual(acts, [], 'a slip changes nothing');
      assert.equal(await codeOf(again()), 'ok', 'nothing is left of that');
      assert.equal(vault.ways().length, 3);
      // The node takes it and its answer is lost; then nothing more reaches it.
      let isLost = false;
      device.between = (call) => async (operation, input) => {
        const answer = isLost ? undefined : await call(operation, input);
        isLost ||= operation === 'change-passphrase';
        return isLost || !answer ? fail('node-lost', 'It stopped.', 'Start it.') : answer;
      };
      assert.equal(await codeOf(vault.changePassphrase(passphrase, next)), 'node-lost');
      device.between = (call) => call;
      const opened = await done(again({ passphrase: next }));
      assert.equal(opened.ways().length, 4, 'both are there');
      assert.deepEqual(await shown(opened), ['before', 'since']);
      passphrase = 'third time it goes well';
      await done(opened.changePassphrase(next, passphrase));
      assert.equal(opened.ways().length, 3);
      for (const old of [OWN, next]) assert.equal(await codeOf(again({ passphrase: old })), 'way-shut');
      assert.deepEqual(await shown(await done(again({ passphrase }))), ['before', 'since']);
      await node.done('sign-in', {
        handle: 'maya',
        passphrase: await done(passphraseFor(device, 'maya', passphrase)),
      });
    });

    test('after a recovery at the node, the new passphrase is made a way, and the old one is none', async () => {
      const s = deviceOf(node, device.whose);
      const next = await done(newPassphrase(s, 'found again by paper'));
      const code = await readRecoveryCode(recoveryCode);
      const input = { handle: 'maya', code: code?.forNode, newPassphrase: next.forNode };
      await node.done('recover-party', input);
      const opened = await done(s.open({ recoveryCode }));
      await done(opened.adoptPassphrase('found again by paper'));
      assert.equal(opened.ways().length, 3);
      assert.equal(await codeOf(again({ passphrase })), 'way-shut');
      const fresh = await done(again({ passphrase: 'found again by paper' }));
      assert.deepEqual(await shown(fresh), ['before', 'since']);
    });

    test('two windows that share what they remember do not suspect the node of each other', async () => {
      const by = { passphrase: 'found again by paper' };
      const one = deviceOf(node, device.whose);
      const [first, second] = [await done(one.open(by)), await done(one.open(by))];
      await done(first.put({ property: NAME, value: 'first' }));
      await done(second.put({ property: NAME, value: 'second' }));
      await done(first.reload());
      assert.deepEqual(await shown(first), ['before', 'first', 'second', 'since']);
    });

    test('closing a vault in the midst of an act leaves whole what the act writes', async () => {
      const by = { passphrase: 'found again by paper' };
      const own = deviceOf(node, device.whose);
      const closing = await done(own.open(by));
      const draw = own.random;
      own.random = (count) => {
        if (count === 32) closing.close(); // the first is the next root, which every key is sealed under
        return draw(count);
      };
      await done(closing.removeWay('way/passkey/kept'));
      const after = await done(again(by));
      assert.deepEqual(await shown(after), ['before', 'first', 'second', 'since']);
      assert.equal(await codeOf(closing.get('any')), 'vault-closed');
    });

    test('nothing that is asked of the node holds a passphrase or what opens the vault', () => {
      const asked = JSON.stringify(device.asked);
      for (const secret of [OWN, passphrase, recoveryCode]) assert.ok(!asked.includes(secret));
    });
  });
}
