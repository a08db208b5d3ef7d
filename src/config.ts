import { findPackageJSON } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readNetwork } from './kernel/addresses.ts';
import { fail, ok, type Result } from './kernel/result.ts';

/** The checkout, whether this runs from its source or from build/program. */
const ROOT = dirname(findPackageJSON('..', import.meta.url) ?? import.meta.dirname);
const GAZETTEER = join(ROOT, 'build', 'places.sqlite');

export interface Config {
  readonly port: number;
  readonly data: string;
  /** Where the node's key lies; beside the database when left out. */
  readonly keyFile: string | undefined;
  /** Serve the home network too. */
  readonly isLan: boolean;
  readonly databaseUrl: string | undefined;
  /** Where other nodes reach this one: `https://name`, or plain HTTP on loopback. */
  readonly publicOrigin: string | undefined;
  /** Hosts that are spoken to without TLS. */
  readonly plainPeers: readonly string[];
  /** Networks that are not public and may be reached all the same, as 192.168.1.0/24. */
  readonly peerNetworks: readonly string[];
  readonly relay: string | undefined;
  readonly carriesForOthers: boolean;
  /** Where the built pages lie. */
  readonly pages: string;
  /** The places that set-up built from open data (scripts/build-places.ts). */
  readonly gazetteer: string;
  readonly wantsHelp: boolean;
}

const DEFAULT_PORT = 7447;

export const START_HELP = `npm start [-- options]

  --port N     listen on this port (${DEFAULT_PORT})
  --data DIR   keep everything in this folder (data, in the checkout)
  --key FILE   the node's key lies there and not beside the database, and is made there at the first start
  --lan        serve the home network too, and say what that exposes
  --public URL other nodes reach this one there: https://name, by a proxy that hands on to the port
  --plain-peers HOST:PORT,...
               speak to these nodes without TLS (for several nodes on one machine)
  --relay HOST say what is said before any relationship through this node, which carries for others
  --carry      carry for others: they hide behind this node, and it learns nothing of what they say
  --peer-networks NET/BITS,...
               reach nodes in these networks too, which are not public
  --help       this text

With DATABASE_URL in the environment, the database is that PostgreSQL and not a file in the folder.
PARLEY_KEY_FILE in the environment says the same as --key.`;

/** What `npm start` was asked for. Fails with `usage`. */
export function readConfig(): Result<Config> {
  try {
    const { values } = parseArgs({
      args: process.argv.slice(2),
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        key: { type: 'string' },
        lan: { type: 'boolean' },
        public: { type: 'string' },
        'plain-peers': { type: 'string' },
        'peer-networks': { type: 'string' },
        relay: { type: 'string' },
        carry: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return usage('--port needs a number up to 65535.');
    const publicOrigin = readOrigin(values.public);
    if (!publicOrigin.ok) return publicOrigin;
    const peerNetworks = listed(values['peer-networks']);
    if (peerNetworks.some((it) => !readNetwork(it)))
      return usage('--peer-networks needs networks such as 192.168.1.0/24.');
    if (values.data === '') return usage('--data needs the name of a folder.');
    if (values.key === '') return usage('--key needs the name of a file.');
    return ok({
      port,
      data: dataFolder(values.data),
      keyFile: keyFile(values.key),
      isLan: values.lan ?? false,
      publicOrigin: publicOrigin.value,
      plainPeers: listed(values['plain-peers']),
      peerNetworks,
      relay: values.relay,
      carriesForOthers: values.carry ?? false,
      databaseUrl: databaseUrl(),
      pages: join(ROOT, 'build', 'web'),
      gazetteer: GAZETTEER,
      wantsHelp: values.help ?? false,
    });
  } catch (error) {
    return usage(error instanceof Error ? `${error.message.split('. ')[0]}.` : 'That was not understood.');
  }
}

function listed(text: string | undefined): string[] {
  return text?.split(',').filter((it) => it !== '') ?? [];
}

/** Nothing, or an origin and nothing more: others build addresses on it. */
function readOrigin(given: string | undefined): Result<string | undefined> {
  if (given === undefined) return ok(undefined);
  const url = URL.parse(given);
  const isPlain = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
  const isOrigin = url !== null && `${url.origin}/` === url.href && (url.protocol === 'https:' || isPlain);
  return isOrigin ? ok(url.origin) : usage('--public needs an address such as https://parley.example.org.');
}

/** What `npm run -s parley --` was asked for, before any of it is looked up. */
export function commandLine(): {
  words: readonly string[];
  here: string;
  dataFolder: (given: string | undefined) => string;
  keyFile: (given: string | undefined) => string | undefined;
  databaseUrl: string | undefined;
  gazetteer: string;
  memoryFile: (given: string | undefined) => string;
  columns: number;
} {
  const columns = process.stdout.isTTY ? process.stdout.columns : 0;
  const places = { here: here(), dataFolder, keyFile, memoryFile };
  const own = { ...places, databaseUrl: databaseUrl(), gazetteer: GAZETTEER };
  return { words: process.argv.slice(2), ...own, columns };
}

/** Where the person stands: npm itself changes into the checkout. */
function here(): string {
  return process.env.INIT_CWD ?? process.cwd();
}

function dataFolder(given: string | undefined): string {
  return given === undefined ? join(ROOT, 'data') : resolve(here(), given);
}

function keyFile(given: string | undefined): string | undefined {
  const file = given ?? (process.env.PARLEY_KEY_FILE || undefined);
  return file === undefined ? undefined : resolve(here(), file);
}

/** What this account remembers as a device: never in a node's data, where it would be put back with it. */
function memoryFile(given: string | undefined): string {
  const state = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return given === undefined ? join(state, 'parley', 'sealed.json') : resolve(here(), given);
}

function databaseUrl(): string | undefined {
  return process.env.DATABASE_URL || undefined;
}

function usage(message: string): Result<never> {
  return fail('usage', message, 'npm start -- --help says what there is.');
}
