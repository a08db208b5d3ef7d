import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerLine, joinLines, splitLines } from '../../src/delivery/answer-lines.ts';
import { readEnvelope, receiptOctets } from '../../src/delivery/envelope.ts';
import { must, ok } from '../../src/kernel/result.ts';
import { inboxOf, RECEIPTS, type WireRequest, type WireResponse } from '../../src/network/index.ts';
import { homeOfInboxPath, inboxKey } from '../../src/parties/index.ts';
import type { TestNode } from '../harness/node.ts';
import { backUp, restoreUnnoticed } from './backup.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, type Rows, shop, stuck, talk } from './loop.ts';

interface Shown {
  readonly forks: { readonly mine: number; readonly theirs: number };
}

test('a refusal that says fork and proves nothing stops nothing, and what was refused can be sent again', async () => {
  const hub = openHub('false fork');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    hub.replace('shop.example', refusing(vendor, 'record-fork'));
    await home.done('send-message', { relationship, text: 'One.' }, maya);
    await hub.idle();
    hub.replace('shop.example', undefined);
    assert.deepEqual(await stuck(home, maya), [{ type: 'record', state: 'refused', problem: 'record-fork' }]);
    await home.done('send-message', { relationship, text: 'Two.' }, maya);
    await hub.idle();
    // What follows shows the other side that one is missing, and it asks.
    assert.deepEqual((await said(vendor, shop, relationship)).slice(2), ['One.', 'Two.']);
    const { rows } = await home.done<Rows<{ id: string; state: string }>>('list-deliveries', {}, maya);
    const refused = rows.find((it) => it.state === 'refused');
    await home.done('retry-delivery', { delivery: refused?.id }, maya);
    home.clock?.advance(600_000);
    await hub.idle();
    assert.deepEqual((await said(vendor, shop, relationship)).slice(2), ['One.', 'Two.']);
    assert.deepEqual(await stuck(home, maya), []);
    for (const [node, by] of [
      [home, maya],
      [vendor, shop],
    ] as const) {
      const { forks } = await node.done<Shown>('get-relationship', { relationship }, by);
      assert.deepEqual(forks, { mine: 0, theirs: 0 });
    }
  } finally {
    await hub.close();
  }
});

test('several words on a forked chain: the first record of the other side proves it, both show it, and all goes on', async () => {
  const hub = openHub('true fork');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    await backUp(home);
    await talk(hub, home, vendor, relationship);
    hub.cut('shop.example', true);
    await restoreUnnoticed(home);
    for (const text of ['Anew.', 'Once more.', 'And again.'])
      await home.done('send-message', { relationship, text }, maya);
    await hub.idle();
    hub.cut('shop.example', false);
    for (let minute = 0; minute < 3; minute++) {
      home.clock?.advance(60_000);
      await hub.idle();
    }
    await home.done('send-message', { relationship, text: 'Now both know.' }, maya);
    await hub.idle();
    assert.equal((await said(vendor, shop, relationship)).at(-1), 'Now both know.');
    const mine = await home.done<Shown>('get-relationship', { relationship }, maya);
    const theirs = await vendor.done<Shown>('get-relationship', { relationship }, shop);
    assert.deepEqual([mine.forks.mine > 0, mine.forks.theirs], [true, 0]);
    assert.deepEqual([theirs.forks.mine, theirs.forks.theirs > 0], [0, true]);
    const { rows } = await home.done<Rows<{ state: string }>>('list-deliveries', {}, maya);
    assert.deepEqual([...new Set(rows.map((it) => it.state))].sort(), ['acted', 'dropped', 'refused']);
  } finally {
    await hub.close();
  }
});

async function said(node: TestNode, by: { as: string }, relationship: string): Promise<string[]> {
  const { rows } = await node.done<Rows<{ text: string }>>('list-messages', { relationship }, by);
  return rows.map((it) => it.text);
}

/** Signs a refusal of every envelope, as the vendor that lies or is mistaken. */
function refusing(vendor: TestNode, code: string) {
  return async (request: WireRequest): Promise<WireResponse> => {
    const inbox = inboxOf(request.url) ?? '';
    const home = homeOfInboxPath(vendor.deps.nodeKey, inbox) ?? '';
    const key = await vendor.deps.storage.read((view) => inboxKey(view, vendor.deps, home, inbox));
    const at = vendor.deps.clock.now();
    const lines = (splitLines(request.body) ?? []).map((line) => {
      const { id } = must(readEnvelope(line));
      return answerLine(ok(receiptOctets({ v: 1, id, result: 'refused', code, at })), key);
    });
    return { status: 200, headers: { 'content-type': RECEIPTS }, body: joinLines(lines) };
  };
}
