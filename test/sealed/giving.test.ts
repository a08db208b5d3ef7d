import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { forgetVault, type Vault } from '../../device/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { openHub } from '../nodes/hub.ts';
import { move, tellAll } from '../nodes/moving.ts';
import { standsIn } from '../story/pair.ts';
import { meetApart, shownKey } from './apart.ts';
import { codeOf, done, sealedParty, type TestDevice } from './device.ts';

const tom = { as: 'tom' };
const maya = { as: 'maya' };
const SECRET = 'unmistakable.5512@example.org';
const PURPOSE = 'to write';

for (const engine of engines()) {
  describe(`what a device gives of a sealed category, on ${engine}`, () => {
    let node: TestNode;
    let device: TestDevice;
    let vault: Vault;
    let home: string;
    let item: string;
    before(async () => {
      node = await startTestNode({ engine, seed: `giving-${engine}` });
      ({ device, vault } = await sealedParty(node, 'maya'));
      home = device.whose.home;
      await node.party('tom');
      await done(vault.sealCategory('contact'));
      ({ id: item } = await done(
        vault.put({ property: 'schema:email', value: SECRET, label: 'The quiet one' }),
      ));
    });
    after(() => node.close());

    async function meet(): Promise<string> {
      const { code } = await node.done<{ code: string }>('invite-person', { name: 'Maya' }, maya);
      const { relationship } = await node.done<{ relationship: string }>(
        'accept-invitation',
        { code, name: 'tom' },
        tom,
      );
      await node.idle();
      await node.done('answer-acceptance', { relationship, answer: 'sign' }, maya);
      await node.idle();
      return relationship;
    }

    /** What his screen says under Keys. */
    async function hisCode(relationship: string): Promise<string> {
      type Detail = { keys: { code: string } };
      return (await node.done<Detail>('get-relationship', { relationship }, tom)).keys.code;
    }

    interface Shown {
      readonly id: string;
      readonly label: string;
      readonly state: string;
      readonly stoppedBy?: string;
      readonly value?: string;
      readonly deletion?: { readonly what: string };
    }
    async function shown(relationship: string, by: { as: string }): Promise<Shown[]> {
      return (await node.done<{ rows: Shown[] }>('list-grants', { relationship }, by)).rows;
    }

    test('it is given under the code that both have compared, opens for them, and lies readable nowhere at its owner’s', async () => {
      const relationship = await meet();
      const said = { relationship, purpose: PURPOSE, onSameNode: true };
      const gift = { ...said, times: 2 };
      const unseen = await vault.give(item, gift);
      assert(!unseen.ok);
      assert.equal(unseen.code, 'keys-uncompared');
      const code = await hisCode(relationship);
      assert.doesNotMatch(JSON.stringify(unseen), /\d{5}/, 'all of it has to come from the other screen');
      for (const slip of [
        code.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10)),
        code.slice(0, -1),
        code.slice(-5),
      ])
        assert.equal(await codeOf(vault.give(item, { ...gift, code: slip })), 'digits-differ');
      const here = await vault.give(item, { ...gift, code, onSameNode: false });
      assert(!here.ok && here.code === 'same-node', 'whoever runs this node has his key');
      const given = await done(vault.give(item, { ...gift, code, version: 1 }));
      assert.equal(given.to, 'tom');
      await node.idle();
      const [his] = await shown(relationship, tom);
      assert.deepEqual([his?.id, his?.label], [given.grant, 'E-mail'], 'not by the name that is sealed');
      type Opened = { value: string; left: number };
      const opened = await node.done<Opened>('open-grant', { grant: given.grant }, tom);
      assert.deepEqual([opened.value, opened.left], [SECRET, 1]);
      assert.deepEqual(await standsIn(node, home, SECRET), []);
      const [hers] = await shown(relationship, maya);
      assert.deepEqual([hers?.state, hers?.value], ['active', undefined]);
      // From now on this device knows them.
      const again = await done(vault.give(item, said));
      assert.equal(again.code, code);
      await done(vault.put({ id: item, property: 'schema:email', value: `newer.${SECRET}` }));
      assert.equal(await codeOf(vault.give(item, { ...said, version: 1 })), 'gift-changed');
      node.clock?.advance(2 * 3_600_000);
      await node.idle();
      const after = await node.done<Opened>('open-grant', { grant: again.grant }, tom);
      assert.equal(after.value, SECRET, 'what is newer does not follow by itself');
      await node.done('stop-sharing', { grant: again.grant }, maya);
      await node.idle();
      const stopped = (await shown(relationship, maya)).find((it) => it.id === again.grant);
      assert.deepEqual([stopped?.stoppedBy, stopped?.deletion?.what], ['mine', 'erased']);
      await done(vault.put({ id: item, property: 'schema:email', value: SECRET }));
    });

    test('what the node answers meanwhile is said, and nothing is given', async () => {
      const relationship = await meet();
      const code = await hisCode(relationship);
      const gift = { relationship, purpose: PURPOSE, code, onSameNode: true };
      const { relationship: _, ...rest } = gift;
      for (const [wrong, expected] of [
        [{ ...gift, purpose: ' ' }, 'input-invalid'],
        [{ ...gift, until: 1 }, 'date-past'],
        [{ relationship: 'none', ...rest }, 'relationship-unknown'],
      ] as const) {
        const refused = await vault.give(item, wrong);
        assert(!refused.ok);
        assert.equal(refused.code, expected);
      }
      const nobody = await vault.give('no-such-item', gift);
      assert(!nobody.ok && nobody.code === 'item-unknown');
      // Something is taken back between the look and the giving: the epoch that it was locked for is over.
      const first = await done(vault.give(item, gift));
      device.between = (call) => async (operation, input) => {
        if (operation === 'give-from-device') {
          device.between = (it) => it;
          await node.done('stop-sharing', { grant: first.grant }, maya);
        }
        return call(operation, input);
      };
      const late = await vault.give(item, gift);
      assert(!late.ok);
      assert.equal(late.code, 'grant-epoch');
      await node.idle();
      assert.equal((await shown(relationship, tom)).filter((it) => it.state === 'active').length, 0);
      await done(vault.give(item, gift));
    });

    test('what was compared is forgotten when its owner says so, and with the vault', async () => {
      const relationship = await meet();
      const code = await hisCode(relationship);
      const gift = { relationship, purpose: PURPOSE, onSameNode: true };
      const pins = () => [...device.kept.keys()].filter((name) => name.startsWith(`compared:${home}:`));
      const before = pins().length;
      await done(vault.give(item, { ...gift, code }));
      assert.equal(pins().length, before + 1);
      await vault.forgetTheirs(relationship);
      assert.equal(await codeOf(vault.give(item, gift)), 'keys-uncompared');
      await forgetVault(device, device.whose);
      assert.deepEqual(pins(), []);
    });
  });
}

