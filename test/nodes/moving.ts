import assert from 'node:assert/strict';
import { LIMITS } from '../../src/kernel/limits.ts';
import { PASSPHRASE, type TestNode } from '../harness/node.ts';
import type { Hub } from './hub.ts';
import { maya, type Rows, shop } from './loop.ts';

export interface Shown {
  readonly move?: {
    readonly id: string;
    readonly state: string;
    readonly message: string;
    readonly next: string;
    readonly problem?: string;
    readonly mayCancel: boolean;
    readonly mayTakeIntoUse: boolean;
  };
}

export async function invite(node: TestNode): Promise<string> {
  return (await node.done<{ code: string }>('invite-party', {}, 'operator')).code;
}

export function begin(node: TestNode, code: string, by = maya): Promise<unknown> {
  return node.done('move-party', { code, passphrase: PASSPHRASE }, by);
}

export function takeIntoUse(node: TestNode, by = maya, isAtOnce = false): Promise<unknown> {
  return node.done('take-into-use', { passphrase: PASSPHRASE, isAtOnce }, by);
}

/** Where the move stands as the person sees it; undefined where she is not known. */
export async function stateOn(node: TestNode, by = maya): Promise<string | undefined> {
  const shown = await node.call('show-move', {}, by);
  return shown.ok ? (shown.value as Shown).move?.state : undefined; // the schema was checked
}

/** A whole move, and what is left of it to do. */
export async function move(
  hub: Hub,
  from: TestNode,
  to: TestNode,
  by = maya,
  isAtOnce = false,
): Promise<void> {
  await begin(from, await invite(to), by);
  await hub.idle();
  assert.equal(await stateOn(to, by), 'handed-over');
  await takeIntoUse(to, by, isAtOnce);
  await hub.idle();
}

/** Hours later everybody has been told of the new address, each at a time of its own. */
export async function tellAll(hub: Hub, node: TestNode): Promise<void> {
  const stepMs = 20 * 60_000;
  for (let passed = 0; passed <= LIMITS.toldOfMoveMs; passed += stepMs) {
    node.clock?.advance(stepMs);
    await hub.idle();
  }
}

let said = 0;

/** A word each way is in both books afterwards. */
export async function speak(hub: Hub, home: TestNode, vendor: TestNode, relationship: string): Promise<void> {
  const words = [`From Maya ${said++}.`, `From the shop ${said++}.`];
  await home.done('send-message', { relationship, text: words[0] }, maya);
  await vendor.done('send-message', { relationship, text: words[1] }, shop);
  await hub.idle();
  for (const [node, by] of [
    [home, maya],
    [vendor, shop],
  ] as const) {
    const { rows } = await node.done<Rows<{ text: string }>>('list-messages', { relationship }, by);
    for (const text of words)
      assert(
        rows.some((it) => it.text === text),
        `${by.as} has: ${text}`,
      );
  }
  assert.deepEqual(await chain(home, relationship, maya), await chain(vendor, relationship, shop));
}

/** Ids of all records of the relationship, sorted. */
async function chain(node: TestNode, relationship: string, by: { as: string }): Promise<string[]> {
  const { timeline } = await node.done<{ timeline: { record: string }[] }>(
    'get-relationship',
    { relationship },
    by,
  );
  return timeline.map((it) => it.record).sort();
}
