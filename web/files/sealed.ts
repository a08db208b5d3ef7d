import { ask } from '../api/client.ts';
import { Failed } from '../api/failure.ts';
import type { FileShown } from '../api/shapes.ts';
import { t } from '../i18n/index.ts';
import { openVaultNow } from '../sealed/keeper.ts';
import { taken } from '../sealed/results.ts';
import type { Work } from './transfers.ts';
import { download, upload } from './work.ts';

/** How files that only devices open go up and come down: each part is sealed and opened here. */

/** It may have locked meanwhile; unlocked, it goes on. */
function filesHere() {
  const vault = openVaultNow();
  if (!vault)
    throw new Failed({ code: 'vault-locked', message: t.files.lockedNow, next: t.files.lockedNext });
  return vault.files;
}

export function sealedUploadOf(file: File): Work {
  const { name, type, size: octets, lastModified } = file;
  return upload(file, {
    begin: async () =>
      taken(await filesHere().begin({ name, type, octets, mark: `page ${lastModified} ${name}` })),
    put: async (id, number, part) => {
      const plain = new Uint8Array(await part.arrayBuffer());
      taken(await filesHere().putPart(id, number, plain));
    },
    finish: async (id) => taken(await filesHere().finish(id)),
    drop: (id) => ask('cancel-file', { id }),
  });
}

/** A file of the node, opened part by part. */
export function sealedDownloadOf(file: Pick<FileShown, 'id' | 'name' | 'parts'>): Work {
  return download(file, async (number) => new Blob([taken(await filesHere().readPart(file.id, number))]));
}
