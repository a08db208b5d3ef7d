import { connect, createServer, type Socket } from 'node:net';
import type { SeededRandom } from '../../../src/kernel/seeded-random.ts';
import { pause } from '../world/words.ts';

/** What may befall a request on its way, and its answer on the way back. */
type Trouble =
  | 'cut before it arrived'
  | 'cut before its answer'
  | 'request truncated'
  | 'answer truncated'
  | 'delayed'
  | 'doubled'
  | 'doubled at once';

export const TROUBLES: readonly Trouble[] = [
  'cut before it arrived',
  'cut before its answer',
  'request truncated',
  'answer truncated',
  'delayed',
  'doubled',
  'doubled at once',
];

/** A stretch of network in front of one node. */
export interface TroubledLine {
  readonly port: number;
  /** What befalls how many of a thousand requests from now on; undefined for a quiet line. */
  trouble(kinds: readonly Trouble[], perMille: number): void;
  /** As Pebble does, it refuses 5 % of valid requests and repeats 1 %, from now on. */
  beAsPebble(): void;
  close(): Promise<void>;
}

interface Proxied {
  readonly random: SeededRandom;
  readonly count: (kind: string) => void;
  /** The node's own port. */
  readonly port: number;
}

const REFUSAL = Buffer.from(
  'HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{"code":"busy"}',
);
const LONGEST_DELAY_MS = 1_500;
const REPEATED_AFTER_MS = 300;

/** Takes one request a connection, whole, and hands it on over TCP. Nothing of it is looked into beyond its length. */
export async function openProxy({ random, count, port }: Proxied): Promise<TroubledLine> {
  let [kinds, perMille, isPebble]: [readonly Trouble[], number, boolean] = [[], 0, false];
  const open = new Set<Socket>();
  const serve = async (socket: Socket): Promise<void> => {
    const request = await readRequest(socket);
    if (!request) return void socket.destroy();
    // Both are drawn for every request, so that one setting does not shift the chances of the other.
    const [refuses, repeats, troubles] = [random.chance(50), random.chance(10), random.chance(perMille)];
    const kind = troubles && kinds.length > 0 ? random.pick(kinds) : undefined;
    if (isPebble && refuses) {
      count('refused as by Pebble');
      return void socket.end(REFUSAL);
    }
    if (kind) count(kind);
    const reply = await pass(port, request, kind, random);
    if (reply === undefined) socket.destroy();
    else if (kind === 'answer truncated') socket.write(reply, () => socket.destroy());
    else socket.end(reply);
    if (!isPebble || !repeats) return;
    await pause(random.below(REPEATED_AFTER_MS));
    count('repeated as by Pebble');
    await hand(port, request);
  };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    void serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    trouble(some, often) {
      [kinds, perMille] = [some, often];
    },
    beAsPebble() {
      isPebble = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Hands a request on as this trouble has it. Answers what comes back, when something does. */
async function pass(
  port: number,
  request: Buffer,
  kind: Trouble | undefined,
  random: SeededRandom,
): Promise<Buffer | undefined> {
  const cutSomewhere = (octets: Buffer): Buffer => octets.subarray(0, random.below(octets.length));
  switch (kind) {
    case 'cut before it arrived':
      return undefined;
    case 'request truncated':
      return void (await hand(port, cutSomewhere(request), true));
    case 'cut before its answer':
      return void (await hand(port, request));
    case 'answer truncated': {
      const reply = await hand(port, request);
      return reply && cutSomewhere(reply);
    }
    case 'delayed': {
      await pause(random.below(LONGEST_DELAY_MS));
      const reply = await hand(port, request);
      await pause(random.below(LONGEST_DELAY_MS));
      return reply;
    }
    case 'doubled':
      await hand(port, request);
      return hand(port, request);
    case 'doubled at once':
      return (await Promise.all([hand(port, request), hand(port, request)]))[random.below(2)];
    default:
      return hand(port, request);
  }
}

const HEAD_END = '\r\n\r\n';

/** The request's octets, told to close its connection; undefined when the connection ends before it is whole. */
function readRequest(socket: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let octets = Buffer.alloc(0);
    socket.on('close', () => resolve(undefined)).on('end', () => resolve(undefined));
    socket.on('data', (some: Buffer) => {
      octets = Buffer.concat([octets, some]);
      const end = octets.indexOf(HEAD_END);
      if (end < 0) return;
      const head = octets.toString('latin1', 0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (octets.length < end + HEAD_END.length + length) return;
      const closing = `${head.replace(/\r\nconnection:[^\r]*/i, '')}\r\nconnection: close`;
      resolve(Buffer.concat([Buffer.from(closing, 'latin1'), octets.subarray(end)]));
    });
  });
}

/** Hands octets to the node, and answers what comes back; nothing when the connection breaks, or is broken off. */
function hand(port: number, octets: Buffer, breaksOff = false): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(parts.length > 0 ? Buffer.concat(parts) : undefined));
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.write(octets, () => {
      if (breaksOff) socket.destroy();
    });
  });
}
