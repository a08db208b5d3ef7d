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

const sealed = (rest: object = {}) => one('id', files.sealedFile, rest);

/** The same of files that only devices open. */
export const SEALED_FILE_ASKS: Readonly<Record<string, Asks>> = {
  'list-files': plain({ mode: 'sealed' }),
  'show-file': sealed(),
  'begin-file': plain({ mode: 'sealed', octets: 1 }),
  'put-file-part': one('id', files.begunSealedFile, { number: 1 }, { file: new Blob([files.SEALED]) }),
  'finish-file': one('id', files.sealedFileWithParts),
  'cancel-file': one('id', files.begunSealedFile),
  'read-file': sealed(),
  'read-file-part': sealed({ number: 1 }),
  'rename-file': sealed({ name: 'b.txt' }),
  'remove-files': many(files.sealedFile),
  'restore-files': many(files.sealedFile),
  'erase-files': many(files.sealedFile),
};
