import type { SealedFile, Vault } from '../../../../device/index.ts';
import { FILE_LIMITS } from '../../../files/index.ts';
import { isFailure, type Result } from '../../../kernel/result.ts';
import type { Upload } from '../../../kernel/upload.ts';
import { takeParts } from '../files/get-file.ts';
import { changed, digestOf, sendParts, tooLarge } from '../files/put-file.ts';
import { type DeviceDeps, type Reach, withVault } from './acts.ts';

interface PutInput extends Reach {
  readonly file: Upload;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

/** Adds a file that only devices open: each part is sealed here. Begun before with the same octets, it goes on. */
export function putSealedFile(
  deps: DeviceDeps,
  _: unknown,
  { file, name, type, passphraseFile }: PutInput,
): Promise<Result<SealedFile>> {
  return withVault(deps, { passphraseFile }, async ({ files }) => {
    const { path, bytes: octets } = file;
    if (octets > FILE_LIMITS.fileBytes) return tooLarge();
    try {
      const mark = await digestOf(path, octets, deps.tell);
      const begun = await files.begin({ name: name ?? file.name, type, octets, mark });
      if (isFailure(begun)) return begun;
      const { id, parts, missing } = begun.value;
      const send = (number: number, part: Uint8Array) => files.putPart(id, number, part);
      const refused = await sendParts({ path, octets, parts, missing, tell: deps.tell, send });
      if (refused) return refused;
      // Nobody but this device can say later that it is the file that was meant.
      if (missing.length > 0 && (await digestOf(path, octets, deps.tell)) !== mark) return changed();
      const done = await files.finish(id, mark);
      return isFailure(done) ? done : await files.get(id);
    } finally {
      deps.tell('');
    }
  });
}

type GetInput = Reach & { readonly id: string };

export function getSealedFile(deps: DeviceDeps, _: unknown, { id, passphraseFile }: GetInput) {
  return withVault(deps, { passphraseFile }, async ({ files }) => {
    const file = await files.get(id);
    if (isFailure(file)) return file;
    // Each part says of which file it is; what was saved of it before is told by the whole alone.
    const { name, parts, octets, sha256 } = file.value;
    const taking = { id, name, parts, octets, sha256 };
    return takeParts(deps, { ...taking, take: (number) => files.readPart(id, number) });
  });
}

interface ListInput extends Reach {
  readonly search?: string | undefined;
  readonly trashed?: boolean | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export function listSealedFiles(deps: DeviceDeps, _: unknown, { passphraseFile, ...wanted }: ListInput) {
  return withVault(deps, { passphraseFile }, ({ files }) => files.list(wanted));
}

export function eraseSealedFiles(
  deps: DeviceDeps,
  _: unknown,
  { ids, passphraseFile }: Reach & { readonly ids: readonly string[] },
) {
  return withVault(deps, { passphraseFile }, ({ files }) => eraseAndTidy(files, ids));
}

/** What is erased is gone, also where the node does not free the rest of what belongs to no file just now. */
async function eraseAndTidy(files: Vault['files'], ids: readonly string[]): ReturnType<Vault['erase']> {
  const told = await files.erase(ids);
  if (!isFailure(told)) await files.tidy();
  return told;
}
