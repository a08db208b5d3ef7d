import {
  type ClientRequest,
  type IncomingMessage,
  type Agent as PlainAgent,
  request as plainRequest,
} from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { Clock } from './clock.ts';
import type { Exchange } from './exchange.ts';
import { LIMITS } from './limits.ts';
import { NotDialled } from './outward-lookup.ts';
import { hostForbidden, type Target } from './outward-target.ts';
import { type Failure, fail, ok } from './result.ts';

type Request = Parameters<Exchange>[0];
type Answer = Awaited<ReturnType<Exchange>>;

/** How one exchange is made. */
export interface Way {
  readonly clock: Clock;
  /** The instant by which the whole answer is here. */
  readonly until: number;
  readonly idleMs: number;
  readonly maxBytes: number;
  readonly agent: PlainAgent;
  readonly trusted: readonly string[] | undefined;
  readonly lookup: LookupFunction;
}

/** How far a connection came, which says what an error means. */
type Stage = 'dialling' | 'securing' | 'asking' | 'answering';

/** One try: `isStale` when a connection that was kept turned out to be closed by the other side already. */
interface Tried {
  readonly answer: Answer;
  readonly isStale: boolean;
}

/**
 * Fails with `host-unknown`, `host-forbidden`, `connect-failed`, `tls-failed`, `answer-late`, `answer-too-large`,
 * `answer-malformed` and `answer-broken-off`.
 */
export async function exchangeOnce(way: Way, target: Target, request: Request): Promise<Answer> {
  const first = await attempt(way, target, request, way.agent);
  if (!first.isStale || way.clock.now() >= way.until) return first.answer;
  return (await attempt(way, target, request, false)).answer;
}

function attempt(way: Way, target: Target, request: Request, agent: PlainAgent | false): Promise<Tried> {
  return new Promise((resolve) => {
    const outgoing = send(way, target, request, agent);
    let stage: Stage = 'dialling';
    let isDone = false;
    let isSent = false;
    outgoing.once('finish', () => {
      isSent = true;
    });
    const finish = (answer: Answer, isStale = false): void => {
      if (isDone) return;
      isDone = true;
      watch.stop();
      if (!answer.ok) outgoing.destroy();
      else if (!isSent) destroyUnlessFinished(way.clock, outgoing);
      resolve({ answer, isStale });
    };
    const watch = watchTime(way, outgoing, () =>
      finish(stage === 'dialling' || stage === 'securing' ? connectFailed() : late()),
    );
    outgoing.on('socket', (socket) => {
      if (outgoing.reusedSocket) stage = 'asking';
      else followDialling(socket, target.isPlain, (to) => (stage = to));
    });
    outgoing.on('response', (response) => {
      stage = 'answering';
      readAnswer(response, way.maxBytes, finish);
    });
    outgoing.on('upgrade', (_response, socket: Socket) => {
      socket.destroy();
      finish(malformed());
    });
    let notices = 0;
    outgoing.on('information', () => {
      if (++notices > LIMITS.outwardNotices) finish(malformed());
    });
    outgoing.on('error', (error) => {
      const isStale = stage === 'asking' && outgoing.reusedSocket && isCut(error);
      finish(failureOf(error, stage), isStale);
    });
    outgoing.on('close', () => finish(brokenOff()));
    outgoing.end(request.body);
  });
}

function send(way: Way, target: Target, request: Request, agent: PlainAgent | false): ClientRequest {
  const options = {
    agent,
    host: target.host,
    port: target.port,
    method: request.method,
    path: target.path,
    lookup: way.lookup,
    maxHeaderSize: LIMITS.outwardHeaderBytes,
    insecureHTTPParser: false,
    joinDuplicateHeaders: true,
    headers: {
      ...request.headers,
      host: target.authority,
      'user-agent': 'Parley',
      'accept-encoding': 'identity',
      ...(request.method === 'POST' && { 'content-length': request.body.length }),
    },
  };
  if (target.isPlain) return plainRequest(options);
  const ca = way.trusted && { ca: [...way.trusted] };
  return tlsRequest({ ...options, ...ca, minVersion: 'TLSv1.2', rejectUnauthorized: true });
}

