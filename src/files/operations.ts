import { downloadedFile } from '../kernel/download.ts';
import { Many, Told } from '../kernel/many.ts';
import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { BeginFile, beginFile } from './begin-file.ts';
import { emptyFileTrash, FilesErased } from './empty-file-trash.ts';
import { FinishFile, finishFile } from './finish-file.ts';
import { Files, ListFiles, listFiles } from './list-files.ts';
import { FileShown, FileStands } from './model.ts';
import { PartPut, PutFilePart, putFilePart } from './put-file-part.ts';
import { ReadFile, readFile } from './read-file.ts';
import { ReadFilePart, readFilePart } from './read-file-part.ts';
import { CancelFile, Cancelled, cancelFile, eraseFiles, removeFiles, restoreFiles } from './remove-files.ts';
import { RenameFile, renameFile } from './rename-file.ts';
import { ShowFile, showFile } from './show-file.ts';

const room = 'files';

export const operations: readonly Operation<BaseDeps>[] = [
  partyOperation({
    name: 'list-files',
    room,
    summary: 'Your files, the newest first.',
    effect: 'reads',
    input: ListFiles,
    output: Files,
    run: listFiles,
  }),
  partyOperation({
    name: 'show-file',
    room,
    summary: 'One of your files, and which parts of it are still to come.',
    effect: 'reads',
    input: ShowFile,
    output: FileStands,
    run: showFile,
  }),
  partyOperation({
    name: 'begin-file',
    room,
    summary: 'Begin to add a file of up to 1 GiB, or go on with it; its parts come then in any order.',
    effect: 'writes',
    input: BeginFile,
    output: FileStands,
    run: beginFile,
  }),
  partyOperation({
    name: 'put-file-part',
    room,
    summary: 'Add one part of 1 MiB to a file that was begun; again is the same.',
    effect: 'writes',
    input: PutFilePart,
    output: PartPut,
    run: putFilePart,
  }),
  partyOperation({
    name: 'finish-file',
    room,
    summary: 'Make a file visible whose parts are all here.',
    effect: 'writes',
    input: FinishFile,
    output: FileShown,
    run: finishFile,
  }),
  partyOperation({
    name: 'cancel-file',
    room,
    summary: 'Erase a file that was begun and is not whole.',
    effect: 'writes',
    input: CancelFile,
    output: Cancelled,
    run: cancelFile,
  }),
  partyOperation({
    name: 'read-file',
    room,
    summary: 'A whole file of yours.',
    effect: 'reads',
    input: ReadFile,
    output: downloadedFile,
    run: readFile,
  }),
  partyOperation({
    name: 'read-file-part',
    room,
    summary: 'One part of a file of yours, so that a download can go on where it stopped.',
    effect: 'reads',
    input: ReadFilePart,
    output: downloadedFile,
    run: readFilePart,
  }),
  partyOperation({
    name: 'rename-file',
    room,
    summary: 'Give a file of yours another name.',
    effect: 'writes',
    input: RenameFile,
    output: FileShown,
    run: renameFile,
  }),
  partyOperation({
    name: 'remove-files',
    room,
    summary: 'Put up to 1,000 files into the trash, where they stay for 30 days.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: removeFiles,
  }),
  partyOperation({
    name: 'restore-files',
    room,
    summary: 'Take up to 1,000 files out of the trash; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: restoreFiles,
  }),
  partyOperation({
    name: 'erase-files',
    room,
    summary:
      'Erase up to 1,000 files from the trash, or sealed ones, now; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: eraseFiles,
  }),
  partyOperation({
    name: 'empty-file-trash',
    room,
    summary: 'Erase the files that lie in the trash, now.',
    effect: 'writes',
    input: nothing,
    output: FilesErased,
    run: emptyFileTrash,
  }),
];
