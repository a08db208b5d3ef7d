import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callOperation } from '../src/kernel/call-operation.ts';
import { type Clock, systemClock } from '../src/kernel/clock.ts';
import { silentLog } from '../src/kernel/log.ts';
import { systemRandom } from '../src/kernel/random.ts';
import { must } from '../src/kernel/result.ts';
import { closedWayOut } from '../src/network/index.ts';
import { type OpenNode, openNode } from '../src/node/index.ts';
import { OPERATIONS } from '../src/operations.ts';
import { operatorAs } from '../src/parties/index.ts';
import { isBusyMachine, median, type Row, report } from './print.ts';

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
  /** The area that the market was told, and how many people could have said the same; of a want that was cast. */
  readonly area?: string;
  readonly atLeast?: number;
}

const ANSWERED = 90;
const OFFERS = 5;
const FIRST_OFFER_MS = 1_000;
/** A Wednesday: of a Sunday, "this week" has but a day left, and the figure would tell the weekday. */
const BEGINS = Date.UTC(2026, 10, 25, 9);

/**
 * The 100 wants of fixtures/wants/sample-wants.json, written before the seeder: read, cast into the sample market,
 * offers filtered at home. Nobody answers questions here: the reader's first proposal stands.
 */
export async function bench(): Promise<number> {
  const wasBusy = isBusyMachine();
  const data = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const node = must(
    await openNode({
      data,
      gazetteer: join(import.meta.dirname, '../build/places.sqlite'),
      clock: beginningAt(BEGINS),
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
    const cast = outcomes.filter((o) => o.area !== undefined);
    const at = (level: RegExp): number => cast.filter((o) => level.test(o.area ?? '')).length;
    const rows: Row[] = [
      [
        'wants with an offer that fits',
        `${answered.length} of ${wants.length}`,
        `${ANSWERED}`,
        answered.length >= ANSWERED,
      ],
      ['offers that fit, median', `${offers}`, `${OFFERS}`, offers >= OFFERS],
      ['cast-intent to all first offers, median', `${ms} ms`, `${FIRST_OFFER_MS} ms`, ms < FIRST_OFFER_MS],
      ['wants cast around a town', `${at(/^g/)}`, '', true],
      ['wants cast for a region, which is a country', `${at(/^c:/)}`, '', true],
      ['wants cast wider than that', `${at(/^[kw]/)}`, '', true],
      ['“at least N sample people”, median', `${median(cast.map((o) => o.atLeast ?? 0))}`, '', true],
    ];
    const ended = Object.groupBy(
      outcomes.filter((o) => o.offers === 0),
      (o) => o.ended,
    );
    for (const [why, some] of Object.entries(ended))
      console.log(`  without: ${why.padEnd(26)} ${some?.length} (${some?.map((o) => o.id).join(' ')})`);
    return report(rows, wasBusy);
  } finally {
    await node.close();
    rmSync(data, { recursive: true, force: true });
  }
}

/** The machine's clock, set to a day. */
function beginningAt(instant: number): Clock {
  const ahead = instant - systemClock.now();
  return { ...systemClock, now: () => systemClock.now() + ahead };
}

interface CastIntent {
  readonly id: string;
  readonly happened: string;
  readonly cell?: { readonly area: string };
  readonly atLeast?: number;
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
  const cast = await call<CastIntent>('cast-intent', {
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
  const { happened, cell, atLeast } = cast.value;
  return {
    id: want.id,
    offers: fitting,
    ms,
    ended: happened,
    ...(cell && { area: cell.area, atLeast: atLeast ?? 0 }),
  };
}
