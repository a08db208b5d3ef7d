import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { uploadedOctets } from '../kernel/upload.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { fileUnknown, fileWhole, partUnfit, partUnknown } from './failures.ts';
import { FILE_LIMITS } from './limits.ts';
import { type FileRow, partNumber } from './model.ts';
import { keyOf, keysOf } from './open-file.ts';
import { refuseProgram } from './refuse-program.ts';
import { lengthOfPart } from './rules.ts';
import { sealPart } from './sealing.ts';
import { getFile, putPart, updateFile } from './store.ts';

export const PutFilePart = z.object({
  id,
  number: partNumber.describe('From 1.'),
  file: uploadedOctets(FILE_LIMITS.partBytes + FILE_LIMITS.sealBytes).describe(
    'The octets of this part; of a sealed file, as a device has sealed them.',
  ),
});

export const PartPut = z.object({ id, number: partNumber });

/**
 * Takes one part of a file that was begun; again for the same number takes its place. What is served is sealed before it is
 * kept. Fails with `file-unknown`, `file-sealed`, `file-present`, `part-unknown`, `part-unfit`, `file-broken`.
 */
export async function putFilePart(
  deps: BaseDeps,
  actor: PartyActor,
  { id: file, number, file: octets }: z.output<typeof PutFilePart>,
): Promise<Result<z.output<typeof PartPut>>> {
  const { home } = actor;
  return deps.storage.transact(home, async (tx) => {
    const row = await getFile(tx, home, file);
    if (!row) return fileUnknown();
    const refused = refuseProgram(actor, row);
    if (refused) return refused;
    if (row.state === 'whole') return fileWhole();
    const length = lengthOfPart(row.octets, number);
    if (length === undefined) return partUnknown(row.parts);
    const expected = row.mode === 'served' ? length : length + FILE_LIMITS.sealBytes;
    if (octets.length !== expected) return partUnfit(expected);
    const kept = row.mode === 'sealed' ? ok(octets) : await sealed(tx, deps, row, number, octets);
    if (!kept.ok) return kept;
    await putPart(tx, file, number, kept.value);
    await updateFile(tx, file, { taken: row.taken + 1, changed_at: deps.clock.now() });
    return ok({ id: file, number });
  });
}

async function sealed(
  tx: Tx,
  deps: BaseDeps,
  row: FileRow,
  number: number,
  plain: Uint8Array,
): Promise<Result<Uint8Array>> {
  const key = await keyOf(keysOf(tx, deps, tx.home), row);
  return key.ok ? ok(sealPart(key.value, row, number, plain, deps.random)) : key;
}
