import { ask, askNode } from '../api/client.ts';
import { failureOf } from '../api/failure.ts';
import type { FileShown } from '../api/shapes.ts';
import type { Work } from './transfers.ts';
import { download, upload } from './work.ts';

/** How the files that the node reads go up and come down, part by part. */

/** A file of this device, sent to the node. Begun before, it goes on where it stopped. */
export function uploadOf(file: File): Work {
  const { name, type, size: octets, lastModified } = file;
  const mark = `page ${lastModified} ${name}`.slice(0, 200);
  return upload(file, {
    begin: async (id) => (await standing(id)) ?? ask('begin-file', { name, type, octets, mark }),
    put: (id, number, part) => askNode('put-file-part', { id, number }, { file: new File([part], 'part') }),
    finish: (id) => ask('finish-file', { id }),
    drop: (id) => ask('cancel-file', { id }),
  });
}

/** One that has a name at the node: it may be whole, and only the answer was lost. Undefined where it is gone. */
async function standing(id: string | undefined) {
  if (id === undefined) return undefined;
  return ask('show-file', { id }).catch((error: unknown) => {
    if (failureOf(error).code === 'file-unknown') return undefined;
    throw error;
  });
}

export function downloadOf(file: Pick<FileShown, 'id' | 'name' | 'parts'>): Work {
  return download(file, (number) => askNode('read-file-part', { id: file.id, number }));
}
