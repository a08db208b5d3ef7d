import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cipherOf } from '../../device/crypto.ts';
import { passphraseFor, readRecoveryCode, type Surroundings, type Vault } from '../../device/index.ts';
import { openCategoryKey, openItem } from '../../device/objects.ts';
import { openWay, wayKeyOf } from '../../device/ways.ts';
import { fail } from '../../src/kernel/result.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { enginesInCi } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty } from './device.ts';
import { copyOf } from './store.ts';

const NAME = 'schema:name';
const TOLD = new Uint8Array(32).fill(9);
const NEXT = 'another walk up the hill';
const LOST = 'way/passkey/lost';
const owned = (octets: Uint8Array | undefined) => new Uint8Array(octets ?? []);

for (const engine of enginesInCi()) {
  describe(`${engine}: a vault over a long time, with interruptions`, () => {
    let node: TestNode;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
    });
    after(() => node.close());

    test('a category that was served and is sealed again never has a key that somebody knew before', async () => {
      const { device, vault } = await sealedParty(node, 'maya');
      const { home } = device.whose;
      await done(vault.sealCategory('contact'));
      await done(vault.addPasskey('lost', TOLD));
      const had = await copyOf(node, home);
      const way = await openWay(home, LOST, await wayKeyOf(TOLD), owned(had.objects.get(LOST)));
      assert.ok(way);
      const of = { home, category: 'contact', epoch: 1 } as const;
      const key = await openCategoryKey(
        await cipherOf(way.root.key),
        1,
        of,
        owned(had.objects.get('key/contact/1')),
      );
      assert.ok(key, 'whoever has the lost passkey has this one');
      await done(vault.removeWay(LOST));
      const kept = await copyOf(node, home);
      await done(vault.serveCategory('contact'));
      // A node that lies hands out every key of before that it has kept.
      device.between = (call) => async (operation, input) => {
        const answer = await call(operation, input);
        if (operation !== 'read-sealed' || !answer.ok) return answer;
        const { rows } = answer.value as { rows: { name: string; octets: string }[] }; // as read-sealed answers
        for (const row of rows) {
          const old = row.name.startsWith('key/') ? kept.objects.get(row.name) : undefined;
          if (old) row.octets = Buffer.from(old).toString('base64url');
        }
        return answer;
      };
      await done(vault.sealCategory('contact'));
      const put = await done(vault.put({ property: NAME, value: 'written since' }));
      const now = await copyOf(node, home);
      const octets = owned(now.objects.get(`item/${put.id}`));
      assert.equal(octets[3], 3, 'the third epoch');
      assert.equal(await openItem(() => key, { id: put.id, version: 1 }, octets), undefined);
    });

    test('taking a way away costs the same however often it was done, and all keys of before still open', async () => {
      const { device, vault } = await sealedParty(node, 'wim');
      for (const category of ['contact', 'address', 'note'] as const)
        await done(vault.sealCategory(category));
      const first = await done(vault.put({ property: NAME, value: 'the first' }));
      const sizes: number[] = [];
      for (let round = 0; round < 12; round++) {
        await done(vault.addPasskey('lost', TOLD));
        await done(vault.removeWay(LOST));
        const last = device.asked.findLast((it) => it.operation === 'write-sealed');
        const { put = [] } = (last?.input ?? {}) as { put?: unknown[] }; // as write-sealed is asked
        sizes.push(put.length);
      }
      assert.equal(new Set(sizes).size, 1, sizes.join());
      const opened = await done(deviceOf(node, device.whose).open());
      assert.equal((await done(opened.get(first.id))).value, 'the first');
      await done(opened.serveCategory('contact'));
      assert.equal((await copyOf(node, device.whose.home)).objects.has('key/contact/1'), false);
    });

    test('a new recovery code that is interrupted leaves no paper that opens one thing and not the other', async () => {
      const { device, vault, recoveryCode } = await sealedParty(node, 'tess');
      const codes: string[] = [];
      const written = async (code: string) => codes.push(code) > 0;
      device.between = lostAfter('show-recovery-code');
      assert.equal(await codeOf(vault.renewRecoveryCode(OWN, written)), 'recovery-code-half');
      device.between = (call) => call;
      const fresh = () => deviceOf(node, device.whose);
      for (const code of [recoveryCode, codes[0] ?? ''])
        assert.equal(await codeOf(fresh().open({ recoveryCode: code })), 'ok');
      const [first = ''] = codes;
      const half = (await readRecoveryCode(first))?.forNode;
      const newPassphrase = await done(passphraseFor(device, 'tess', OWN));
      const recovered = await node.call('recover-party', { handle: 'tess', code: half, newPassphrase });
      assert.notEqual(recovered.ok ? '' : recovered.code, 'recovery-refused', 'the party knows the new one');
      const again = await done(fresh().open());
      await done(again.renewRecoveryCode(OWN, written));
      for (const code of [recoveryCode, first])
        assert.equal(await codeOf(fresh().open({ recoveryCode: code })), 'way-shut');
      assert.equal(await codeOf(fresh().open({ recoveryCode: codes[1] ?? '' })), 'ok');
      assert.equal(again.ways().length, 2);
    });

    test('a passphrase that was kept here at whatever cost the node says is never sent as it is', async () => {
      const { device, recoveryCode } = await sealedParty(node, 'una');
      const fresh = deviceOf(node, device.whose);
      fresh.between = (call) => async (operation, input) => {
        if (operation === 'sign-in') return { ok: true, value: {} };
        const answer = await call(operation, input);
        if (operation === 'show-vault' && answer.ok) {
          const { passphrase } = answer.value as { passphrase: { salt: string; cost: object } }; // as show-vault answers
          passphrase.salt = 'A'.repeat(22);
          passphrase.cost = { memoryKiB: 65_536, passes: 4, lanes: 1 };
        }
        return answer;
      };
      const vault = await done(fresh.open({ recoveryCode }));
      await done(vault.adoptPassphrase(NEXT));
      fresh.between = () => async () => ({ ok: true, value: { how: 'at-the-node' } });
      assert.equal(await codeOf(passphraseFor(fresh, 'somebody-else', NEXT)), 'passphrase-asked');
    });

    test('what the node makes up does not get into a category that is sealed, nor beyond its number', async () => {
      const { device, vault } = await sealedParty(node, 'mia');
      await done(vault.sealCategory('contact'));
      await done(vault.put({ property: NAME, value: 'mine' }));
      let made = 0;
      const lying =
        (served: number, ends: boolean): Between =>
        (call) =>
        async (operation, input) => {
          if (operation === 'list-items') {
            const ids = ends && made > 0 ? [] : [`made-up-${made++}`];
            return { ok: true, value: { ids } };
          }
          if (operation === 'read-whole-items') return { ok: true, value: { items: madeUp(input) } };
          const isWrite = operation === 'write-sealed' && 'replaces' in input;
          const answer = await call(operation, isWrite ? { ...input, replaces: [] } : input);
          if (operation !== 'show-vault' || !answer.ok) return answer;
          // As show-vault answers.
          const { categories } = answer.value as { categories: { category: string; served: number }[] };
          for (const it of categories) if (it.category === 'contact') it.served = served;
          return answer;
        };
      for (const [served, ends] of [
        [1, true],
        [0, false],
      ] as const) {
        made = 0;
        device.between = lying(served, ends);
        await vault.sealCategory('contact');
        device.between = (call) => call;
        assert.deepEqual(await valuesOf(await done(deviceOf(node, device.whose).open())), ['mine']);
      }
    });

    test('of two devices that decide otherwise at once one is told, and nothing breaks', async () => {
      const { device, vault } = await sealedParty(node, 'rob');
      const other = await done(deviceOf(node, device.whose).open());
      for (let at = 0; at < 60; at++)
        await node.done('put-item', { property: NAME, value: `friend ${at}` }, { as: 'rob' });
      let isServed = false;
      device.between = (call) => async (operation, input) => {
        if (operation === 'read-whole-items' && !isServed) {
          isServed = true;
          await done(other.reload());
          await done(other.serveCategory('contact'));
        }
        return call(operation, input);
      };
      assert.equal(await codeOf(vault.sealCategory('contact')), 'category-turned');
      device.between = (call) => call;
      await done(vault.sealCategory('contact'));
      // The other one has not seen that yet: "nothing to do" is not true any more.
      assert.equal((await done(other.serveCategory('contact'))).moved, 60);
      assert.equal(modeOf(other), 'served');
    });
  });
}

type Between = (call: Surroundings['call']) => Surroundings['call'];

/** The node does it, and nothing comes back from then on. */
function lostAfter(which: string): Between {
  let isLost = false;
  return (call) => async (operation, input) => {
    if (isLost) return fail('node-lost', 'It stopped.', 'Start it.');
    const answer = await call(operation, input);
    isLost = operation === which;
    return isLost ? fail('node-lost', 'It stopped.', 'Start it.') : answer;
  };
}

function madeUp(input: object): object[] {
  const { ids } = input as { ids: string[] }; // as read-whole-items is asked
  const content = { property: 'schema:email', label: 'Email', value: 'mallory@example.org', tags: [] };
  return ids.map((id) => ({ id, createdAt: 1, versions: [{ version: 1, how: 'put', at: 1, content }] }));
}

async function valuesOf(vault: Vault): Promise<string[]> {
  const items = await done(vault.getMany(vault.list({ limit: 99 }).rows.map((row) => row.id)));
  return items.map((item) => item.value).sort();
}

function modeOf(vault: Vault): string | undefined {
  return vault.categories().find((it) => it.category === 'contact')?.mode;
}
