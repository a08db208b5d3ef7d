import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { startTestNode } from '../../test/harness/node.ts';
import type { Engine } from '../../test/harness/test-deps.ts';
import type { StreamDownload } from '../kernel/download.ts';
import { tables } from '../storage/index.ts';
import { FILE_LIMITS } from './limits.ts';
import type { Files } from './list-files.ts';
import type { FileShown, FileStands, FileTables } from './model.ts';

export const MIB = FILE_LIMITS.partBytes;
export const as = { as: 'maya' };

/** Octets that are told apart wherever they stand. */
export function octetsOf(length: number, salt: number): Uint8Array {
  return new Uint8Array(Buffer.alloc(length, createHash('sha512').update(String(salt)).digest()));
}
export const partOf = (all: Uint8Array, number: number): Uint8Array =>
  all.subarray((number - 1) * MIB, number * MIB);
export const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');

export type Shelf = Awaited<ReturnType<typeof openShelf>>;

/** A node with somebody who keeps files, and what the tests do with them. */
export async function openShelf(engine: Engine) {
  const node = await startTestNode({ engine, seed: 'files' });
  const home = await node.party('maya');
  const begin = (octets: number, more = {}) =>
    node.done<FileStands>('begin-file', { name: 'notes.txt', octets, ...more }, as);
  const put = (id: string, all: Uint8Array, number: number) =>
    node.done('put-file-part', { id, number, file: partOf(all, number) }, as);
  const addFile = async (all: Uint8Array, more = {}): Promise<FileShown> => {
    const { id, missing } = await begin(all.length, more);
    for (const number of missing) await put(id, all, number);
    return node.done<FileShown>('finish-file', { id, sha256: sha256(all) }, as);
  };
  const download = async (operation: string, input: object): Promise<Buffer> => {
    const it = await node.done<StreamDownload>(operation, input, as);
    const chunks: Uint8Array[] = [];
    for await (const chunk of it.octets) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const list = (input = {}) => node.done<z.output<typeof Files>>('list-files', input, as);
  const refused = async (operation: string, input: object) => (await node.refused(operation, input, as)).code;
  const db = <T>(body: (db: ReturnType<typeof tables<FileTables>>) => Promise<T>): Promise<T> =>
    node.deps.storage.transact(home, (tx) => body(tables<FileTables>(tx)));
  const partsIn = async (file: string): Promise<{ number: number; octets: Uint8Array }[]> =>
    db((it) =>
      it
        .selectFrom('file_parts')
        .select(['number', 'octets'])
        .where('home_id', '=', home)
        .where('file', '=', file)
        .orderBy('number')
        .execute(),
    );
  const write = (file: string, number: number, octets: Uint8Array) =>
    db((it) =>
      it
        .updateTable('file_parts')
        .set({ octets })
        .where('home_id', '=', home)
        .where('file', '=', file)
        .where('number', '=', number)
        .execute(),
    );
  return { node, home, begin, put, addFile, download, list, refused, db, partsIn, write };
}
