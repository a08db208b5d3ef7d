import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyBefore, replay, sealAll, writesOf } from './nodes/floor.ts';
import { compareLarge } from './nodes/large.ts';
import { memoryOver } from './nodes/minutes.ts';
import { openTown, sayAll, sayPaced, type Took, type Town } from './nodes/town.ts';
import { type Trace, tracer } from './nodes/traced.ts';

const MESSAGES = 4_500;
const ROUNDS = 9;
const PACED = 2_000;

/**
 * Signed, durable messages from one node to another: signed and kept here, carried, checked and kept there, receipt signed
 * there, checked and kept here. Both nodes run in this process, on SQLite, without HTTP between them. Beside it the floor of
 * the same run: as many signatures made and checked, and its SQL as mere SQL, commit by commit, on copies of both files from
 * before.
 */
export async function bench(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      messages: { type: 'string', default: `${MESSAGES}` },
      minutes: { type: 'string' },
      statements: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      relationships: { type: 'string', default: '10000' },
      records: { type: 'string', default: '1000000' },
    },
  });
  if (values.large) return (await compareLarge(Number(values.relationships), Number(values.records))) ? 0 : 1;
  if (values.minutes !== undefined && !isAsANode()) return asANode(words);
  const trace = values.minutes === undefined ? tracer() : undefined;
  const town = await openTown();
  try {
    if (trace) await throughput(town, trace, Number(values.messages), values.statements);
    else await memoryOver(town, Number(values.minutes));
    return 0;
  } finally {
    await town.close();
  }
}

/** Memory is what the C library and V8 make of it: measured as scripts/run.mjs starts a node. */
const NODE_ENV = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '16384' };

function isAsANode(): boolean {
  return process.env.MALLOC_ARENA_MAX === NODE_ENV.MALLOC_ARENA_MAX;
}

function asANode(words: readonly string[]): Promise<number> {
  const argv = [
    '--max-semi-space-size=2',
    '--expose-gc',
    join(import.meta.dirname, 'main.ts'),
    'nodes',
    ...words,
  ];
  const child = spawn(process.execPath, argv, { stdio: 'inherit', env: { ...process.env, ...NODE_ENV } });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

/** Rounds of Parley and its floor by turns, so that both meet the same machine, however busy others keep it. */
async function throughput(
  town: Town,
  tracing: ReturnType<typeof tracer>,
  messages: number,
  tellsStatements: boolean,
): Promise<void> {
  const files = [town.home, town.vendor].map((node) => join(node.data, 'parley.sqlite'));
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['all', 'writes']) copyBefore(files, name);
    tracing.begin();
    await sayAll(town, messages / ROUNDS);
    const trace = tracing.end();
    const took = await sayAll(town, messages / ROUNDS); // as many again, while nobody takes notes
    const statements = trace.statements.filter((it) => files.includes(it.file));
    const writes = writesOf(statements);
    const signatures = sealAll(trace);
    const [all, rows] = [replay(statements, files, 'all'), replay(writes, files, 'writes')];
    const counts = { statements: statements.length, writes: writes.length };
    rounds.push({ ...counts, took, signatures, all, rows, signed: trace.signed, checked: trace.checked });
    if (tellsStatements && round === ROUNDS - 1) tellStatements(trace, messages / ROUNDS);
  }
  tell(rounds.slice(1), messages - messages / ROUNDS); // both nodes and the compiler got warm in the first one
  const clock = rounds.slice(1).reduce((all, it) => all + it.took.seconds, 0);
  const rate = (messages - messages / ROUNDS) / clock / 2;
  const paced = await sayPaced(town, PACED, rate);
  const at = (share: number): string => (paced[Math.floor(paced.length * share)] ?? Number.NaN).toFixed(0);
  console.log(
    `end to end at half load: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, of ${paced.length} messages, ${rate.toFixed(0)} a second`,
  );
}

interface Round {
  readonly took: Took;
  readonly signatures: Took;
  readonly all: Took;
  readonly rows: Took;
  readonly statements: number;
  readonly writes: number;
  readonly signed: number;
  readonly checked: number;
}

function tell(rounds: readonly Round[], messages: number): void {
  const sum = (of: (round: Round) => number): number => rounds.reduce((all, it) => all + of(it), 0);
  const total = (of: (round: Round) => Took): Took => ({
    cpu: sum((it) => of(it).cpu),
    seconds: sum((it) => of(it).seconds),
  });
  const plus = (a: Took, b: Took): Took => ({ cpu: a.cpu + b.cpu, seconds: a.seconds + b.seconds });
  const per = (of: (round: Round) => number): string => (sum(of) / messages).toFixed(2);
  const took = total((it) => it.took);
  const signatures = total((it) => it.signatures);
  const floor = plus(
    signatures,
    total((it) => it.all),
  );
  const least = plus(
    signatures,
    total((it) => it.rows),
  );
  console.log(
    `${messages} messages of one relationship, up to 100 in one request, one process for both nodes`,
  );
  console.log(
    `per message: ${per((it) => it.signed)} signatures made, ${per((it) => it.checked)} checked, ${per((it) => it.statements)} statements, ${per((it) => it.writes)} of them to write`,
  );
  tellRate('Parley', took, messages);
  tellRate('floor: the signatures and all its SQL', floor, messages);
  tellRate('least: the signatures and the rows written', least, messages);
  tellRate('  of these the signatures', signatures, messages);
  const times = (a: Took, b: Took): string =>
    `${(a.cpu / b.cpu).toFixed(2)}x of processor time, ${(a.seconds / b.seconds).toFixed(2)}x by the clock`;
  console.log(`ratio to the floor ${times(took, floor)}; to the least ${times(took, least)}`);
}

function tellRate(what: string, it: Took, messages: number): void {
  const [cpu, clock] = [messages / it.cpu, messages / it.seconds].map((rate) => rate.toFixed(0));
  console.log(`${what.padEnd(44)} ${cpu} a second of processor time, ${clock} by the clock`);
}

function tellStatements(trace: Trace, messages: number): void {
  const counts = Map.groupBy(trace.statements, (it) => it.sql.slice(0, 200));
  for (const [sql, its] of [...counts].sort((a, b) => b[1].length - a[1].length).slice(0, 40))
    console.log(`${(its.length / messages).toFixed(3)} ${sql}`);
}
