import type { Vault } from '../../../../device/index.ts';
import { isFailure } from '../../../kernel/result.ts';
import { takeParts } from '../files/get-file.ts';
import { type DeviceDeps, type Reach, withVault } from './acts.ts';

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
