import assert from 'node:assert/strict';
import { grantsSeen } from '../harness/grants-seen.ts';
import type { TestNode } from '../harness/node.ts';
import { DAY, trumpet, trumpetWanted } from '../story/goods.ts';
import type { Hub } from './hub.ts';

export const maya = { as: 'maya' };
export const shop = { as: 'fanfare' };

export interface Rows<T> {
  readonly rows: T[];
}

/** From three empty nodes to a relationship between the person on the first and the vendor on the second. */
export async function openRelationship(hub: Hub, home: TestNode, vendor: TestNode): Promise<string> {
  return agree(hub, home, await offerOnThreeNodes(hub, home, vendor));
}

/** An offer of the vendor's, as the person got it for a want. */
export async function offerOnThreeNodes(hub: Hub, home: TestNode, vendor: TestNode): Promise<string> {
  await sell(hub, vendor);
  return want(hub, home);
}

async function marketOf(node: TestNode, by: { as: string }): Promise<string> {
  const { rows } = await node.done<Rows<{ id: string }>>('add-market', { host: 'market.example' }, by);
  assert(rows[0]);
  return rows[0].id;
}

export async function sell(hub: Hub, node: TestNode): Promise<void> {
  await node.party('fanfare');
  const market = await marketOf(node, shop);
  await node.done('open-storefront', { name: 'Fanfare', market }, shop);
  await hub.idle();
  const asks = [{ property: 'schema:email', purpose: 'to say when it is ready', days: 30, required: true }];
  await node.done('publish-listing', trumpet(node.deps.clock.now(), { demands: { asks } }), shop);
  await hub.idle();
}

export async function want(hub: Hub, node: TestNode): Promise<string> {
  await node.party('maya');
  const market = await marketOf(node, maya);
  const fields = trumpetWanted(node.deps.clock.now());
  await node.call('preview-cast', { fields, market }, maya);
  await hub.idle();
  const preview = await node.done<{ choices: { cell: { id: string } }[] }>(
    'preview-cast',
    { fields, market },
    maya,
  );
  const choice = preview.choices.at(-1)?.cell.id;
  const cast = await node.done<{ id: string; happened: string }>(
    'cast-intent',
    { fields, market, choice, ifBelow: 'hold' },
    maya,
  );
  assert.equal(cast.happened, 'cast');
  await hub.idle();
  const { rows } = await node.done<Rows<{ id: string }>>('list-offers', { intent: cast.id }, maya);
  assert.equal(rows.length, 1);
  return rows[0]?.id ?? '';
}

export async function agree(hub: Hub, node: TestNode, offer: string, more: object = {}): Promise<string> {
  const { id: item } = await node.done<{ id: string }>(
    'put-item',
    { property: 'schema:email', value: 'maya@example.org' },
    maya,
  );
  const { code } = await node.done<{ code: string }>('show-recovery-code', {}, maya);
  await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
  const until = node.deps.clock.now() + 20 * DAY;
  const disclose = [{ item, purpose: 'to say when it is ready', until, ...more }];
  const accepted = await node.done<{ relationship: string }>('accept-offer', { offer, disclose }, maya);
  await hub.idle();
  return accepted.relationship;
}

/** A word from each side, and what was given is there. */
export async function talk(hub: Hub, home: TestNode, vendor: TestNode, relationship: string): Promise<void> {
  for (const [node, by] of [
    [home, maya],
    [vendor, shop],
  ] as const) {
    const { state } = await node.done<{ state: string }>('get-relationship', { relationship }, by);
    assert.equal(state, 'active');
    await node.done('send-message', { relationship, text: `Hello from ${by.as}.` }, by);
  }
  await hub.idle();
  for (const [node, by] of [
    [home, maya],
    [vendor, shop],
  ] as const) {
    const { rows } = await node.done<Rows<{ text: string }>>('list-messages', { relationship }, by);
    assert.deepEqual(rows.map((it) => it.text).sort(), ['Hello from fanfare.', 'Hello from maya.']);
  }
  const given = await grantsSeen(vendor, relationship, shop);
  assert.deepEqual(
    given.map((it) => it.value),
    ['maya@example.org'],
  );
}

/** What has not arrived, with why. */
export async function stuck(node: TestNode, by: { as: string }): Promise<unknown[]> {
  const { rows } = await node.done<Rows<{ type: string; state: string; problem?: string }>>(
    'list-deliveries',
    {},
    by,
  );
  return rows
    .filter((it) => !['acted', 'kept'].includes(it.state))
    .map(({ type, state, problem }) => ({ type, state, problem }));
}
