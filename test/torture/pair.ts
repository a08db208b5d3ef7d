import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../harness/postgres.ts';
import { freePort, type NodeProcess, peersOf, startNodeProcess } from '../harness/program.ts';
import { trumpet, trumpetWanted } from '../story/goods.ts';
import { browserAt, type Side } from '../story/sides.ts';
import { PASSPHRASE } from '../story/telling.ts';

/** One of two nodes in processes of their own, at a fixed port of this machine. */
export interface Half {
  readonly side: Side;
  readonly engine: 'sqlite' | 'postgresql';
  readonly data: string;
  readonly port: number;
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

interface Rows<T> {
  readonly rows: T[];
}

/** The person's node is on SQLite, the vendor's, with its market, on PostgreSQL where there is one. */
export async function openPair(): Promise<Pair> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-torture-'));
  const database = await createTestDatabase();
  const ports = [await freePort(), await freePort()] as const;
  const env = database ? { DATABASE_URL: database.url } : {};
  const one = await openHalf(join(folder, 'person'), ports[0], ports[1], {}, 'sqlite');
  const two = await openHalf(
    join(folder, 'vendor'),
    ports[1],
    ports[0],
    env,
    database ? 'postgresql' : 'sqlite',
  );
  return {
    person: one.half,
    vendor: two.half,
    relationship: await deal(one.half.side, two.half.side, `127.0.0.1:${ports[1]}`),
    async close() {
      await one.end();
      await two.end();
      await database?.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function openHalf(
  data: string,
  port: number,
  other: number,
  env: Readonly<Record<string, string>>,
  engine: Half['engine'],
): Promise<{ half: Half; end(): Promise<void> }> {
  const args = peersOf(port, [other]);
  const open = (): Promise<NodeProcess> => startNodeProcess(data, { env, args });
  let node = await open();
  const side = browserAt(() => `http://127.0.0.1:${port}`);
  await side.done('claim-node', { token: node.token });
  const again = async (signal: NodeJS.Signals): Promise<void> => {
    await node.end(signal);
    node = await open();
  };
  const half = { side, engine, data, port, kill: () => again('SIGKILL'), restart: () => again('SIGTERM') };
  return { half, end: async () => void (await node.end('SIGTERM')) };
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
