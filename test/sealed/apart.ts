import type { TestNode } from '../harness/node.ts';
import type { Hub } from '../nodes/hub.ts';

const maya = { as: 'maya' };
const tom = { as: 'tom' };

/** Maya on one node and Tom on another have met: the relationship that both have. */
export async function meetApart(hub: Hub, home: TestNode, far: TestNode): Promise<string> {
  const { code } = await home.done<{ code: string }>('invite-person', { name: 'Maya' }, maya);
  const accepted = { code, name: 'Tom' };
  const { relationship } = await far.done<{ relationship: string }>('accept-invitation', accepted, tom);
  await hub.idle();
  await home.done('answer-acceptance', { relationship, answer: 'sign' }, maya);
  await hub.idle();
  return relationship;
}

/** What her node shows a device of hers of his key. */
export function shownKey<T>(home: TestNode, relationship: string): Promise<T> {
  return home.done<T>('show-their-key', { relationship, nonce: 'A'.repeat(22) }, maya);
}
