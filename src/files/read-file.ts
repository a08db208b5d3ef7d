import { z } from 'zod';
import type { StreamDownload } from '../kernel/download.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { fileSealed } from './failures.ts';
import { checkLengths, type OpenedFile, openFile, readPart, readParts, wholeFile } from './read-parts.ts';

export const ReadFile = z.object({ id });

/** Never what its sender called it: no browser shows it, and none runs it (SECURITY.md). */
export const MEDIA_TYPE = 'application/octet-stream';

/**
 * A whole served file, part by part. What stands at its beginning is looked at before anything goes out; a part that does
 * not open later breaks the transfer off. Fails with `file-unknown`, `file-begun-only`, `file-sealed`, `file-broken`.
 */
export async function readFile(
  deps: BaseDeps,
  { home }: PartyActor,
  input: z.output<typeof ReadFile>,
): Promise<Result<StreamDownload>> {
  const found = await deps.storage.read(async (view) => {
    const row = await wholeFile(view, home, input.id);
    if (!row.ok) return row;
    if (row.value.mode === 'sealed') return fileSealed();
    return (await checkLengths(view, row.value)) ?? openFile(view, deps, row.value);
  });
  if (isFailure(found)) return found;
  const file = found.value;
  const first = await readPart(deps, file, 1);
  if (!first.ok) return first;
  const { name } = file.head;
  return ok({ name, mediaType: MEDIA_TYPE, bytes: file.row.octets, octets: octetsOf(deps, file) });
}

async function* octetsOf(deps: BaseDeps, file: OpenedFile): AsyncGenerator<Uint8Array> {
  for await (const part of readParts(deps, file)) {
    if (!part.ok) throw new BrokenOff();
    if (part.value.length > 0) yield part.value;
  }
}

/** The answer has begun, so that only its end can tell. */
class BrokenOff extends Error {
  constructor() {
    super('a part of a file does not open');
  }
}
