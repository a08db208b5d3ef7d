import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { must } from '../../kernel/result.ts';
import { OPERATIONS } from '../../operations.ts';
import { bySocket } from './by-socket.ts';
import { gather } from './save-whole.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-socket-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a file may hold whatever lines stood between parts before', async () => {
  const types: string[] = [];
  // Reads forms as browsers do, and answers with the file.
  const server = createServer(async (request, response) => {
    const type = request.headers['content-type'] ?? '';
    types.push(type);
    const body = new Uint8Array(await gather(request));
    const form = await new Response(body, { headers: { 'content-type': type } })
      .formData()
      .catch(() => undefined);
    const file = form?.get('file');
    response.end(JSON.stringify(file instanceof Blob ? await file.text() : 'no form'));
  });
  after(() => server.close());
  const path = process.platform === 'win32' ? '\\\\.\\pipe\\parley-by-socket-test' : join(folder, 'socket');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const way = await bySocket(path);
  const operation = OPERATIONS.find((it) => it.name === 'put-file-part');
  assert(way && operation);
  const send = async (text: string): Promise<unknown> => {
    const file = new TextEncoder().encode(text);
    const call = { operation, as: undefined, input: {}, file, saveAs: (name: string) => name };
    return must(await way.call(call));
  };
  assert.equal(await send('a will'), 'a will');
  const before = /boundary=(\S+)/.exec(types[0] ?? '')?.[1];
  assert(before);
  const text = `a will\r\n--${before}\r\nand more\r\n--${before}--\r\n`;
  assert.equal(await send(text), text);
});
