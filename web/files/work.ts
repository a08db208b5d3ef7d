import type { FileShown } from '../api/shapes.ts';
import { saveAs } from '../components/save-as.ts';
import { PART_OCTETS } from './parts.ts';
import type { Steps, Work } from './transfers.ts';

/** What goes up or comes down, a part at a time: the same for files that the node reads and for those that it does not. */

interface Up {
  /** Begins it, or says what is still to come; `id` is that of before, where there is one. */
  begin(id: string | undefined): Promise<{ id: string; parts: number; missing: readonly number[] }>;
  put(id: string, number: number, part: Blob): Promise<unknown>;
  /** Again changes nothing. */
  finish(id: string): Promise<unknown>;
  drop(id: string): Promise<unknown>;
}

/** A file of this device, sent to the node. */
export function upload(file: File, { begin, put, finish, drop }: Up): Work {
  let id: string | undefined;
  return {
    async run({ at, isStopping }: Steps) {
      if (isStopping()) return false;
      const begun = await begin(id);
      id = begun.id;
      const { parts, missing } = begun;
      let done = parts - missing.length;
      for (const number of missing) {
        at({ id, done, parts });
        if (isStopping()) return false;
        await put(id, number, file.slice((number - 1) * PART_OCTETS, number * PART_OCTETS));
        done++;
      }
      at({ id, done, parts });
      if (isStopping()) return false;
      await finish(id);
      return true;
    },
    async drop() {
      if (id !== undefined) await drop(id);
    },
  };
}

/** A file of the node, saved on this device once all of it is here. The browser keeps the parts until then. */
export function download(
  { id, name, parts }: Pick<FileShown, 'id' | 'name' | 'parts'>,
  read: (number: number) => Promise<Blob>,
): Work {
  const here: Blob[] = [];
  return {
    async run({ at, isStopping }: Steps) {
      while (here.length < parts) {
        at({ id, done: here.length, parts });
        if (isStopping()) return false;
        here.push(await read(here.length + 1));
      }
      at({ id, done: parts, parts });
      saveAs(new Blob(here, { type: 'application/octet-stream' }), name ?? id);
      here.length = 0;
      return true;
    },
    async drop() {
      here.length = 0;
    },
  };
}
