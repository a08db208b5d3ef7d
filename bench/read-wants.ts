import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCategories } from '../src/categories/index.ts';
import type { Draft, ReaderSources } from '../src/intents/reader/model.ts';
import { readWant } from '../src/intents/reader/read-want.ts';
import { openPlaces } from '../src/places/index.ts';
import { compare, type Expectation, FIELDS, type Outcome } from './read-wants/compare.ts';

interface Want {
  readonly id: string;
  readonly today: string;
  readonly home: string | null;
  readonly sentence: string;
  readonly expect: Expectation;
}

const ROOT = join(import.meta.dirname, '..');
const ROUNDS = 20;

const DEFINITIONS = `
  category   one of the first three proposals is one of the expected ones
  place, price, date   of the sentences that state one: it is asserted, and equal (price: budget, and what is given)
  wrong      a place, price, date or category that is asserted without a question and differs from what is expected, or
             is asserted where it had to be asked; of all four fields of all sentences. The asserted category is the first.
  asked      of the fields that had to be asked: a question came
  needless   a question although the field was plain or absent; of all four fields of all sentences`;

/**
 * Reads the sentences of fixtures/wants and compares. The sentences at odd places were looked at while the reader was
 * made, those at even places were not. With "--odd" the mistakes of the first half are listed.
 */
export async function bench(words: readonly string[]): Promise<number> {
  const gazetteer = join(ROOT, 'build', 'places.sqlite');
  if (!existsSync(gazetteer)) {
    console.error('The gazetteer is missing: run this through npm, which builds it.');
    return 1;
  }
  const sources = { categories: openCategories(), places: openPlaces(gazetteer) };
  // Our own file.
  const wants = JSON.parse(
    readFileSync(join(ROOT, 'fixtures', 'wants', 'read-wants.json'), 'utf8'),
  ) as Want[];
  const half = (odd: boolean) => wants.filter((_, at) => (at % 2 === 1) === odd);
  try {
    if (words.includes('--odd')) {
      print('looked at while it was made', half(true), sources, true);
      return 0;
    }
    console.log(
      `What a want's sentence is read as, of ${wants.length} sentences written before the reader.${DEFINITIONS}\n`,
    );
    print('looked at while it was made', half(true), sources, false);
    print('never looked at', half(false), sources, false);
    const isReached = print('all', wants, sources, false);
    speed(wants, sources);
    return isReached ? 0 : 1;
  } finally {
    sources.places.close();
  }
}

function read(want: Want, sources: ReaderSources): Draft {
  return readWant(
    want.sentence,
    { today: want.today, ...(want.home !== null && { country: want.home }) },
    sources,
  );
}

/** Prints the figures of some sentences; whether they reach what was asked for. */
function print(
  title: string,
  wants: readonly Want[],
  sources: Parameters<typeof compare>[2],
  withMistakes: boolean,
): boolean {
  const results = wants.map((want) => ({ want, draft: read(want, sources) }));
  const compared = results.map(({ want, draft }) => ({
    want,
    draft,
    of: compare(draft, want.expect, sources),
  }));
  const of = (field: (typeof FIELDS)[number], ...verdicts: string[]) =>
    compared.filter((it) => verdicts.includes(it.of[field])).length;
  const share = (right: number, all: number) =>
    `${String(right).padStart(4)} of ${String(all).padStart(3)}  ${(all === 0 ? 100 : (100 * right) / all).toFixed(1).padStart(5)} %`;
  const topThree = compared.filter((it) => it.of.isInTopThree).length;
  const all = wants.length * FIELDS.length;
  const wrong = FIELDS.reduce((sum, field) => sum + of(field, 'wrong'), 0);
  const toAsk = compared.reduce((sum, it) => sum + it.want.expect.ask.length, 0);
  const asked = FIELDS.reduce((sum, field) => sum + of(field, 'asked'), 0);
  const needless = FIELDS.reduce((sum, field) => sum + of(field, 'needless', 'needless-and-absent'), 0);
  console.log(`${title} (${wants.length})`);
  console.log(`  category  ${share(topThree, wants.length)}   (>= 85 %)`);
  const rows = (['place', 'price', 'date'] as const).map((field) => {
    const stated =
      of(field, 'right', 'missed', 'wrong-stated', 'needless') +
      compared.filter((it) => it.of.wrongStated.includes(field)).length;
    const right = of(field, 'right');
    console.log(`  ${field.padEnd(9)} ${share(right, stated)}   (>= 95 %)`);
    return right >= 0.95 * stated;
  });
  console.log(
    `  wrong     ${share(wrong, all)}   (<= 2 %)  ${FIELDS.map((field) => `${field} ${of(field, 'wrong')}`).join(', ')}`,
  );
  console.log(`  asked     ${share(asked, toAsk)}`);
  console.log(
    `  needless  ${share(needless, all)}   ${FIELDS.map((field) => `${field} ${of(field, 'needless', 'needless-and-absent')}`).join(', ')}`,
  );
  const others = (['kind', 'radius', 'quantity', 'attributes'] as const).map(
    (it) => `${it} ${compared.filter((one) => one.of.others[it]).length}`,
  );
  console.log(
    `  also right  ${others.join(', ')}, first category ${compared.filter((it) => it.of.isFirst).length}\n`,
  );
  if (withMistakes) for (const it of compared) list(it.want, it.draft, it.of);
  return topThree >= 0.85 * wants.length && wrong <= 0.02 * all && rows.every(Boolean);
}

function list(want: Want, draft: Draft, of: Outcome): void {
  const faults = FIELDS.filter((field) => !['right', 'absent', 'asked'].includes(of[field])).map(
    (field) => `${field} ${of[field]}`,
  );
  if (!of.isInTopThree) faults.push('category not in three');
  for (const [name, isRight] of Object.entries(of.others)) if (!isRight) faults.push(name);
  if (faults.length === 0) return;
  console.log(`${want.id} [${want.home}] ${want.today} ${want.sentence}\n    ${faults.join('; ')}`);
  const { words: _words, ...fields } = draft.fields;
  console.log(`    got  ${JSON.stringify(fields)}`);
  console.log(
    `         ${draft.categories.map((it) => `${it.id} ${it.path.split(' > ').at(-1)} ${it.score}`).join(' | ')} ? ${draft.questions.map((it) => it.field)}`,
  );
  console.log(`    want ${JSON.stringify(want.expect)}`);
}

/** Other work on the machine lengthens what a clock measures, but hardly what the processor counts. */
function speed(wants: readonly Want[], sources: ReaderSources): void {
  for (const want of wants) read(want, sources);
  const used = process.cpuUsage();
  const times = wants.map((want) => {
    const start = performance.now();
    for (let round = 0; round < ROUNDS; round += 1) read(want, sources);
    return (1000 * (performance.now() - start)) / ROUNDS;
  });
  const { user, system } = process.cpuUsage(used);
  const mean = Math.round((user + system) / (ROUNDS * wants.length));
  times.sort((a, b) => a - b);
  const at = (part: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? 0);
  console.log(`microseconds per sentence, of the processor: ${mean} (< 5,000)`);
  console.log(`by the clock: median ${at(0.5)}, slowest in twenty ${at(0.95)}, slowest ${at(1)}`);
}
