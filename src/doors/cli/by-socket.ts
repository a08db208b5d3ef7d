import { createReadStream, createWriteStream } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { downloadedFile } from '../../kernel/download.ts';
import { newId } from '../../kernel/ids.ts';
import { systemRandom } from '../../kernel/random.ts';
import { type Failure, fail, ok, type Result } from '../../kernel/result.ts';
import { socketAddress } from '../socket-address.ts';
import { gather, saveWhole } from './save-whole.ts';
import { isObjectWith } from './shape.ts';
import type { CommandCall, Way } from './way.ts';

/** The running node behind this socket; undefined when nobody answers there. */
export async function bySocket(path: string): Promise<Way | undefined> {
  const address = socketAddress(path);
  if (!(await answers(address))) return undefined;
  return { call: (call) => callThrough(address, call), close: async () => {} };
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function callThrough(address: string, call: CommandCall): Promise<Result<unknown>> {
  // Drawn anew each time: no file can have the line in it.
  const boundary = `parley-${newId(systemRandom)}`;
  const json = JSON.stringify(call.input);
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="input"\r\n\r\n${json}`;
  const body = call.file === undefined ? [json] : formOf(head, boundary, call.file);
  const type = call.file === undefined ? 'application/json' : `multipart/form-data; boundary=${boundary}`;
  const response = await send(address, call, type, Readable.from(body));
  if (!response) return nodeLost();
  if (response.statusCode === 200 && call.operation.output === downloadedFile)
    return call.holds ? hold(response) : save(response, call);
  const text = await textOf(response);
  if (response.statusCode === 200) return ok(JSON.parse(text));
  return failureIn(text);
}

async function* formOf(
  head: string,
  boundary: string,
  file: string | Uint8Array,
): AsyncGenerator<string | Uint8Array> {
  const name = typeof file === 'string' ? basename(file).replaceAll(/["\r\n]/g, '_') : 'part';
  yield `${head}\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  if (typeof file === 'string') yield* createReadStream(file);
  else yield file;
  yield `\r\n--${boundary}--\r\n`;
}

function send(
  address: string,
  call: CommandCall,
  type: string,
  body: Readable,
): Promise<IncomingMessage | undefined> {
  const headers = { 'content-type': type, ...(call.as !== undefined && { 'parley-as': call.as }) };
  return new Promise((resolve, reject) => {
    const path = `/api/${call.operation.name}`;
    const outgoing = request({ socketPath: address, path, method: 'POST', headers }, resolve);
    outgoing.once('error', () => resolve(undefined));
    body.once('error', reject); // the file cannot be read
    body.pipe(outgoing);
  });
}

/** A connection that ends too early is told as one. */
async function hold(response: IncomingMessage): Promise<Result<unknown>> {
  try {
    return ok(await gather(response));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return nodeLost();
    throw error;
  }
}

async function save(response: IncomingMessage, call: CommandCall): Promise<Result<unknown>> {
  const named = /filename="([^"]*)"/.exec(response.headers['content-disposition'] ?? '')?.[1] ?? 'download';
  try {
    return await saveWhole(call.saveAs(named), (part) =>
      pipeline(response, createWriteStream(part, { flags: 'wx', mode: 0o600 })),
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return nodeLost();
    throw error;
  }
}

function nodeLost(): Failure {
  return fail('node-lost', 'The node stopped while it was asked.', 'Start it, and look whether it was done.');
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** The failure behind problem details. */
function failureIn(text: string): Failure {
  const problem: unknown = JSON.parse(text);
  if (!isObjectWith(problem, 'code', 'title', 'detail')) throw new Error('the node answered something else');
  // The node's own door wrote these.
  const fields = problem.fields as Record<string, string> | undefined;
  return fail(String(problem.code), String(problem.title), String(problem.detail), fields);
}
