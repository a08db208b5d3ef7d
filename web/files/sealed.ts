import { Failed } from '../api/failure.ts';
import type { FileShown } from '../api/shapes.ts';
import { saveAs } from '../components/save-as.ts';
import { t } from '../i18n/index.ts';
import { openVaultNow } from '../sealed/keeper.ts';
import { taken } from '../sealed/results.ts';
import { cancelBegun } from './served.ts';
import type { Steps } from './transfers.ts';

/** How files that only devices open go up and come down: each part is sealed and opened here. */

const PART = 1024 * 1024;

/** It may have locked meanwhile; unlocked, it goes on. */
function filesHere() {
  const vault = openVaultNow();
  if (!vault)
    throw new Failed({ code: 'vault-locked', message: t.files.lockedNow, next: t.files.lockedNext });
  return vault.files;
}

export function sealedUploadOf(file: File) {
  return {
    async run(steps: Steps): Promise<void> {
      const { name, type, size: octets, lastModified } = file;
      const begun = await filesHere().begin({ name, type, octets, mark: `page ${lastModified} ${name}` });
      const { id, parts, missing } = taken(begun);
      let done = parts - missing.length;
      for (const number of missing) {
        steps.at({ id, done, parts });
        if (steps.isStopping()) return;
        const part = await file.slice((number - 1) * PART, number * PART).arrayBuffer();
        taken(await filesHere().putPart(id, number, new Uint8Array(part)));
        done++;
      }
      steps.at({ id, done, parts });
      if (!steps.isStopping()) taken(await filesHere().finish(id));
    },
    drop: cancelBegun,
  };
}

/** A file of the node, opened part by part and saved once all of it is here. */
export function sealedDownloadOf({ id, name, parts }: Pick<FileShown, 'id' | 'name' | 'parts'>) {
  const here: Blob[] = [];
  return {
    async run(steps: Steps): Promise<void> {
      while (here.length < parts) {
        steps.at({ id, done: here.length, parts });
        if (steps.isStopping()) return;
        here.push(new Blob([taken(await filesHere().readPart(id, here.length + 1))]));
      }
      steps.at({ id, done: parts, parts });
      saveAs(new Blob(here, { type: 'application/octet-stream' }), name ?? id);
      here.length = 0;
    },
    drop: async () => {
      here.length = 0;
    },
  };
}
