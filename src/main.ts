import { renderUnicodeCompact } from 'uqr';
import { type Config, readConfig, START_HELP } from './config.ts';
import { privateAddresses } from './doors/http/lan.ts';
import type { PeerDoor } from './doors/http/peers.ts';
import { type Serving, serve } from './doors/http/serve.ts';
import { reportBugOnStandardError } from './doors/report-bug.ts';
import { systemClock } from './kernel/clock.ts';
import { standardErrorLog } from './kernel/log.ts';
import { systemRandom } from './kernel/random.ts';
import type { Failure } from './kernel/result.ts';
import { safeExchange } from './kernel/safe-exchange.ts';
import type { WayOut } from './network/index.ts';
import { type OpenNode, openNode } from './node/index.ts';
import { OPERATIONS } from './operations.ts';
import { issueVisitorToken } from './parties/index.ts';

const PATIENCE_MS = 15_000;

/** `npm start`: opens the node, serves it, and says where. Ends with 1 and one sentence when it cannot, 2 for usage. */
async function main(): Promise<void> {
  const config = readConfig();
  if (!config.ok) return refuse(config, 2);
  if (config.value.wantsHelp) return say(START_HELP);
  process.umask(0o077);
  const node = await openNode({
    ...config.value,
    clock: systemClock,
    random: systemRandom,
    log: standardErrorLog,
    wayOut: wayOut(config.value),
  });
  if (!node.ok) return refuse(node, 1);
  const { deps, folder } = node.value;
  const addresses = config.value.isLan ? privateAddresses() : [];
  const serving = await serve({
    ...config.value,
    deps,
    operations: OPERATIONS,
    scratch: folder.scratch,
    socket: folder.socket,
    addresses,
    reportBug: reportBugOnStandardError,
    peers: peerDoor(config.value, node.value),
  });
  if (!serving.ok) {
    await node.value.close();
    return refuse(serving, 1);
  }
  stopOnSignal(node.value, serving.value);
  const token = await issueVisitorToken(deps);
  say(welcome(config.value, serving.value.port, addresses, token));
}

function wayOut({ plainPeers: plainHosts, peerNetworks: allowedNetworks }: Config): WayOut {
  return { exchange: safeExchange({ clock: systemClock, plainHosts, allowedNetworks }), plainHosts };
}

function peerDoor({ publicOrigin: origin }: Config, node: OpenNode): PeerDoor | undefined {
  return origin === undefined
    ? undefined
    : { origin, answer: (request, side) => node.answerPeer(request, side) };
}

/** The first signal lets what is under way end; a second one does not wait. */
function stopOnSignal(node: OpenNode, serving: Serving): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    // Whatever does not come to its next whole step is cut, as by a loss of power: what was acknowledged is kept.
    systemClock.after(PATIENCE_MS, () => process.exit(1));
    await serving.stop();
    await node.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function welcome(config: Config, port: number, addresses: readonly string[], token: string): string {
  const page = (host: string): string =>
    `http://${host.includes(':') ? `[${host}]` : host}:${port}/#token=${token}`;
  const lines = [
    `Parley is at ${page('127.0.0.1')}`,
    '  The token works once: it makes the browser that opens this address the one that runs the node.',
    `  Everything is kept in ${config.data}${config.databaseUrl ? ' and in the database of DATABASE_URL' : ''}.`,
    config.keyFile === undefined
      ? '  Its key lies there too, in node.key: whoever copies the folder can open what is sealed (--key puts it elsewhere).'
      : `  Its key is ${config.keyFile}.`,
  ];
  const [nearest] = addresses;
  if (config.isLan && nearest === undefined)
    lines.push('  No home network was found; only this machine is served.');
  if (nearest !== undefined) {
    lines.push(
      ...addresses.map((address) => `  On the home network: ${page(address)}`),
      '  Everybody on that network can now reach the sign-in page, and whoever controls the network can read along,',
      '  passphrases too, because nothing is encrypted on the way. Use it only at home, among people you trust.',
      renderUnicodeCompact(page(nearest), { border: 2 }),
    );
  }
  return [...lines, '  Ctrl+C stops it.'].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function refuse(failure: Failure, exitCode: number): void {
  process.stderr.write(`${failure.message} ${failure.next}\n`);
  process.exitCode = exitCode;
}

process.on('uncaughtException', (error) => {
  reportBugOnStandardError(error);
  process.exit(3);
});
await main();
