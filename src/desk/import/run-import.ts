import type { JobDeps, Progress } from '../../jobs/index.ts';
import type { HomeId } from '../../kernel/ids.ts';
import { type Failure, fail, isFailure } from '../../kernel/result.ts';
import type { Upload } from '../../kernel/upload.ts';
import type { KnownMarket } from '../../market/index.ts';
import type { DeskDeps } from '../deps.ts';
import { deskLimits } from '../limits.ts';
import { judgeListings, keepListings, type Numbered, type Outcome, outcomesOf } from '../sign-listings.ts';
import { ownStorefront } from '../storefront.ts';
import { tellKept } from '../tell-market.ts';
import type { RawRow } from './model.ts';
import { openTextFile, type TextFile } from './open-file.ts';
import { readCsv } from './read-csv.ts';
import { readFeed } from './read-feed.ts';
import { type Reading, readRow } from './row-rules.ts';

interface Import {
  readonly home: HomeId;
  readonly storefront: string;
  readonly market: KnownMarket;
  readonly file: Upload;
  readonly reading: Reading;
  /** Says what would become of each row and changes nothing. */
  readonly isDryRun: boolean;
}

/** A row on its way, with what was left out of it. */
interface Row {
  readonly row: number;
  readonly numbered: Numbered;
  readonly remark?: string;
}

/**
 * Reads a file of products row by row into listings of one storefront, some in each transaction: a row is listed whole
 * or not at all, and whatever ends the import keeps what was listed before. Reports every row.
 */
export async function runImport(
  deps: DeskDeps & JobDeps,
  wanted: Import,
  progress: Progress,
): Promise<Failure | undefined> {
  const file = await openTextFile(wanted.file);
  if (!file.ok) return file;
  if (file.value.remark !== undefined) progress.note({ row: 0, result: 'note', why: file.value.remark });
  const seen = new Map<string, number>();
  let batch: Row[] = [];
  let done = 0;
  const flush = async (): Promise<Failure | undefined> => {
    const failure = await take(deps, wanted, batch, progress);
    batch = [];
    await progress.tell(done, Math.max(done, file.value.about));
    return failure;
  };
  for await (const raw of rowsOf(file.value, wanted)) {
    if (isFailure(raw)) return (await flush()) ?? raw;
    done = raw.row;
    if (done > deskLimits.importRows) return (await flush()) ?? tooManyRows();
    const row = read(raw, wanted.reading, seen);
    if (typeof row === 'string') refuse(progress, raw, row);
    else batch.push(row);
    if (batch.length < deskLimits.rowsAtOnce && done % deskLimits.rowsAtOnce !== 0) continue;
    const failure = await flush();
    if (failure || progress.isStopping()) return failure;
  }
  const failure = await flush();
  await progress.tell(done, done);
  return failure;
}

function rowsOf(file: TextFile, { reading }: Import): AsyncGenerator<RawRow | Failure> {
  return file.kind === 'xml' ? readFeed(file) : readCsv(file, reading.mapping.columns);
}

function read(raw: RawRow, reading: Reading, seen: Map<string, number>): Row | string {
  const result = readRow(raw, reading);
  if ('why' in result) return result.why;
  const { number } = result.numbered;
  const before = seen.get(number);
  if (before !== undefined) return `Row ${before} has the same id.`;
  seen.set(number, raw.row);
  return { row: raw.row, ...result };
}

function refuse(progress: Progress, raw: RawRow, why: string): void {
  const [number] = raw.fields.id ?? [];
  progress.note({
    row: raw.row,
    ...(number !== undefined && { number: number.slice(0, 200) }),
    result: 'refused',
    why,
  });
  progress.count('refused');
}

async function take(
  deps: DeskDeps,
  wanted: Import,
  batch: readonly Row[],
  progress: Progress,
): Promise<Failure | undefined> {
  if (batch.length === 0) return undefined;
  const outcomes = await outcomesFor(
    deps,
    wanted,
    batch.map((row) => row.numbered),
  );
  if (isFailure(outcomes)) return outcomes;
  for (const [i, { number, result, failure }] of outcomes.entries()) {
    const { row = 0, remark } = batch[i] ?? {};
    const why = failure ? `${failure.message} ${failure.next}` : remark;
    progress.note({ row, number, result, ...(why !== undefined && { why }) });
    progress.count(result);
  }
  return undefined;
}

async function outcomesFor(
  deps: DeskDeps,
  { home, storefront: id, market, isDryRun }: Import,
  numbered: readonly Numbered[],
): Promise<readonly Outcome[] | Failure> {
  if (isDryRun) {
    const judge = async () => {
      const own = await deps.storage.transact(home, (tx) => ownStorefront(tx, deps, id));
      if (!own) return gone();
      return deps.storage.read(async (view) =>
        outcomesOf(await judgeListings(view, home, deps, own, market, numbered)),
      );
    };
    return judge();
  }
  return deps.storage.transact(home, async (tx) => {
    const own = await ownStorefront(tx, deps, id);
    if (!own) return gone();
    const kept = await keepListings(tx, deps, own, market, numbered);
    await tellKept(tx, deps, own, kept);
    return kept.outcomes;
  });
}

function gone(): Failure {
  return fail('storefront-unknown', 'The storefront is not there any more.', 'Rows before were listed.');
}

function tooManyRows(): Failure {
  return fail(
    'too-many-rows',
    `The file has more than ${deskLimits.importRows} rows; those were taken and the rest was not.`,
    'Split the file.',
  );
}
