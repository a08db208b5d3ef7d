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
