import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callOperation } from '../src/kernel/call-operation.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silentLog } from '../src/kernel/log.ts';
import { systemRandom } from '../src/kernel/random.ts';
import { must } from '../src/kernel/result.ts';
import { closedWayOut } from '../src/network/index.ts';
import { type OpenNode, openNode } from '../src/node/index.ts';
import { OPERATIONS } from '../src/operations.ts';
import { operatorAs } from '../src/parties/index.ts';

interface Want {
  readonly id: string;
  readonly region: string;
  readonly sentence: string;
}

/** What became of one want, without its words. */
interface Outcome {
  readonly id: string;
  readonly offers: number;
  readonly ms: number;
  readonly ended: string;
}

/**
 * The 100 wants of fixtures/wants/sample-wants.json, written before the seeder: read, cast into the sample market,
 * offers filtered at home. Nobody answers questions here: the reader's first proposal stands.
 */
export async function bench(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const node = must(
    await openNode({
      data,
      gazetteer: join(import.meta.dirname, '../build/places.sqlite'),
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      wayOut: closedWayOut,
    }),
  );
  try {
    const wants = JSON.parse(
      readFileSync(join(import.meta.dirname, '../fixtures/wants/sample-wants.json'), 'utf8'),
    ) as Want[]; // its README says so
    const call = await loadedNode(node);
    const outcomes: Outcome[] = [];
    for (const want of wants) outcomes.push(await tryWant(node, call, want));
    const answered = outcomes.filter((o) => o.offers > 0);
    const [offers, ms] = [median(outcomes.map((o) => o.offers)), median(answered.map((o) => o.ms))];
    console.log(`wants with an offer that fits        ${answered.length} of ${wants.length}   goal 90`);
    console.log(`offers that fit, median              ${offers}   goal 5`);
    console.log(`cast-intent to all first offers      ${ms} ms median`);
    const ended = Object.groupBy(
      outcomes.filter((o) => o.offers === 0),
      (o) => o.ended,
    );
    for (const [why, some] of Object.entries(ended))
      console.log(`  without: ${why.padEnd(26)} ${some?.length} (${some?.map((o) => o.id).join(' ')})`);
    return answered.length >= 90 && offers >= 5 ? 0 : 1;
  } finally {
    await node.close();
    rmSync(data, { recursive: true, force: true });
  }
}

type Call = <T>(operation: string, input: object) => Promise<{ value?: T; code?: string }>;

async function loadedNode(node: OpenNode): Promise<Call> {
  const operator = must(await operatorAs(node.deps, undefined));
  const run = (name: string) => OPERATIONS.find((o) => o.name === name) ?? OPERATIONS[0];
  const create = run('create-party');
  if (create)
    must(
      await callOperation(create, node.deps, operator, {
        name: 'Maya',
        handle: 'maya',
        passphrase: 'correct horse battery',
      }),
    );
  const maya = must(await operatorAs(node.deps, 'maya'));
  const call: Call = async <T>(name: string, input: object) => {
    const operation = OPERATIONS.find((o) => o.name === name);
    if (!operation) throw new Error(`there is no ${name}`);
    const result = await callOperation(operation, node.deps, maya, input);
    return result.ok ? { value: result.value as T } : { code: result.code }; // each caller knows what it asked
  };
  await call('load-sample', {});
  await node.idle();
  return call;
}

const HOME: Readonly<Record<string, string>> = { BE: 'BE', US: 'US', KE: 'KE' };

async function tryWant(node: OpenNode, call: Call, want: Want): Promise<Outcome> {
  const none = (ended: string): Outcome => ({ id: want.id, offers: 0, ms: 0, ended });
  const markets = await call<{ rows: { id: string; isSample: boolean }[] }>('list-markets', {});
  const market = markets.value?.rows.find((m) => m.isSample)?.id;
  const draft = await call<{ fields: object }>('draft-intent', {
    sentence: want.sentence,
    home: HOME[want.region],
  });
  if (!draft.value) return none(`draft: ${draft.code}`);
  const fields = { ...draft.value.fields, words: want.sentence };
  const preview = await call<{ choices: { cell: { id: string } }[]; recommended: number }>('preview-cast', {
    fields,
    market,
  });
  if (!preview.value) return none(`preview: ${preview.code}`);
  await node.idle();
  const again = await call<{ choices: { cell: { id: string } }[]; recommended: number }>('preview-cast', {
    fields,
    market,
  });
  const choice = again.value?.choices[again.value.recommended]?.cell.id;
  const began = performance.now();
  const cast = await call<{ id: string; happened: string }>('cast-intent', {
    fields,
    market,
    choice,
    ifBelow: 'widen',
  });
  if (!cast.value) return none(`cast: ${cast.code}`);
  await node.idle();
  const ms = Math.round(performance.now() - began);
  const offers = await call<{ rows: { fits: boolean }[] }>('list-offers', {
    intent: cast.value.id,
    limit: 100,
  });
  const fitting = offers.value?.rows.filter((row) => row.fits).length ?? 0;
  return { id: want.id, offers: fitting, ms, ended: cast.value.happened };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
