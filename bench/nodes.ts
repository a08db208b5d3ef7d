import crypto from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';
import type { Exchange } from '../src/network/index.ts';
import { startTestNode, type TestNode } from '../test/harness/node.ts';
import type { Hub } from '../test/nodes/hub.ts';
import { maya, openRelationship } from '../test/nodes/loop.ts';

const MESSAGES = 2_000;
const AT_ONCE = 250;
const PACED = 300;

/** One statement as a node ran it: on which file, and with what. */
interface Traced {
  readonly file: string;
  readonly sql: string;
  readonly values: readonly SQLInputValue[] | undefined;
}

/**
 * Signed, durable messages from one node to another: signed and kept here, carried, checked and kept there, receipt checked
 * and kept here. Both nodes run in this process, on SQLite, without HTTP between them. Beside it the floor of the same run:
 * its SQL, statement by statement and commit by commit, on copies of both files from before, and as many signatures made
 * and checked, with the keys at hand.
 */
export async function bench(words: readonly string[]): Promise<number> {
  const messages = Number(words[0] ?? MESSAGES);
  const trace = traced();
  const town = await openTown();
  try {
    await say(town, 200, 'warm');
    // both nodes and the compiler get warm
    const files = [town.home, town.vendor].map((node) => join(node.data, 'parley.sqlite'));
    for (const file of files) copyWhole(file, `${file}-before`);
    trace.begin();
    const wall = await say(town, messages, 'fast');
    const seen = trace.end();
    const paced = await pace(town, messages / wall.seconds / 2);
    const floor = replay(seen, files);
    for (const file of files)
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}-before${end}`, { force: true });
    const per = (count: number): string => (count / messages).toFixed(1);
    console.log(
      `${messages} messages of one relationship, up to 100 in one request, one process for both nodes`,
    );
    console.log(
      `per message: ${per(seen.statements.length)} statements, ${per(seen.signed)} signatures made, ${per(seen.checked)} checked`,
    );
    console.log(
      `Parley    ${(messages / wall.cpu).toFixed(0).padStart(6)} messages a second of processor time, ${(messages / wall.seconds).toFixed(0)} by the clock`,
    );
    console.log(
      `floor     ${(messages / floor.cpu).toFixed(0).padStart(6)} messages a second of processor time, ${(messages / floor.seconds).toFixed(0)} by the clock`,
    );
    console.log(
      `ratio     ${(wall.cpu / floor.cpu).toFixed(2).padStart(6)}x of processor time, ${(wall.seconds / floor.seconds).toFixed(2)}x by the clock`,
    );
    console.log(
      `end to end at half load: p50 ${paced.p50.toFixed(0)} ms, p99 ${paced.p99.toFixed(0)} ms, of ${PACED} messages`,
    );
    console.log(`memory    ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
    return 0;
  } finally {
    await town.home.close();
    await town.vendor.close();
    await town.market.close();
  }
}

interface Town {
  readonly home: TestNode;
  readonly vendor: TestNode;
  readonly market: TestNode;
  readonly relationship: string;
  /** Called with how many envelopes of the person's have been acknowledged by the vendor's node. */
  onArrived: (count: number) => void;
}

async function openTown(): Promise<Town> {
  const nodes = new Map<string, TestNode>();
  const town = { onArrived: (_count: number): void => {} };
  let sides = 0;
  const exchange: Exchange = async (request) => {
    const { host } = new URL(request.url);
    const node = nodes.get(host);
    if (!node) return { ok: false, code: 'host-unknown', message: '', next: '' };
    // Every request comes from another address: what one may send in a minute is not what is measured here.
    const value = await node.answerPeer(request, `side ${sides++}`);
    if (host === 'shop.example') town.onArrived(value.body.filter((octet) => octet === 0x0a).length);
    return { ok: true, value };
  };
  const open = async (host: string): Promise<TestNode> => {
    const wayOut = { plainHosts: [], exchange };
    const node = await startTestNode({ rehearse: false, publicOrigin: `https://${host}`, wayOut });
    nodes.set(host, node);
    return node;
  };
  const [home, vendor, market] = [
    await open('home.example'),
    await open('shop.example'),
    await open('market.example'),
  ];
  const idle = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) {
      await new Promise((resolve) => setTimeout(resolve, 700)); // boxes are looked into now and then
      for (const node of nodes.values()) await node.idle();
    }
  };
  const hub: Hub = { seen: [], open, onWire() {}, replace() {}, cut() {}, idle, close: async () => {} };
  return Object.assign(town, {
    home,
    vendor,
    market,
    relationship: await openRelationship(hub, home, vendor),
  });
}

