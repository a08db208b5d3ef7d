import { z } from 'zod';
import type { StreamDownload } from '../kernel/download.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { fileBroken, fileNotWhole, fileUnknown, partUnknown } from './failures.ts';
import { partNumber } from './model.ts';
import { MEDIA_TYPE } from './read-file.ts';
import { openFile, readPart } from './read-parts.ts';
import { refuseProgram } from './refuse-program.ts';
import { getFile, getPart } from './store.ts';

export const ReadFilePart = z.object({ id, number: partNumber.describe('From 1.') });

/**
 * One part of a file; of a sealed one as a device has sealed it, also while others are still to come: the device that goes on
 * with it holds against its own what was sent before. Fails with `file-unknown`, `file-begun-only`, `file-sealed`,
 * `part-unknown`, `file-broken`.
 */
export async function readFilePart(
  deps: BaseDeps,
  actor: PartyActor,
  { id: file, number }: z.output<typeof ReadFilePart>,
): Promise<Result<StreamDownload>> {
  const { home } = actor;
  const found = await deps.storage.read(async (view) => {
    const row = await getFile(view, home, file);
    if (!row) return fileUnknown();
    if (row.mode === 'served' && row.state === 'begun') return fileNotWhole();
    const refused = refuseProgram(actor, row);
    if (refused) return refused;
    if (number > row.parts) return partUnknown(row.parts);
    if (row.mode === 'served') return openFile(view, deps, row);
    const octets = await getPart(view, home, file, number);
    if (octets) return ok({ octets });
    return row.state === 'begun' ? fileNotWhole() : fileBroken();
  });
  if (isFailure(found)) return found;
  const it = found.value;
  const part = 'octets' in it ? ok(it.octets) : await readPart(deps, it, number);
  return part.ok ? ok(download(`part-${number}`, part.value)) : part;
}

function download(name: string, octets: Uint8Array): StreamDownload {
  return { name, mediaType: MEDIA_TYPE, bytes: octets.length, octets: once(octets) };
}

async function* once(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  if (octets.length > 0) yield octets;
}
