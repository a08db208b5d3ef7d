import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { answerOf } from '../../../test/harness/http-client.ts';
import { startTestNode, type TestNode } from '../../../test/harness/node.ts';
import { downloadedFile } from '../../kernel/download.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type Operation, openOperation } from '../../kernel/operation.ts';
import { fail, ok } from '../../kernel/result.ts';
import { type Upload, uploadedFile } from '../../kernel/upload.ts';
import type { Deps } from '../../operations.ts';
import { httpApp } from './app.ts';
import { changeFeed } from './events.ts';
import { readMultipart } from './multipart.ts';

/** Operations that only show what the door hands over and takes back. */
let held: { file: Upload; release: () => Promise<void> } | undefined;
const sample = { room: 'files', summary: 'For this test.', effect: 'writes' } as const;
const operations: readonly Operation<Deps>[] = [
  openOperation('operator', {
    ...sample,
    name: 'weigh-file',
    input: z.object({ file: uploadedFile, note: z.string().optional(), keep: z.boolean().default(false) }),
    output: z.object({ name: z.string(), bytes: z.int(), hash: z.string(), note: z.string().optional() }),
    run: async (_deps: Deps, _actor, { file, note, keep }) => {
      if (note === 'refuse') return fail('note-refused', 'No.', 'Nothing.');
      if (keep) held = { file, release: file.hold() };
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(file.path)) hash.update(chunk);
      return ok({
        name: file.name,
        bytes: file.bytes,
        hash: hash.digest('hex'),
        ...(note !== undefined && { note }),
      });
    },
  }),
  openOperation('operator', {
    ...sample,
    name: 'make-file',
    input: z.object({}),
    output: downloadedFile,
    run: async (deps: Deps) => {
      const path = join(deps.scratch, 'made');
      writeFileSync(path, 'made here');
      const remove = async () => (await import('node:fs/promises')).rm(path);
      return ok({ path, name: 'my "file".bin', mediaType: 'application/x-test', bytes: 9, remove });
    },
  }),
];

let node: TestNode;
let app: ReturnType<typeof httpApp>;
before(async () => {
  node = await startTestNode();
  // No hosts: the door of the command line, where the caller is the operator.
  const door = { deps: node.deps, operations, scratch: node.deps.scratch, reportBug: () => {} };
  app = httpApp(door, changeFeed(node.deps));
});
after(() => node.close());

const send = async (body: FormData | string | ReadableStream, headers: Record<string, string> = {}) =>
  answerOf(
    await app.request(
      '/api/weigh-file',
      { method: 'POST', body, headers, duplex: 'half' } as RequestInit, // its type lacks `duplex`, which streams need
    ),
  );
/** `moves` is a folder of its own, kept for moves under way. */
const left = () => readdirSync(node.deps.scratch).filter((it) => it !== 'moves');

test('a file arrives octet for octet, with its name, and goes when the operation ends', async () => {
  const octets = Buffer.alloc(3_000_000, 'line\r\n--boundary--\r\n');
  const form = new FormData();
  form.set('file', new Blob([octets]), '../../etc/pass"wd\u0007.csv');
  form.set('input', JSON.stringify({ note: 'after the file' }));
  const answer = await send(form);
  assert.equal(answer.status, 200);
  assert.equal(answer.json.hash, createHash('sha256').update(octets).digest('hex'));
  assert.deepEqual([answer.json.bytes, answer.json.note], [octets.length, 'after the file']);
  assert.doesNotMatch(answer.json.name, /[/\\]|\p{Cc}/u);
  assert.deepEqual(left(), []);
});

test('a file that a job holds stays until the job lets go of it', async () => {
  const form = new FormData();
  form.set('input', JSON.stringify({ keep: true }));
  form.set('file', new Blob(['kept']), 'kept.txt');
  assert.equal((await send(form)).status, 200);
  assert(held);
  assert.equal(readFileSync(held.file.path, 'utf8'), 'kept');
  await held.release();
  await held.release();
  assert.deepEqual(left(), []);
});

