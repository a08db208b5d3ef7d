import { type Asks, many, one, plain } from './asks-kinds.ts';
import * as files from './made-files.ts';

/** What is asked of files. */
export const FILE_ASKS: Readonly<Record<string, Asks>> = {
  'list-files': plain(),
  'show-file': one('id', files.file),
  'begin-file': plain({ name: 'a.txt', octets: 1, mark: 'of the matrix' }),
  'put-file-part': one('id', files.begunFile, { number: 1 }, { file: new Blob(['x']) }),
  'finish-file': one('id', files.fileWithParts),
  'cancel-file': one('id', files.begunFile),
  'read-file': one('id', files.file),
  'read-file-part': one('id', files.file, { number: 1 }),
  'rename-file': one('id', files.file, { name: 'b.txt' }),
  'remove-files': many(files.file),
  'restore-files': many(files.file),
  'erase-files': many(files.trashedFile),
  'empty-file-trash': plain(),
};
