import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { answerOf, firstVisitor, HOST } from '../../test/harness/http-client.ts';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';

let node: TestNode;
before(async () => {
  node = await startTestNode({ seed: 'verify-export' });
});
after(() => node.close());

function upload(cookie?: string) {
  const form = new FormData();
  form.append('input', JSON.stringify({ passphrase: 'for the archive alone' }));
  form.append('file', new Blob(['x'.repeat(1_000_000)]), 'a.parley');
  const headers: Record<string, string> = { host: HOST };
  if (cookie !== undefined) headers.cookie = `parley_session=${cookie}`;
  const url = `http://${HOST}/api/verify-export`;
  return Promise.resolve(node.app.request(url, { method: 'POST', body: form, headers })).then(answerOf);
}

test('a stranger’s archive is refused before any of it is taken', async () => {
  const refused = await upload();
  assert.deepEqual([refused.status, refused.json.code], [401, 'sign-in-needed']);
  assert.deepEqual(existsSync(node.deps.scratch) ? readdirSync(node.deps.scratch) : [], []);
});

test('one archive is checked at a time', async () => {
  const cookie = (await firstVisitor(node, 'Ada')).cookie();
  const codes = (await Promise.all([1, 2, 3].map(() => upload(cookie)))).map(({ json }) => json.code);
  assert.equal(codes.filter((code) => code === 'archive-busy').length, 2, codes.join());
  assert.notEqual((await upload(cookie)).json.code, 'archive-busy');
});