/** After an answer that came early, the other side may never take the rest of the request. */
function destroyUnlessFinished(clock: Clock, outgoing: ClientRequest): void {
  const leave = clock.after(LIMITS.outwardRestOfRequestMs, () => outgoing.destroy());
  outgoing.once('finish', leave);
}

function followDialling(socket: Socket, isPlain: boolean, to: (stage: Stage) => void): void {
  socket.once('connect', () => to(isPlain ? 'asking' : 'securing'));
  if (!isPlain) socket.once('secureConnect', () => to('asking'));
}

/** The cap on the whole, and one on silence: as many octets as before, in either direction, at two looks in a row. */
function watchTime(way: Way, outgoing: ClientRequest, onLate: () => void): { stop(): void } {
  const stopWhole = way.clock.after(Math.max(0, way.until - way.clock.now()), onLate);
  let moved = -1;
  let stopLook = (): void => {};
  const look = (): void => {
    const now = (outgoing.socket?.bytesRead ?? 0) + (outgoing.socket?.bytesWritten ?? 0);
    if (now === moved) {
      onLate();
      return;
    }
    moved = now;
    stopLook = way.clock.after(way.idleMs, look);
  };
  look();
  return {
    stop() {
      stopWhole();
      stopLook();
    },
  };
}

function readAnswer(response: IncomingMessage, maxBytes: number, finish: (answer: Answer) => void): void {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
    finish(tooLarge());
    return;
  }
  let held = new Uint8Array(1_024);
  let length = 0;
  let pieces = 0;
  response.on('data', (chunk: Uint8Array) => {
    if (length + chunk.length > maxBytes) return finish(tooLarge());
    // A megabyte in chunks of one octet takes seconds to read.
    if (++pieces > LIMITS.outwardPieces + length / 256) return finish(malformed());
    if (length + chunk.length > held.length) {
      const larger = new Uint8Array(Math.max(2 * held.length, length + chunk.length));
      larger.set(held.subarray(0, length));
      held = larger;
    }
    held.set(chunk, length);
    length += chunk.length;
  });
  response.on('error', () => finish(brokenOff()));
  response.on('end', () => {
    const headers = Object.entries(response.headers).flatMap(
      ([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []), // only Set-Cookie is a list
    );
    finish(
      ok({
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(headers),
        body: held.slice(0, length),
      }),
    );
  });
}

function failureOf(error: Error, stage: Stage): Failure {
  if (error instanceof NotDialled) return error.isForbidden ? hostForbidden() : hostUnknown();
  const code = 'code' in error ? String(error.code) : '';
  if (/^HPE_.*OVERFLOW$/.test(code)) return tooLarge();
  if (code.startsWith('HPE_')) return malformed();
  if (stage === 'dialling') return connectFailed();
  if (stage === 'securing') {
    return fail(
      'tls-failed',
      'That host did not prove to be the one it is called.',
      'Its operator has to renew its certificate, or the address is wrong.',
    );
  }
  return brokenOff();
}

function isCut(error: Error): boolean {
  return 'code' in error && ['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(String(error.code));
}

function hostUnknown(): Failure {
  return fail('host-unknown', 'No host of that name was found.', 'Check the name, or try again later.');
}

function connectFailed(): Failure {
  return fail('connect-failed', 'That host could not be reached.', 'It can be tried again later.');
}

function late(): Failure {
  return fail('answer-late', 'The other side took too long.', 'It can be tried again later.');
}

function tooLarge(): Failure {
  return fail('answer-too-large', 'The answer had more octets than are taken.', 'Ask for less at once.');
}

function malformed(): Failure {
  return fail('answer-malformed', 'The answer was not proper HTTP.', 'Check the address.');
}

function brokenOff(): Failure {
  return fail(
    'answer-broken-off',
    'The connection broke before the whole answer came.',
    'It can be tried again.',
  );
}