test('JSON cannot name a file of this machine', async () => {
  const file = { path: '/etc/passwd', name: 'x', bytes: 1 };
  const answer = await send(JSON.stringify({ file }), { 'content-type': 'application/json' });
  assert.deepEqual([answer.status, Object.keys(answer.json.fields)], [422, ['file']]);
});

test('refused, broken and oversized forms leave nothing behind', async () => {
  const type = { 'content-type': 'multipart/form-data; boundary=B' };
  const part = (name: string, content: string) =>
    `--B\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n\r\n${content}\r\n`;
  const cases: [string, string][] = [
    [`${part('file', 'x')}`, 'body-malformed'],
    [`${part('file', 'x')}${part('file', 'y')}--B--`, 'body-malformed'],
    [`${part('other', 'x')}--B--`, 'body-malformed'],
    [`--B\r\n${'x'.repeat(9_000)}`, 'body-malformed'],
    ['no boundary at all', 'body-malformed'],
    [`${part('file', 'x')}${part('input', '[]')}--B--`, 'body-malformed'],
    [`${part('file', 'x')}${part('input', '{"note":"a","note":"b"}')}--B--`, 'json-malformed'],
    [`${part('file', 'x')}${part('input', 'x'.repeat(LIMITS.requestBytes + 1))}--B--`, 'request-too-large'],
    [`${part('file', 'x')}${part('input', '{"note":"refuse"}')}--B--`, 'note-refused'],
    [`${part('input', '{}')}--B--`, 'input-invalid'],
  ];
  for (const [body, code] of cases) {
    assert.equal((await send(body, type)).json.code, code, body.slice(0, 80));
    assert.deepEqual(left(), [], code);
  }
});

test('a file may be as large as the limit, and not one octet larger', async () => {
  const form = (content: string) =>
    Readable.from([
      Buffer.from(`--B\r\nContent-Disposition: form-data; name="file"\r\n\r\n${content}\r\n--B--`),
    ]);
  const read = (content: string, isHeld: boolean) =>
    readMultipart(
      form(content),
      'B',
      { scratch: node.deps.scratch, fileName: 'edge' },
      { maxBytes: 1_000, isHeld },
    );
  const whole = await read('x'.repeat(1_000), false);
  assert(whole.ok && whole.value.file && 'hold' in whole.value.file && whole.value.file.bytes === 1_000);
  await whole.value.file.hold()();
  const held = await read('x'.repeat(1_000), true);
  assert(held.ok && held.value.file instanceof Uint8Array && held.value.file.length === 1_000);
  for (const isHeld of [true, false]) {
    const more = await read('x'.repeat(1_001), isHeld);
    assert.equal(more.ok ? undefined : more.code, 'file-too-large');
  }
  assert.deepEqual(left(), []);
});

test('a sender who goes away in the middle leaves nothing behind', async () => {
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (sent++ > 20) controller.error(new Error('the connection broke'));
      else if (sent === 1)
        controller.enqueue(Buffer.from('--B\r\nContent-Disposition: form-data; name="file"\r\n\r\n'));
      else controller.enqueue(Buffer.alloc(100_000, 'x'));
    },
  });
  const answer = await send(body, { 'content-type': 'multipart/form-data; boundary=B' });
  assert.equal(answer.json.code, 'request-broken-off');
  assert.deepEqual(left(), []);
});

test('a file that an operation answers with is sent whole and removed', async () => {
  const response = await app.request('/api/make-file', { method: 'POST' });
  assert.equal(response.headers.get('content-type'), 'application/x-test');
  assert.equal(response.headers.get('content-disposition'), 'attachment; filename="my__file_.bin"');
  assert.equal(response.headers.get('content-length'), '9');
  assert.equal(await response.text(), 'made here');
  for (let turn = 0; existsSync(join(node.deps.scratch, 'made')) && turn < 1_000; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(left(), []);
});
