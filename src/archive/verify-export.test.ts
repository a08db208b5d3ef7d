import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answerOf, firstVisitor, HOST } from '../../test/harness/http-client.ts';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';

let node: TestNode;
before(async () => {
  node = await startTestNode({ seed: 'verify-export' });
});
after(() => node.close());

function upload(cookie = '') {
  const form = new FormData();
  form.append('input', JSON.stringify({ passphrase: 'for the archive alone' }));
  form.append('file', new Blob(['x'.repeat(1_000_000)]), 'a.parley');
  const headers = { host: HOST, cookie: `parley_session=${cookie}` };
  const url = `http://${HOST}/api/verify-export`;
  return Promise.resolve(node.app.request(url, { method: 'POST', body: form, headers })).then(answerOf);
}

test('a stranger’s archive is refused before any of it is taken', async () => {
  let taken = 0;
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n';
  const body = new ReadableStream({
    pull(controller) {
      taken++;
      if (taken === 1) controller.enqueue(Buffer.from(head));
      else if (taken < 100) controller.enqueue(Buffer.alloc(10_000));
      else controller.close();
    },
  });
  const headers = { host: HOST, 'content-type': 'multipart/form-data; boundary=b' };
  const init = { method: 'POST', body, headers, duplex: 'half' as const };
  const refused = await answerOf(await node.app.request(`http://${HOST}/api/verify-export`, init));
  assert.deepEqual([refused.status, refused.json.code], [401, 'sign-in-needed']);
  assert(taken < 3, `${taken} pieces of it were read`);
});

test('one archive is checked at a time', async () => {
  const cookie = (await firstVisitor(node, 'Ada')).cookie();
  // As if another one were being checked, for as long as this takes.
  const leave = node.deps.jobs.enter('verify-export');
  assert.ok(leave);
  const codes = (await Promise.all([1, 2].map(() => upload(cookie)))).map(({ json }) => json.code);
  assert.deepEqual(codes, ['archive-busy', 'archive-busy']);
  leave();
  assert.equal((await upload(cookie)).json.code, 'archive-refused');
  // Whoever has been served has left.
  assert.equal((await upload(cookie)).json.code, 'archive-refused');
});
