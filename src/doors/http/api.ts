import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { refuseCaller } from '../../kernel/call-operation.ts';
import { type Download, downloadedFile } from '../../kernel/download.ts';
import { newId } from '../../kernel/ids.ts';
import type { Operation } from '../../kernel/operation.ts';
import { fail } from '../../kernel/result.ts';
import { fileRuleOf } from '../../kernel/upload.ts';
import type { Deps } from '../../operations.ts';
import { call } from '../call.ts';
import type { HttpDoor } from './door.ts';
import { problemResponse } from './problem.ts';
import { readBody } from './read-body.ts';
import { actorOf, keepSession } from './session.ts';

const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** The one route of all operations: `POST /api/<operation>`. */
export function operationRoute(door: HttpDoor): (c: Context) => Promise<Response> {
  const table = new Map(door.operations.map((operation) => [operation.name, operation]));
  return async (c) => {
    const operation = table.get(c.req.param('operation') ?? '');
    if (!operation) {
      return problemResponse(
        fail('operation-unknown', 'There is no such operation.', 'See /api for those there are.'),
      );
    }
    if (c.req.method !== 'POST') {
      return problemResponse(fail('method-refused', 'Operations are called with POST.', 'Use POST.'));
    }
    return answer(door, c, operation);
  };
}

async function answer(door: HttpDoor, c: Context, operation: Operation<Deps>): Promise<Response> {
  const actor = await actorOf(door, c, c.req.header('parley-as'));
  if (!actor.ok) return problemResponse(actor);
  const refused = refuseCaller(operation, actor.value);
  if (refused) return problemResponse(refused);
  const place = { scratch: door.scratch, fileName: newId(door.deps.random) };
  const received = await readBody(c.req.raw, place, fileRuleOf(operation.input));
  if (!received.ok) return problemResponse(received);
  try {
    const result = await call(operation, door.deps, actor.value, received.value.input, door.reportBug);
    if (!result.ok) return problemResponse(result);
    await keepSession(door, c, actor.value, operation.name, result.value);
    // The operation's output schema is this very one.
    if (operation.output === downloadedFile) return fileResponse(c, result.value as Download);
    return c.body(JSON.stringify(result.value), 200, JSON_HEADERS);
  } finally {
    await received.value.release();
  }
}

function fileResponse(c: Context, download: Download): Response {
  const body = Readable.toWeb(octetsOf(download)) as ReadableStream; // Node's type of the same thing
  return c.body(body, 200, {
    'content-type': download.mediaType,
    'content-length': String(download.bytes),
    'content-disposition': `attachment; ${fileNameFor(download.name)}`,
    'cache-control': 'no-store',
  });
}

function octetsOf(download: Download): Readable {
  if ('octets' in download) return Readable.from(download.octets, { objectMode: false });
  const stream = createReadStream(download.path);
  stream.once('close', () => void download.remove());
  return stream;
}

/** The name in the letters that every program reads, and where it has others, whole beside it (RFC 6266). */
function fileNameFor(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_');
  if (plain === name || /^[ -~]*$/.test(name)) return `filename="${plain}"`;
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16)}`);
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}
