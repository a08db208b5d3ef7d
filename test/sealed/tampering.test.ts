import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { passphraseFor, type Vault } from '../../device/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty, type TestDevice } from './device.ts';
import { type Copy, claimCost, copied, copyOf, putBack } from './store.ts';

const [EMAIL, NOTE] = ['schema:email', 'vcard:note'];

for (const engine of engines()) {
  describe(`${engine}: a node that shows something else than the truth`, () => {
    let node: TestNode;
    let device: TestDevice;
    let vault: Vault;
    let home: string;
    let ids: string[];
    /** As it was before the last changes, and as it is. */
    let old: Copy;
    let now: Copy;

    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
      ({ device, vault } = await sealedParty(node, 'maya'));
      home = device.whose.home;
      await done(vault.sealCategory('contact'));
      await done(vault.sealCategory('note'));
      await done(vault.addPasskey('key-1', new Uint8Array(32).fill(7)));
      ids = [];
      for (const at of [1, 2, 3]) {
        ids.push((await done(vault.put({ property: EMAIL, value: `mail${at}@example.org` }))).id);
      }
      await done(vault.put({ property: NOTE, value: 'sealed beside it' }));
      old = await copyOf(node, home);
      await done(vault.put({ id: ids[0], property: EMAIL, value: 'newer@example.org' }));
      await done(vault.put({ id: ids[1], property: EMAIL, value: 'other@example.org' }));
      now = await copyOf(node, home);
    });
    after(() => node.close());

    /** What a device that has seen all tells of a bent store, and one that sees this vault for the first time. */
    async function told(bend: (copy: Copy) => void): Promise<[string, string]> {
      const copy = copied(now);
      bend(copy);
      await putBack(node, home, copy);
      const seen = deviceOf(node, device.whose);
      for (const [name, it] of device.kept) seen.kept.set(name, it);
      const codes: [string, string] = [await look(seen), await look(deviceOf(node, device.whose))];
      await putBack(node, home, now);
      return codes;
    }

    /** Opens and reads all there is; what is shown without a complaint must be right. */
    async function look(by: TestDevice): Promise<string> {
      const opened = await by.open();
      if (!opened.ok) return opened.code;
      const { rows } = opened.value.list({ limit: 100 });
      const items = await opened.value.getMany(rows.map((row) => row.id));
      if (!items.ok) return items.code;
      for (const id of ids) {
        const history = await opened.value.history(id);
        if (!history.ok) return history.code;
      }
      const values = items.value.map((item) => item.value).sort();
      const truth = ['mail3@example.org', 'newer@example.org', 'other@example.org', 'sealed beside it'];
      assert.deepEqual(values, truth, 'something wrong was shown');
      return 'ok';
    }

    const take =
      (from: () => Copy, ...names: readonly (() => string)[]) =>
      (copy: Copy) => {
        for (const name of names) copy.objects.set(name(), octets(from(), name()));
      };
    const swap = (a: () => string, b: () => string) => (copy: Copy) => {
      copy.objects.set(a(), octets(now, b()));
      copy.objects.set(b(), octets(now, a()));
    };
    const drop = (name: () => string) => (copy: Copy) => void copy.objects.delete(name());
    const octets = ({ objects }: Copy, name: string): Uint8Array => {
      const found = objects.get(name);
      assert(found, `there is ${name}`);
      return found;
    };
    const item = (at: number) => () => `item/${ids[at]}`;
    const name = (text: string) => () => text;
    const bent = (it: Uint8Array) => it.map((octet, at) => (at === 90 ? octet ^ 1 : octet));
    const passphraseWay = () => [...now.objects.keys()].find((it) => it.startsWith('way/passphrase/')) ?? '';

    const put = (name: () => string, make: () => Uint8Array) => (copy: Copy) => {
      copy.objects.set(name(), make());
    };
    const vaultAs = (make: () => Copy['vault']) => (copy: Copy) => {
      copy.vault = make();
    };
    const counted = (from: () => Copy, more: number) =>
      vaultAs(
        () => from().vault && { ...(from().vault ?? fail()), counter: (now.vault?.counter ?? 0) + more },
      );
    const fail = (): never => assert.fail('there is a vault');

    const LIST = name('block/contact/1');
    const past = (at: number) => () => `version/${ids[at]}/1`;
    const same = () => now;
    const earlier = () => old;
    type Case = readonly [what: string, bend: (copy: Copy) => void, seen: string, fresh?: string];
    const CASES: readonly Case[] = [
      ['as it is', () => {}, 'ok'],
      ['a list dropped', drop(LIST), 'vault-broken'],
      ['a list rolled back', take(earlier, LIST), 'vault-broken'],
      ['lists swapped', swap(LIST, name('block/note/1')), 'vault-broken'],
      ['a list twice', put(name('block/contact/2'), () => octets(now, LIST())), 'vault-broken'],
      ['an item dropped', drop(item(0)), 'vault-broken'],
      ['an item rolled back', take(earlier, item(0)), 'vault-broken'],
      ['an item and its list rolled back', take(earlier, item(0), LIST), 'vault-broken'],
      ['items swapped', swap(item(1), item(2)), 'vault-broken'],
      ['one bit of an item', put(item(2), () => bent(octets(now, item(2)()))), 'vault-broken'],
      ['an earlier version dropped', drop(past(0)), 'vault-broken'],
      ['an earlier version exchanged', swap(past(0), past(1)), 'vault-broken'],
      ['a category key dropped', drop(name('key/contact/1')), 'vault-broken'],
      ['category keys swapped', swap(name('key/contact/1'), name('key/note/1')), 'vault-broken'],
      ['the statement of before', vaultAs(() => old.vault), 'vault-rolled-back', 'vault-broken'],
      ['an old statement under the new counter', counted(earlier, 0), 'vault-forked', 'vault-broken'],
      ['the same statement counted on', counted(same, 1), 'vault-broken'],
      ['no vault at all', vaultAs(() => undefined), 'vault-gone', 'vault-none'],
      ['the way exchanged', put(passphraseWay, () => octets(now, 'way/recovery')), 'way-shut'],
      ['another way dropped', drop(name('way/passkey/key-1')), 'vault-broken'],
      ['a way too many', put(name('way/passkey/key-2'), () => octets(now, 'way/recovery')), 'vault-broken'],
      ['a category said to be served', (copy) => copy.modes.delete('contact'), 'category-downgraded'],
      ['a category said to be sealed', (copy) => copy.modes.set('size', 'sealed'), 'vault-broken'],
    ];
    for (const [what, bend, seen, fresh = seen] of CASES) {
      test(`${what}: ${seen}`, async () => assert.deepEqual(await told(bend), [seen, fresh]));
    }

    test('under the same statement nothing is read again, and what the node says beside it is still checked', async () => {
      device.asked.length = 0;
      await done(vault.reload());
      assert.deepEqual(
        [device.asked.map((it) => it.operation), vault.list({ limit: 9 }).total],
        [['show-vault'], 4],
      );
      for (const [bend, code] of [
        [(copy: Copy) => copy.modes.delete('contact'), 'category-downgraded'],
        [drop(name('way/passkey/key-1')), 'vault-broken'],
      ] as const) {
        const copy = copied(now);
        bend(copy);
        await putBack(node, home, copy);
        assert.equal(await codeOf(vault.reload()), code);
      }
      await putBack(node, home, now);
    });

    test('a whole vault of before is told by a device that has seen more, and looks whole to a new one', async () => {
      await putBack(node, home, old);
      assert.equal(await codeOf(device.open()), 'vault-rolled-back');
      assert.equal(await codeOf(vault.reload()), 'vault-rolled-back');
      assert.equal(await codeOf(deviceOf(node, device.whose).open()), 'ok', 'nothing else can know');
      await putBack(node, home, now);
      await done(vault.reload());
    });

    test('two histories from one beginning: the second is told', async () => {
      const other = deviceOf(node, device.whose);
      const elsewhere = await done(other.open());
      await done(vault.put({ property: NOTE, value: 'one future' }));
      await putBack(node, home, now);
      await done(elsewhere.put({ property: NOTE, value: 'another future' }));
      assert.equal(await codeOf(device.open()), 'vault-forked');
      await putBack(node, home, now);
      for (const [key, it] of other.kept) device.kept.set(key, it);
      device.kept.delete(home);
      vault = await done(device.open());
    });

    test('a passphrase that stays here is not sent, however it is asked for', async () => {
      const split = await claimCost(node, home, '{"memoryKiB":65536,"passes":3,"lanes":1}');
      device.asked.length = 0;
      assert.equal(await codeOf(passphraseFor(device, 'maya', OWN)), 'passphrase-asked');
      assert.equal(await codeOf(device.open()), 'passphrase-asked');
      await claimCost(node, home, '{"memoryKiB":8,"passes":1,"lanes":1,"kind":"split"}');
      assert.equal(await codeOf(passphraseFor(device, 'maya', OWN)), 'cost-odd');
      assert.equal(await codeOf(device.open()), 'cost-odd');
      await claimCost(node, home, split);
      const sent = await done(passphraseFor(device, 'maya', OWN));
      assert.match(sent, /^parley-key-1\.[\w-]{22}\.65536\.3\.1\.[\w-]{43}$/);
      await node.done('sign-in', { handle: 'maya', passphrase: sent });
      assert.ok(!JSON.stringify(device.asked).includes(OWN));
    });
  });
}
