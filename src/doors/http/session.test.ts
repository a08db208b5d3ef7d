import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstVisitor } from '../../../test/harness/http-client.ts';
import { startTestNode, type TestNode } from '../../../test/harness/node.ts';
import { tables } from '../../storage/index.ts';

let node: TestNode;
before(async () => {
  node = await startTestNode({ seed: 'session' });
});
after(() => node.close());

test('acting as one of the sample leaves the token as it is, so that what a page has under way arrives', async () => {
  const home = await node.party('dealer');
  await node.deps.storage.transact(home, (tx) =>
    tables<{ parties: { home_id: string; sample: string } }>(tx)
      .updateTable('parties')
      .set({ sample: 'market' })
      .where('home_id', '=', home)
      .execute(),
  );
  const browser = await firstVisitor(node, 'Cleo');
  const before = browser.cookie();
  node.clock?.advance(1);
  assert.equal((await browser.post('act-as-sample', { handle: 'dealer' })).status, 200);
  assert.equal(browser.cookie(), before);
  assert.equal((await browser.post('who-am-i')).json.acting.handle, 'dealer');
});
