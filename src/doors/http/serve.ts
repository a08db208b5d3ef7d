import { chmodSync, rmSync } from 'node:fs';
import type { Operation } from '../../kernel/operation.ts';
import { type Failure, ok, type Result } from '../../kernel/result.ts';
import type { Deps } from '../../operations.ts';
import type { ReportBug } from '../report-bug.ts';
import { socketAddress } from '../socket-address.ts';
import { httpApp } from './app.ts';
import { changeFeed } from './events.ts';
import { type Hosts, hostsFor } from './host-check.ts';
import { type Listening, listen, type Place } from './listen.ts';
import { pagesIn } from './pages.ts';
import type { PeerDoor } from './peers.ts';

interface ServeOptions {
  readonly deps: Deps;
  readonly operations: readonly Operation<Deps>[];
  readonly scratch: string;
  readonly socket: string;
  /** Where the built pages lie. */
  readonly pages: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Addresses to serve beside 127.0.0.1. */
  readonly addresses: readonly string[];
  readonly reportBug: ReportBug;
  readonly peers?: PeerDoor | undefined;
}

export interface Serving {
  readonly port: number;
  stop(): Promise<void>;
}

/** The name that a proxy before this node answers under, for its pages too. */
function publicName(peers: PeerDoor | undefined): [string, string][] {
  return peers === undefined ? [] : [[new URL(peers.origin).host, peers.origin]];
}

/** Names that mean this machine to its own browsers. */
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** Opens the socket for the command line, then the port for browsers and programs. Fails as `listen` does. */
export async function serve(options: ServeOptions): Promise<Result<Serving>> {
  const { deps, operations, scratch, reportBug } = options;
  const feed = changeFeed(deps);
  const listening: Listening[] = [];
  const stop = async (): Promise<void> => {
    feed.close();
    await Promise.all(listening.map((server) => server.stop()));
    rmSync(options.socket, { force: true });
  };
  const giveUp = async (failure: Failure): Promise<Failure> => {
    await stop();
    return failure;
  };
  let hosts: Hosts = new Map();
  const open = { deps, operations, scratch, reportBug };
  const outside = { hosts: () => hosts, pages: pagesIn(options.pages), peers: options.peers };
  const forBrowsers = httpApp({ ...open, ...outside }, feed);
  const first = await listen(forBrowsers, { host: '127.0.0.1', port: options.port }, deps.clock);
  if (!first.ok) return first;
  listening.push(first.value);
  const { port } = first.value;
  hosts = new Map([...hostsFor([...LOOPBACK, ...options.addresses], port), ...publicName(options.peers)]);
  for (const host of options.addresses) {
    const also = await listen(forBrowsers, { host, port }, deps.clock);
    if (!also.ok) return giveUp(also);
    listening.push(also.value);
  }
  rmSync(options.socket, { force: true }); // one left by a process that was killed; the folder's lock is ours
  const socket: Place = { path: socketAddress(options.socket) };
  const local = await listen(httpApp(open, feed), socket, deps.clock);
  if (!local.ok) return giveUp(local);
  listening.push(local.value);
  chmodSync(options.socket, 0o600);
  return ok({ port, stop });
}
