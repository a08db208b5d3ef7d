import { ask, askNode } from '../api/client.ts';
import type { FileShown } from '../api/shapes.ts';
import { saveAs } from '../components/save-as.ts';
import type { Steps } from './transfers.ts';

/** How the files that the node reads go up and come down, part by part. */

const PART = 1024 * 1024;

/** A file of this device, sent to the node. Begun before, it goes on where it stopped. */
export function uploadOf(file: File) {
  return {
    async run(steps: Steps): Promise<void> {
      const { name, type, size: octets, lastModified } = file;
      const mark = `page ${lastModified} ${name}`.slice(0, 200);
      const { id, parts, missing } = await ask('begin-file', { name, type, octets, mark });
      let done = parts - missing.length;
      for (const number of missing) {
        steps.at({ id, done, parts });
        if (steps.isStopping()) return;
        const part = file.slice((number - 1) * PART, number * PART);
        await askNode('put-file-part', { id, number }, { file: new File([part], 'part') });
        done++;
      }
      steps.at({ id, done, parts });
      if (!steps.isStopping()) await ask('finish-file', { id });
    },
    drop: cancelBegun,
  };
}

export async function cancelBegun(id: string | undefined): Promise<void> {
  if (id !== undefined) await ask('cancel-file', { id });
}

/** A file of the node, saved on this device once all of it is here. The browser keeps the parts until then. */
export function downloadOf({ id, name, parts }: Pick<FileShown, 'id' | 'name' | 'parts'>) {
  const here: Blob[] = [];
  return {
    async run(steps: Steps): Promise<void> {
      while (here.length < parts) {
        steps.at({ id, done: here.length, parts });
        if (steps.isStopping()) return;
        here.push(await askNode('read-file-part', { id, number: here.length + 1 }));
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
