import { type Failure, fail } from '../kernel/result.ts';
import { FILE_LIMITS } from './limits.ts';

const GIB = 1024 ** 3;

export function fileUnknown(): Failure {
  return fail('file-unknown', 'There is no such file, or it has left the trash.', 'Look at the list again.');
}

export function fileBroken(): Failure {
  return fail(
    'file-broken',
    'What is kept of this file is not what was put there: a part is missing, changed, or another one. Nothing of that part was given out.',
    'Add the file again if you have it elsewhere, or take it from a backup.',
  );
}

/** It was sent whole before; its parts never change after that. */
export function fileWhole(): Failure {
  return fail('file-present', 'This file is whole already. Nothing was changed.', 'Add another one instead.');
}

export function fileNotWhole(): Failure {
  return fail(
    'file-begun-only',
    'Parts of this file are still missing.',
    'Go on adding it where it stopped: show-file says which parts are missing.',
  );
}

export function partUnfit(expected: number): Failure {
  return fail(
    'part-unfit',
    `This part has to have ${expected} octets. It was not taken.`,
    'See that it is the same file as before, and cut it at every 1,048,576 octets.',
  );
}

export function partUnknown(parts: number): Failure {
  return fail('part-unknown', `This file has ${parts} parts.`, 'Ask for one of them.');
}

export function fileDiffers(): Failure {
  return fail(
    'file-differs',
    'What came is not the file that was meant: its SHA-256 is another one. It was not made visible.',
    'Send again the parts that may have changed, or cancel it and begin anew.',
  );
}

export function fileChanged(): Failure {
  return fail(
    'file-changed',
    'Something of this file came in the meantime. Nothing was changed.',
    'Look at it again, then try again.',
  );
}

export function filesFull(): Failure {
  return fail(
    'files-full',
    `Files take ${FILE_LIMITS.octets / GIB} GiB at most, and there are ${FILE_LIMITS.files.toLocaleString('en')} of them at most, those in the trash included. Nothing was added.`,
    'Remove what you no longer need and empty the trash, then try again: what was erased makes room within some minutes.',
  );
}

export function tooManyUnderWay(): Failure {
  return fail(
    'files-busy',
    `At most ${FILE_LIMITS.underWay} files are under way at once. Nothing was begun.`,
    'Finish or cancel some of them first.',
  );
}

/** Files are of one kind all of them: none is sealed anew, or opened to the node, behind its owner's back. */
export function servedFilesPresent(files: number): Failure {
  return fail(
    'files-present',
    `There are ${files} files that this node can read, those under way and in the trash included. Nothing was changed.`,
    'Download those that you want to keep, move them to the trash and empty it. Then seal, and add them again.',
  );
}

export function sealedFilesPresent(files: number): Failure {
  return fail(
    'files-present',
    `There are ${files} files that only your devices open, those under way and in the trash included. Nothing was changed.`,
    'Save those that you want to keep and erase them here. Then let the node read your files, and add them again.',
  );
}

export function fileTrashed(): Failure {
  return fail('file-trashed', 'This file is in the trash.', 'Restore it first.');
}

export function fileNotTrashed(): Failure {
  return fail(
    'file-in-use',
    'This file is not in the trash. It was not erased.',
    'Move it to the trash first.',
  );
}

export function fileSealed(): Failure {
  return fail(
    'file-sealed',
    'Only your own devices open this file: the node knows neither its name nor what is in it.',
    'Open My data with your passphrase, and do it there.',
  );
}
