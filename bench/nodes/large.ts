import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from './fill.ts';
import { openTown, sayAll, type Town } from './town.ts';

/** Relationships that are spoken in, as many in the small town as in the large one. */
const SPOKEN = 50;
const ROUNDS = 16;
const MESSAGES = 500;

interface Filled {
  readonly town: Town;
  readonly spoken: readonly string[];
  readonly each: number[];
}

/** The same messages in a town with little history and in one with much, by turns: processor time of one message in each. */
export async function compareLarge(relationships: number, records: number): Promise<boolean> {
  const perRelationship = records / relationships;
  const small = await filled(SPOKEN, SPOKEN * perRelationship);
  const large = await filled(relationships, records);
  try {
    for (let round = 0; round <= ROUNDS; round++)
      for (const { town, spoken, each } of round % 2 === 0 ? [small, large] : [large, small]) {
        await sayAll(town, MESSAGES, spoken); // what was forgotten during the other's turn is there again
        const took = await sayAll(town, MESSAGES, spoken);
        if (round > 0) each.push((took.cpu / MESSAGES) * 1e6);
      }
    const ratios = large.each.map((it, i) => it / (small.each[i] ?? Number.NaN));
    const growth = (middle(ratios) - 1) * 100;
    console.log(
      `${SPOKEN} relationships and ${SPOKEN * perRelationship} records: ${middle(small.each).toFixed(0)} µs of processor time for a message`,
    );
    console.log(
      `${relationships} relationships and ${records} records: ${middle(large.each).toFixed(0)} µs of processor time for a message`,
    );
    console.log(
      `growth ${growth.toFixed(1)} % (10 % at most), the middle of ${ROUNDS} pairs of ${MESSAGES} messages each, in ${SPOKEN} relationships`,
    );
    return growth <= 10;
  } finally {
    await small.town.close();
    await large.town.close();
  }
}

async function filled(relationships: number, records: number): Promise<Filled> {
  const town = await openTown();
  await sayAll(town, 4);
  const began = performance.now();
  const all = await fill(town, relationships, records);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const megabytes = (statSync(join(town.home.data, 'parley.sqlite')).size / 1e6).toFixed(0);
  console.log(
    `filled both nodes with ${all.length} relationships and ${records} records in ${seconds} s; ${megabytes} MB on the person's`,
  );
  const spoken = Array.from({ length: SPOKEN }, (_, i) => all[Math.floor((i * all.length) / SPOKEN)] ?? '');
  return { town, spoken, each: [] };
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}
