import { sql } from 'kysely';
import { allGrants } from '../../test/harness/grants-seen.ts';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { median } from '../print.ts';

const GRANTS = 1_000;
const AT_ONCE = 50;
const STOPS = 21;
const [maya, tom] = [{ as: 'maya' }, { as: 'tom' }];

/**
 * Milliseconds from the call of stop-sharing until the other side has erased value and key, with 1,000 grants in force
 * between the two: a whole node on SQLite, synchronous to the disk, both parties on it. The median of 21.
 */
export async function stopMs(): Promise<number> {
  const node = await startTestNode({ rehearse: false });
  try {
    const relationship = await meet(node);
    const { id: item } = await node.done<{ id: string }>(
      'put-item',
      { property: 'schema:email', value: 'maya@example.org' },
      maya,
    );
    const items = Array.from({ length: AT_ONCE }, (_, i) => ({ item, purpose: `purpose ${i}` }));
    for (let given = 0; given < GRANTS; given += AT_ONCE)
      await node.done('share-items', { relationship, items }, maya);
    await node.idle();
    const rows = await allGrants(node, relationship, tom);
    if (rows.filter((row) => row.state === 'active').length !== GRANTS) throw new Error('all are in force');
    const times: number[] = [];
    for (const { id } of rows.slice(0, STOPS)) times.push(await timeOf(node, id));
    return median(times);
  } finally {
    await node.close();
  }
}

async function meet(node: TestNode): Promise<string> {
  for (const by of [maya, tom]) {
    await node.party(by.as);
    const { code } = await node.done<{ code: string }>('show-recovery-code', {}, by);
    await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, by);
  }
  const { code } = await node.done<{ code: string }>('invite-person', { name: 'Maya' }, maya);
  const { relationship } = await node.done<{ relationship: string }>('accept-invitation', { code }, tom);
  await node.idle();
  await node.done('answer-acceptance', { relationship, answer: 'sign' }, maya);
  await node.idle();
  return relationship;
}

async function timeOf(node: TestNode, grant: string): Promise<number> {
  const began = performance.now();
  await node.done('stop-sharing', { grant }, maya);
  while (!(await isErased(node, grant))) await new Promise((resolve) => setTimeout(resolve, 2));
  const ms = performance.now() - began;
  await node.idle();
  return ms;
}

async function isErased(node: TestNode, grant: string): Promise<boolean> {
  const { rows } = await node.deps.storage.read(({ db }) =>
    sql`select 1 from grants g join records r on r.home_id = g.home_id and r.rel = g.rel and r.id = g.record
      where g.id = ${grant} and g.is_mine = 0 and g.state = 'stopped' and r.body is null`.execute(db),
  );
  return rows.length > 0;
}
