import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';

/** A server on loopback, closed at once together with whatever is connected. */
export interface Listener {
  readonly port: number;
  /** Connections that came, and those that are open. */
  readonly came: () => number;
  readonly open: () => number;
  close(): Promise<void>;
}

/** Has a server of node:net, node:http or node:https listen. */
export async function listenOn(server: Server, host = '127.0.0.1', port = 0): Promise<Listener> {
  const sockets = new Set<Socket>();
  let came = 0;
  server.on('connection', (socket: Socket) => {
    came++;
    sockets.add(socket);
    socket.on('error', () => {}); // the other side may go away in any way
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  assert(typeof address === 'object' && address !== null);
  return {
    port: address.port,
    came: () => came,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A server that speaks octets: it does to each connection what it is told once the head of a request is here. */
export function rawServer(answer: (socket: Socket, head: string) => void): Server {
  return createServer({ allowHalfOpen: true }, (socket) => {
    let heard = '';
    socket.setEncoding('latin1').on('data', (text) => {
      heard += text;
      const end = heard.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = heard.slice(0, end);
      heard = '';
      answer(socket, head);
    });
    socket.on('end', () => socket.end());
  });
}

/** A name server that answers questions for A with what it is told, and says nothing to undefined. */
export async function nameServer(
  answer: (name: string) => readonly string[] | undefined,
): Promise<{ readonly port: number; close(): void }> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let size = question[at] ?? 0; size > 0; size = question[at] ?? 0) {
      labels.push(question.toString('latin1', at + 1, at + 1 + size));
      at += size + 1;
    }
    const isA = question.readUInt16BE(at + 1) === 1;
    const addresses = isA ? answer(labels.join('.').toLowerCase()) : [];
    if (!addresses) return;
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x8180, 2); // an answer, recursion available
    head.writeUInt16BE(addresses.length, 6);
    head.writeUInt32BE(0, 8);
    const records = addresses.map((address) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
    );
    socket.send(Buffer.concat([head, question.subarray(12, at + 5), ...records]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, close: () => socket.close() };
}

/** A self-signed certificate (RFC 5280) for these names and IPv4 addresses, around now or long past. */
export function throwawayCertificate(
  names: readonly string[],
  addresses: readonly string[],
  years: readonly [number, number] = [2020, 2049],
): { readonly key: string; readonly cert: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = seq(oid('2a8648ce3d040302')); // ecdsa-with-SHA256
  const subject = seq(der(0x31, seq(oid('550403'), der(0x0c, Buffer.from('throwaway')))));
  const validity = seq(...years.map((year) => der(0x17, Buffer.from(`${String(year).slice(2)}0101000000Z`))));
  const alternatives = [
    ...names.map((name) => der(0x82, Buffer.from(name))),
    ...addresses.map((address) => der(0x87, Buffer.from(address.split('.').map(Number)))),
  ];
  const extension = seq(oid('551d11'), der(0x04, seq(...alternatives)));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' });
  const body = [version, serial, algorithm, subject, validity, subject, publicKey, der(0xa3, seq(extension))];
  const signed = seq(...body);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, pair.privateKey));
  const base64 = seq(signed, algorithm, signature).toString('base64');
  return {
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length;
  const head = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function seq(...contents: readonly Uint8Array[]): Buffer {
  return der(0x30, ...contents);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}