/** Says so much as fast as it goes; until the last receipt is kept. */
async function say({ home, relationship }: Town, messages: number, name: string) {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  for (let at = 0; at < messages; at += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, messages - at) }, (_, i) => `${name} ${at + i}`);
    await Promise.all(batch.map((text) => home.done('send-message', { relationship, text }, maya)));
  }
  await home.idle();
  return { seconds: (performance.now() - began) / 1000, cpu: seconds(process.cpuUsage(cpu)) };
}

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

/** Says one after the other at this rate; milliseconds from the asking until the other node has acknowledged it. */
async function pace(town: Town, rate: number): Promise<{ p50: number; p99: number }> {
  const [asked, took]: [number[], number[]] = [[], []];
  town.onArrived = (count) => {
    for (let i = 0; i < count && took.length < asked.length; i++)
      took.push(performance.now() - (asked[took.length] ?? 0));
  };
  const began = performance.now();
  const under: Promise<unknown>[] = [];
  for (let i = 0; i < PACED; i++) {
    const wait = began + (i * 1000) / rate - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    asked.push(performance.now());
    under.push(town.home.done('send-message', { relationship: town.relationship, text: `paced ${i}` }, maya));
  }
  await Promise.all(under);
  await town.home.idle();
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Counts signatures and keeps every statement, as node:sqlite is asked for them. */
function traced() {
  let seen: { statements: Traced[]; signed: number; checked: number } | undefined;
  const sources = new WeakMap<StatementSync, { file: string; sql: string }>();
  const { prepare, exec } = DatabaseSync.prototype;
  const fileOf = (database: DatabaseSync): string => database.location() ?? '';
  DatabaseSync.prototype.prepare = function (sql: string) {
    const statement = prepare.call(this, sql);
    sources.set(statement, { file: fileOf(this), sql });
    return statement;
  };
  DatabaseSync.prototype.exec = function (sql: string) {
    seen?.statements.push({ file: fileOf(this), sql, values: undefined });
    return exec.call(this, sql);
  };
  for (const name of ['all', 'run', 'get'] as const) {
    const own = StatementSync.prototype[name] as (...values: SQLInputValue[]) => unknown; // the three differ in what they answer
    Object.defineProperty(StatementSync.prototype, name, {
      value(this: StatementSync, ...values: SQLInputValue[]) {
        const source = sources.get(this);
        if (source && seen) seen.statements.push({ ...source, values });
        return own.apply(this, values);
      },
    });
  }
  const { sign, verify } = crypto;
  Object.assign(crypto, {
    sign: (...args: Parameters<typeof sign>) => {
      if (seen) seen.signed++;
      return sign(...args);
    },
    verify: (...args: Parameters<typeof verify>) => {
      if (seen) seen.checked++;
      return verify(...args);
    },
  });
  syncBuiltinESMExports();
  return {
    begin() {
      seen = { statements: [], signed: 0, checked: 0 };
    },
    end() {
      const ended = seen ?? { statements: [], signed: 0, checked: 0 };
      seen = undefined;
      return ended;
    },
  };
}

function copyWhole(from: string, to: string): void {
  for (const end of ['', '-wal']) copyFileSync(`${from}${end}`, `${to}${end}`);
}

/** The same statements on the copies, and as many signatures with keys at hand. */
function replay(
  { statements, signed, checked }: ReturnType<ReturnType<typeof traced>['end']>,
  files: readonly string[],
) {
  const opened = new Map(
    files.map((file) => {
      const database = new DatabaseSync(`${file}-before`);
      database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -8000');
      return [file, { database, prepared: new Map<string, StatementSync>() }] as const;
    }),
  );
  const pair = crypto.generateKeyPairSync('ed25519');
  const octets = crypto.randomBytes(700);
  const signature = crypto.sign(null, octets, pair.privateKey);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  for (let i = 0; i < signed; i++) crypto.sign(null, octets, pair.privateKey);
  for (let i = 0; i < checked; i++) crypto.verify(null, octets, pair.publicKey, signature);
  for (const { file, sql, values } of statements) {
    const on = opened.get(file);
    if (!on) continue;
    if (values === undefined) {
      // Readers had a connection of their own; here there is one, whose transactions are the writers'.
      if (!/^(begin$|pragma)/.test(sql) && !(sql === 'commit' && !on.database.isTransaction))
        on.database.exec(sql);
      continue;
    }
    const statement = on.prepared.get(sql) ?? on.database.prepare(sql);
    on.prepared.set(sql, statement);
    statement.all(...values);
  }
  const took = { seconds: (performance.now() - began) / 1000, cpu: seconds(process.cpuUsage(cpu)) };
  for (const { database } of opened.values()) database.close();
  return took;
}
