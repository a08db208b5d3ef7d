import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Job, operations as jobOperations } from '../../jobs/index.ts';
import { callOperation } from '../../kernel/call-operation.ts';
import { makeUpload } from '../../kernel/upload.ts';
import { GHENT } from '../../market/testing.ts';
import type { Listing } from '../model.ts';
import { openTown, type Town } from '../testing.ts';

interface Page {
  rows: Listing[];
  total: number;
}

interface Imported {
  readonly state: string;
  readonly problem: string | undefined;
  readonly counts: Record<string, number>;
  /** `row result why`, one per row. */
  readonly rows: string[];
}

export const MAPPING = { place: GHENT };
export const HEADER = 'id,title,price,availability,condition,google_product_category,brand,gtin,quantity\n';
export const BRASS =
  'Arts & Entertainment > Hobbies & Creative Arts > Musical Instruments > Brass Instruments > Trumpets & Cornets';

export function feed(items: string, head = '<?xml version="1.0" encoding="UTF-8"?>'): string {
  return `${head}<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>${items}</channel></rss>`;
}

export function item(id: string, change: Record<string, string> = {}): string {
  const said = {
    'g:id': id,
    title: `Student trumpet ${id}`,
    'g:price': '250.00 EUR',
    'g:availability': 'in_stock',
    'g:condition': 'used',
    'g:google_product_category': BRASS.replaceAll('&', '&amp;').replaceAll('>', '&gt;'),
    ...change,
  };
  return `<item>${Object.entries(said)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</item>`;
}

export async function jobOf(town: Town, home: string, job: string): Promise<Job> {
  const operation = jobOperations.find((it) => it.name === 'get-job');
  assert(operation);
  const result = await callOperation(operation, town.deps, { home, isOperator: false }, { id: job });
  assert(result.ok);
  return result.value as Job; // what get-job answers
}

/** Imports a file of this content and waits for its end. */
export async function importText(
  town: Town,
  home: string,
  content: string | Buffer | ((path: string) => void),
  options: { mapping?: object; dryRun?: boolean } = {},
): Promise<Imported> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-import-'));
  const path = join(folder, 'upload');
  if (typeof content === 'function') content(path);
  else writeFileSync(path, content);
  const file = makeUpload(path, 'products', statSync(path).size, async () =>
    rmSync(folder, { recursive: true }),
  );
  const input = { file, mapping: { ...MAPPING, ...options.mapping }, dryRun: options.dryRun ?? false };
  const { job } = await town.done<{ job: string }>(home, 'import-listings', input);
  await town.idle();
  const { state, problem, report } = await jobOf(town, home, job);
  assert.throws(() => statSync(path), 'the file is gone when the job has ended');
  return {
    state,
    problem: problem?.code,
    counts: report?.counts ?? {},
    rows: (report?.rows ?? []).map((row) =>
      [row.row, row.result, row.why].filter((it) => it !== undefined).join(' '),
    ),
  };
}

export async function openShop(
  engine: 'sqlite' | 'postgresql',
  seed: string,
): Promise<{ town: Town; shop: string }> {
  const town = await openTown(engine, seed);
  const shop = await town.vendor('shop');
  return { town, shop };
}

export const listed = (town: Town, shop: string): Promise<Page> =>
  town.done<Page>(shop, 'list-listings', { limit: 200 });
