import { z } from 'zod';
import { type HomeId, newId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, ok, type Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { keyInForce, refuseSealed } from '../vault/index.ts';
import { filesFull, tooManyUnderWay } from './failures.ts';
import { FILE_LIMITS } from './limits.ts';
import { FileMode, type FileRow, type FileStands, type Head } from './model.ts';
import { headOf, keysOf } from './open-file.ts';
import { refuseProgram } from './refuse-program.ts';
import { cleanName, cleanType, partsOf } from './rules.ts';
import { sealHead, wrapFileKey } from './sealing.ts';
import { standsOf } from './show-file.ts';
import { insertFile, listBegun, listOfLength, sumFiles } from './store.ts';
import { eraseParts } from './sweep-files.ts';

export const BeginFile = z
  .object({
    name: z
      .string()
      .max(4_096)
      .optional()
      .describe('What it is called; it is cleaned, and cut where it is long.'),
    type: z.string().max(1_000).optional().describe('Its media type, as a label.'),
    octets: z.int().min(0).max(FILE_LIMITS.fileBytes, 'A file may have 1 GiB.').describe('How long it is.'),
    mark: z
      .string()
      .max(FILE_LIMITS.markChars)
      .optional()
      .describe(
        'By what you tell this file: begun again with the same mark and length, it goes on where it stopped. Is it its SHA-256 in hexadecimal, one of that name that is whole already is the same.',
      ),
    mode: FileMode.default('served').describe('sealed: the parts are sealed already, by a device of yours.'),
  })
  .refine((it) => it.mode === 'served' || (it.name ?? it.type ?? it.mark) === undefined, {
    message: 'Of a sealed file the node is told nothing but how long it is.',
    path: ['name'],
  });

type Input = z.output<typeof BeginFile>;

/**
 * Makes room for a file, whose parts come then in any order; it is visible once `finish-file` found it whole. Nobody going
 * on with it for seven days, it goes. Fails with `files-full`, `files-busy`, `category-sealed`, `file-sealed`.
 */
export async function beginFile(
  deps: BaseDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<FileStands>> {
  const { home } = actor;
  const closed = refuseProgram(actor, input);
  if (closed) return closed;
  const begun = await beginIn(deps, home, input);
  if (begun.ok || begun.code !== 'files-full') return begun;
  // What was erased counts until its parts are gone: some of them go now.
  await eraseParts(deps, home);
  return beginIn(deps, home, input);
}

function beginIn(deps: BaseDeps, home: HomeId, input: Input): Promise<Result<FileStands>> {
  return deps.storage.transact(home, async (tx) => {
    const known = input.mark === undefined ? undefined : await knownBefore(tx, deps, input);
    if (known) return ok(await standsOf(tx, deps, known));
    const refused = await refuseMore(tx, input);
    if (refused) return refused;
    const row = await newRow(tx, deps, input);
    await insertFile(tx, row);
    return ok(await standsOf(tx, deps, row));
  });
}

/**
 * The file under way with this mark and length; or one that is whole, of this name and with the mark as its SHA-256, so that
 * nothing is sent twice when the last answer was lost.
 */
async function knownBefore(tx: Tx, deps: BaseDeps, input: Input): Promise<FileRow | undefined> {
  const keys = keysOf(tx, deps, tx.home);
  for (const row of await listOfLength(tx, tx.home, input.octets)) {
    const head = await headOf(keys, row);
    if (head.ok && isThis(row, head.value.head, input)) return row;
  }
  return undefined;
}

function isThis({ state }: FileRow, head: Head, { name = '', mark }: Input): boolean {
  if (state === 'begun') return head.mark === mark;
  return head.sha256 === mark && head.name === cleanName(name);
}

async function refuseMore(tx: Tx, { mode, octets }: Input): Promise<Failure | undefined> {
  const closed = mode === 'served' ? await refuseSealed(tx, 'file') : undefined;
  if (closed) return closed;
  const sum = await sumFiles(tx, tx.home);
  if (sum.files >= FILE_LIMITS.files || sum.octets + octets > FILE_LIMITS.octets) return filesFull();
  return (await listBegun(tx, tx.home)).length >= FILE_LIMITS.underWay ? tooManyUnderWay() : undefined;
}

async function newRow(
  tx: Tx,
  deps: BaseDeps,
  { mode, octets, name = '', type, mark }: Input,
): Promise<FileRow> {
  const now = deps.clock.now();
  const row: FileRow = {
    ...{ home_id: tx.home, id: newId(deps.random), mode, state: 'begun', epoch: 0 },
    ...{ file_key: null, head: null, revision: 1, octets, parts: partsOf(octets), taken: 0 },
    ...{ made_at: now, changed_at: now, is_trashed: false, trashed_at: null },
  };
  if (mode === 'sealed') return row;
  const category = await keyInForce(tx, deps, 'file');
  const key = deps.random.bytes(32);
  const label = cleanType(type);
  const head: Head = {
    name: cleanName(name),
    ...(label !== undefined && { type: label }),
    ...(mark !== undefined && { mark }),
  };
  return {
    ...row,
    epoch: category.epoch,
    file_key: wrapFileKey(category, row.id, key, deps.random),
    head: sealHead(key, row, row.revision, head, deps.random),
  };
}
