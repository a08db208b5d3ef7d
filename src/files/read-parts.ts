import { breathe } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Failure, ok, type Result } from '../kernel/result.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { fileBroken, fileNotWhole, fileUnknown } from './failures.ts';
import { FILE_LIMITS } from './limits.ts';
import type { FileRow, Head } from './model.ts';
import { headOf, keysOf } from './open-file.ts';
import { lengthOfPart } from './rules.ts';
import { openPart } from './sealing.ts';
import { getFile, getPart, lengthsOf } from './store.ts';

/** A served file with what opens it. */
export interface OpenedFile {
  readonly row: FileRow;
  readonly key: Uint8Array;
  readonly head: Head;
}

/** Fails with `file-unknown`, `file-broken`. The file is a served one. */
export async function openFile(view: View, deps: BaseDeps, row: FileRow): Promise<Result<OpenedFile>> {
  const opened = await headOf(keysOf(view, deps, row.home_id), row);
  return opened.ok ? ok({ row, ...opened.value }) : opened;
}

/** A file that is whole. Fails with `file-unknown`, `file-begun-only`. */
export async function wholeFile(view: View, home: HomeId, id: string): Promise<Result<FileRow>> {
  const row = await getFile(view, home, id);
  if (!row) return fileUnknown();
  return row.state === 'whole' ? ok(row) : fileNotWhole();
}

/** `file-broken` when not every part is there with the length that it has to have. The parts are not read. */
export async function checkLengths(view: View, row: FileRow): Promise<Failure | undefined> {
  const lengths = await lengthsOf(view, row.home_id, row.id);
  const isWhole =
    lengths.size === row.parts && [...lengths].every(([number, length]) => fits(row, number, length));
  return isWhole ? undefined : fileBroken();
}

function fits({ octets }: FileRow, number: number, length: number): boolean {
  return length === (lengthOfPart(octets, number) ?? Number.NaN) + FILE_LIMITS.sealBytes;
}

/** One part in the clear. Fails with `file-broken`. */
export async function readPart(
  deps: BaseDeps,
  { row, key }: OpenedFile,
  number: number,
): Promise<Result<Uint8Array>> {
  const sealed = await deps.storage.read((view) => getPart(view, row.home_id, row.id, number));
  const plain = sealed && openPart(key, row, number, sealed);
  return plain && plain.length === lengthOfPart(row.octets, number) ? ok(plain) : fileBroken();
}

/** All parts in order, one of them in memory; others have their turn in between. */
export async function* readParts(deps: BaseDeps, file: OpenedFile): AsyncGenerator<Result<Uint8Array>> {
  for (let number = 1; number <= file.row.parts; number++) {
    const part = await readPart(deps, file, number);
    yield part;
    if (!part.ok) return;
    await breathe();
  }
}
