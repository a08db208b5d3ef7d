import { FILE_LIMITS } from '../../src/files/index.ts';
import type { Make } from './made.ts';
import { MARKS } from './story.ts';

interface HasId {
  readonly id: string;
}

export const begunFile: Make = async ({ as }) =>
  (await as<HasId>('maya', 'begin-file', { name: `${MARKS.hers}.txt`, octets: 1 })).id;

export const fileWithParts: Make = async (s) => {
  const id = await begunFile(s);
  await s.as('maya', 'put-file-part', { id, number: 1, file: new Uint8Array(1) });
  return id;
};

export const file: Make = async (s) => {
  const id = await fileWithParts(s);
  await s.as('maya', 'finish-file', { id });
  return id;
};

export const trashedFile: Make = async (s) => {
  const id = await file(s);
  await s.as('maya', 'remove-files', { ids: [id] });
  return id;
};

/** One octet as a device would have sealed it. */
export const SEALED = new Uint8Array(1 + FILE_LIMITS.sealBytes);

export const begunSealedFile: Make = async ({ as }) =>
  (await as<HasId>('maya', 'begin-file', { mode: 'sealed', octets: 1 })).id;

export const sealedFileWithParts: Make = async (s) => {
  const id = await begunSealedFile(s);
  await s.as('maya', 'put-file-part', { id, number: 1, file: SEALED });
  return id;
};

export const sealedFile: Make = async (s) => {
  const id = await sealedFileWithParts(s);
  await s.as('maya', 'finish-file', { id });
  return id;
};
