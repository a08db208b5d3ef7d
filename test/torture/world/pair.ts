import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../../harness/postgres.ts';
import { freePort } from '../../harness/postgres-process.ts';
import { type NodeProcess, startNodeProcess } from '../../harness/program.ts';
import { trumpet, trumpetWanted } from '../../story/goods.ts';
import { browserAt, type Side } from '../../story/sides.ts';
import { PASSPHRASE } from '../../story/telling.ts';

/** One of two nodes in processes of their own, at a fixed port of this machine. */
export interface Half {
  readonly name: 'person' | 'vendor';
  readonly side: Side;
  readonly engine: 'sqlite' | 'postgresql';
  readonly data: string;
  readonly port: number;
  pid(): number;
  /** Ends the process, if it has not ended by itself. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** Starts it on what is there. */
  start(): Promise<void>;
  /** Starts it where it is expected to end at once with a sentence; answers that. */
  refusal(): Promise<string | undefined>;
  /** Ends the process at once and starts it anew on what is there. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** A person and a vendor who deal with each other over loopback, and their relationship. */
export interface Pair {
  readonly person: Half;
  readonly vendor: Half;
  readonly relationship: string;
  close(): Promise<void>;
}

/** Where a node keeps what it has. */
interface Place {
  readonly data: string;
  readonly databaseUrl?: string | undefined;
}

interface PairOptions {
  readonly person?: Place;
  readonly vendor?: Place;
  /** What stands in front of the node at this port: the port where others reach it. */
  readonly inFrontOf?: (port: number) => Promise<number>;
}

interface Rows<T> {
  readonly rows: T[];
}

/**
 * Where nothing else is said, the person's node is on SQLite and the vendor's, with its market, on PostgreSQL where there
 * is one.
 */
export async function openPair(options: PairOptions = {}): Promise<Pair> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-torture-'));
  const database = options.vendor ? undefined : await createTestDatabase();
  const person = options.person ?? { data: join(folder, 'person') };
  const vendor = options.vendor ?? { data: join(folder, 'vendor'), databaseUrl: database?.url };
  const inFrontOf = options.inFrontOf ?? (async (port) => port);
  const ports = [await freePort(), await freePort()] as const;
  const faces = [await inFrontOf(ports[0]), await inFrontOf(ports[1])] as const;
  const peers = ['--plain-peers', faces.map((port) => `127.0.0.1:${port}`).join()];
  const open = (name: Half['name'], place: Place, i: 0 | 1): Promise<Half> => {
    const own = ['--port', `${ports[i]}`, '--public', `http://127.0.0.1:${faces[i]}`];
    return openHalf(name, place, ports[i], [...own, '--peer-networks', '127.0.0.0/8', ...peers]);
  };
  const one = await open('person', person, 0);
  const two = await open('vendor', vendor, 1);
  return {
    person: one,
    vendor: two,
    relationship: await deal(one.side, two.side, `127.0.0.1:${faces[1]}`),
    async close() {
      await one.end('SIGTERM');
      await two.end('SIGTERM');
      await database?.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function openHalf(
  name: Half['name'],
  { data, databaseUrl }: Place,
  port: number,
  args: readonly string[],
): Promise<Half> {
  const options = { env: databaseUrl ? { DATABASE_URL: databaseUrl } : {}, args };
  let node: NodeProcess = await startNodeProcess(data, options);
  const side = browserAt(() => `http://127.0.0.1:${port}`);
  await side.done('claim-node', { token: node.token });
  const end = async (signal: NodeJS.Signals): Promise<void> => void (await node.end(signal));
  const start = async (): Promise<void> => {
    node = await startNodeProcess(data, options);
  };
  const again = async (signal: NodeJS.Signals): Promise<void> => {
    await end(signal);
    await start();
  };
  return {
    name,
    side,
    engine: databaseUrl ? 'postgresql' : 'sqlite',
    data,
    port,
    pid: () => node.pid,
    end,
    start,
    async refusal() {
      // It listens, or has ended with a sentence; both are known within moments.
      const started = await startNodeProcess(data, options).catch((error: unknown) => String(error));
      if (typeof started === 'string') return started;
      node = started;
      return undefined;
    },
    kill: () => again('SIGKILL'),
    restart: () => again('SIGTERM'),
  };
}

async function deal(person: Side, vendor: Side, host: string): Promise<string> {
  await person.done('create-party', { name: 'Maya', passphrase: PASSPHRASE });
  await vendor.done('create-party', { name: 'Shop', passphrase: PASSPHRASE });
  const { code } = await person.done<{ code: string }>('show-recovery-code');
  await person.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) });
  await vendor.done('open-storefront', { name: 'Shop' });
  await vendor.done('publish-listing', trumpet(Date.now(), { stock: 10 }));
  await vendor.until<{ counts: { listings: number } }>('show-market', {}, (it) => it.counts.listings === 1);
  const { rows } = await person.done<Rows<{ id: string }>>('add-market', { host });
  const market = rows[0]?.id;
  assert(market, 'the market was found');
  const wanted = { fields: trumpetWanted(Date.now()), market };
  const isThere = (it: { epoch: string }): boolean => it.epoch !== '';
  type Preview = { epoch: string; choices: { cell: { id: string } }[] };
  const preview = await person.until<Preview>('preview-cast', wanted, isThere);
  const choice = preview.choices.at(-1)?.cell.id;
  const { id: intent } = await person.done<{ id: string }>('cast-intent', {
    ...wanted,
    choice,
    ifBelow: 'hold',
  });
  const offers = await person.until<Rows<{ id: string }>>(
    'list-offers',
    { intent },
    (it) => it.rows.length === 1,
  );
  const offer = offers.rows[0]?.id;
  const { relationship } = await person.done<{ relationship: string }>('accept-offer', { offer });
  await person.until<{ state: string }>('get-relationship', { relationship }, (it) => it.state === 'active');
  return relationship;
}