/** How the other side wants things locked, as her node shows it. */
async function keyOfHis(home: TestNode, relationship: string): Promise<{ key: string }> {
  const { record } = await shownKey<{ record: { body: string } }>(home, relationship);
  return JSON.parse(Buffer.from(record.body, 'base64url').toString());
}

test('to somebody on another node it is given without a yes to who runs this one, and anew once they have moved', async () => {
  const hub = openHub('giving apart');
  try {
    const [home, far] = [await hub.open('home.example'), await hub.open('far.example')];
    const { device, vault } = await sealedParty(home, 'maya');
    await far.party('tom');
    await done(vault.sealCategory('contact'));
    const { id } = await done(vault.put({ property: 'schema:email', value: SECRET }));
    const relationship = await meetApart(hub, home, far);
    type Detail = { keys: { code: string } };
    const { code } = (await far.done<Detail>('get-relationship', { relationship }, tom)).keys;
    const gift = { relationship, purpose: PURPOSE, code };
    // A node knows its own names of before, by which a log may still call it.
    device.between = (call) => async (operation, input) => {
      const answer = await call(operation, input);
      if (operation !== 'show-their-key' || !answer.ok) return answer;
      return { ok: true, value: Object.assign({}, answer.value, { isHere: true }) };
    };
    assert.equal(await codeOf(vault.give(id, gift)), 'same-node');
    device.between = (call) => call;
    const { grant, to } = await done(vault.give(id, gift));
    await hub.idle();
    const opened = await far.done<{ value: string }>('open-grant', { grant }, tom);
    assert.deepEqual([to, opened.value], ['Tom', SECRET]);
    // He moves: what was compared is in his log still, and his keys are others.
    const next = await hub.open('next.example');
    await move(hub, far, next, tom, true);
    const again = { relationship, purpose: PURPOSE };
    const { key } = await keyOfHis(home, relationship);
    assert.equal(await codeOf(vault.give(id, again)), 'their-key-replaced');
    await tellAll(hub, next);
    assert.notEqual((await keyOfHis(home, relationship)).key, key, 'his new node has said its own');
    assert.equal(await codeOf(vault.give(id, again)), 'keys-changed');
    assert.equal(await codeOf(vault.give(id, { ...again, code })), 'digits-differ', 'as they were before');
    const moved = (await next.done<Detail>('get-relationship', { relationship }, tom)).keys.code;
    const after = await done(vault.give(id, { ...again, code: moved }));
    await done(vault.give(id, again));
    await hub.idle();
    const read = await next.done<{ value: string }>('open-grant', { grant: after.grant }, tom);
    assert.deepEqual([after.to, read.value], ['Tom', SECRET]);
  } finally {
    await hub.close();
  }
});
