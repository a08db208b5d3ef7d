import type { IncomingMessage, Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { isLoopback, sideOf } from '../../kernel/addresses.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { DOOR_LIMITS } from './limits.ts';

export type DoorLimits = Readonly<Record<keyof typeof DOOR_LIMITS, number>>;

/** What node:http bounds by itself. */
export function serverOptions(limits: DoorLimits): ServerOptions {
  return {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.restMs,
    connectionsCheckingInterval: Math.ceil(limits.headersMs / 4),
  };
}

interface Connection {
  /** The latest request, and that of the last look. */
  request: IncomingMessage | undefined;
  looked: IncomingMessage | undefined;
  read: number;
  written: number;
  untaken: number;
}

/**
 * Bounds what node:http does not: connections of one side, bodies that drip, and answers that nobody takes. A stream of
 * events that is quiet is neither. The returned function ends the looking.
 */
export function boundConnections(server: Server, clock: Clock, limits: DoorLimits): () => void {
  const connections = new Map<Socket, Connection>();
  const sides = new Map<string, number>();
  server.maxConnections = limits.connections;
  server.on('connection', (socket) => {
    if (!isWithin(sides, limits, socket)) {
      socket.destroy();
      return;
    }
    connections.set(socket, { request: undefined, looked: undefined, read: 0, written: 0, untaken: 0 });
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', (request) => {
    const connection = connections.get(request.socket);
    if (connection) connection.request = request;
  });
  let stop = (): void => {};
  const look = (): void => {
    for (const [socket, connection] of connections)
      if (isTooSlow(socket, connection, limits)) socket.destroy();
    stop = clock.after(limits.lookMs, look);
  };
  look();
  return () => stop();
}

/** Counts the connection to its side, unless that has as many as it may. */
function isWithin(sides: Map<string, number>, limits: DoorLimits, socket: Socket): boolean {
  const address = socket.remoteAddress;
  if (address === undefined) return true; // the socket in the data folder
  const side = sideOf(address);
  const open = sides.get(side) ?? 0;
  if (open >= (isLoopback(address) ? limits.connectionsFromHere : limits.connectionsPerSide)) return false;
  sides.set(side, open + 1);
  socket.once('close', () => {
    const left = (sides.get(side) ?? 1) - 1;
    if (left === 0) sides.delete(side);
    else sides.set(side, left);
  });
  return true;
}

function isTooSlow(socket: Socket, connection: Connection, limits: DoorLimits): boolean {
  const { request, looked } = connection;
  const came = socket.bytesRead - connection.read;
  const isTaken = socket.writableLength === 0 || socket.bytesWritten > connection.written;
  connection.looked = request;
  connection.read = socket.bytesRead;
  connection.written = socket.bytesWritten;
  connection.untaken = isTaken ? 0 : connection.untaken + 1;
  if (connection.untaken >= limits.untakenLooks) return true;
  const isUnderWay = request !== undefined && request === looked && !request.complete;
  // While octets wait here, it is we who are slow.
  return isUnderWay && request.readableLength === 0 && came < limits.slowestBytes;
}
