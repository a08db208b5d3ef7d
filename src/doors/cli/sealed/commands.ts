import { z } from 'zod';
import { FILE_LIMITS, FileShown } from '../../../files/index.ts';
import { type Operation, openOperation } from '../../../kernel/operation.ts';
import { handle, id, nothing } from '../../../kernel/schema.ts';
import { uploadUpTo } from '../../../kernel/upload.ts';
import { Category, ItemOfDevice, PropertyName, PutItem } from '../../../vault/index.ts';
import { accept } from './accept.ts';
import {
  begin,
  type DeviceDeps,
  eraseSealed,
  forgetSealed,
  keepSealed,
  keepServed,
  listSealed,
  listWays,
  putSealed,
  removeSealed,
  removeWay,
  renewCode,
  restoreSealed,
  showSealed,
  showSealing,
} from './acts.ts';
import { eraseSealedFiles, getSealedFile, listSealedFiles } from './file-acts.ts';
import { GIVING } from './giving.ts';
import { onDevice, reach, room } from './on-device.ts';
import { putSealedFile } from './put-sealed-file.ts';

const category = Category.describe('Which part of your data.');
const ids = z.array(id).min(1).max(1_000).describe('Which items.');

const Told = z.object({
  done: z.array(id),
  not: z.array(z.object({ id, code: z.string(), message: z.string(), next: z.string() })),
});
const Moved = z.object({ category: Category, moved: z.int().describe('Items that went over this time.') });

const Forget = z.object({ handle: handle.describe('What it was called.') });
const FileOfDevice = FileShown.omit({ mode: true, state: true, trashedUntil: true }).extend({
  name: z.string(),
});

/** What the command line does by itself with what the node cannot read. The node runs none of it. */
export const SEALED: readonly Operation<DeviceDeps>[] = [
  onDevice({
    name: 'begin-sealing',
    summary: 'Choose a passphrase that the node never sees, so that you can seal parts of your data.',
    effect: 'writes',
    input: z.object({
      ...reach,
      newPassphraseFile: z
        .string()
        .optional()
        .describe('A file with the new passphrase; asked for when left out.'),
    }),
    output: z.object({
      recoveryCode: z.string().optional().describe('For paper. It is shown this once.'),
      next: z.string(),
    }),
    run: begin,
  }),
  onDevice({
    name: 'show-sealing',
    summary: 'Who can read which part of your data, and what opens what is sealed.',
    effect: 'reads',
    input: z.object(reach),
    output: z.object({
      categories: z.array(
        z.object({ category: Category, mode: z.string(), items: z.int(), served: z.int() }),
      ),
      ways: z.array(z.object({ name: z.string() })),
    }),
    run: showSealing,
  }),
  onDevice({
    name: 'accept-sealed',
    summary:
      'Go on from what the node shows of your sealed data, after a backup was put back; first it tells what is missing.',
    effect: 'writes',
    input: z.object({
      ...reach,
      backupPutBack: z
        .literal(true)
        .describe(
          'You know from whoever runs the node that a backup was put back. Else it shows you old data.',
        ),
      shown: z
        .string()
        .max(100)
        .optional()
        .describe('What was shown when you were told what would be missing; without it, that is told.'),
    }),
    output: z.object({
      missing: z.int().optional().describe('Changes that this device has seen and the node has no more.'),
      ways: z
        .array(z.object({ name: z.string() }))
        .describe('What opens it. What you had taken away since is back.'),
      next: z.string().optional().describe('Where the backup is from before anything was sealed.'),
    }),
    run: accept,
  }),
  onDevice({
    name: 'keep-sealed',
    summary: 'Seal a part of your data: from then on only your devices can read it. Again goes on.',
    effect: 'writes',
    input: z.object({ ...reach, category }),
    output: Moved,
    run: keepSealed,
  }),
  onDevice({
    name: 'keep-served',
    summary: 'Let the node read a part of your data again. Again goes on.',
    effect: 'writes',
    input: z.object({ ...reach, category }),
    output: Moved,
    run: keepServed,
  }),
  onDevice({
    name: 'list-sealed',
    summary: 'What of your data is sealed.',
    effect: 'reads',
    input: z.object({
      ...reach,
      search: z.string().max(200).optional().describe('Words to find in labels, values, tags, notes.'),
      category: Category.optional(),
      property: PropertyName.optional(),
      tag: z.string().max(40).optional(),
      trashed: z.boolean().default(false).describe('List the trash instead.'),
      after: z.string().optional().describe('The `next` of the page before.'),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(ItemOfDevice), total: z.int(), next: z.string().optional() }),
    run: listSealed,
  }),
  onDevice({
    name: 'show-sealed',
    summary: 'One item that is sealed, with the versions before.',
    effect: 'reads',
    input: z.object({ ...reach, id }),
    output: ItemOfDevice.extend({ versions: z.array(z.object({ version: z.int(), how: z.string() })) }),
    run: showSealed,
  }),
  onDevice({
    name: 'put-sealed',
    summary: 'Add an item to what is sealed, or change one.',
    effect: 'writes',
    input: PutItem.extend(reach),
    output: ItemOfDevice,
    run: putSealed,
  }),
  ...GIVING,
  onDevice({
    name: 'remove-sealed',
    summary: 'Put sealed items into the trash, where they stay for 30 days.',
    effect: 'writes',
    input: z.object({ ...reach, ids }),
    output: Told,
    run: removeSealed,
  }),
  onDevice({
    name: 'restore-sealed',
    summary: 'Take sealed items out of the trash.',
    effect: 'writes',
    input: z.object({ ...reach, ids }),
    output: Told,
    run: restoreSealed,
  }),
  onDevice({
    name: 'erase-sealed',
    summary: 'Erase sealed items that lie in the trash, with all their versions. Nothing brings them back.',
    effect: 'writes',
    input: z.object({ ...reach, ids }),
    output: Told,
    run: eraseSealed,
  }),
  onDevice({
    name: 'renew-recovery-code',
    summary: 'A new recovery code for what is sealed; the one before opens nothing any more.',
    effect: 'writes',
    input: z.object(reach),
    output: z.object({
      recoveryCode: z.string().optional().describe('For paper. It is shown this once.'),
      next: z.string(),
    }),
    run: renewCode,
  }),
  onDevice({
    name: 'list-ways',
    summary: 'What opens what is sealed: the passphrase, passkeys, the recovery code.',
    effect: 'reads',
    input: z.object(reach),
    output: z.object({ rows: z.array(z.object({ name: z.string() })) }),
    run: listWays,
  }),
  onDevice({
    name: 'remove-way',
    summary: 'Take away a passkey that is lost: nothing written from now on opens with it.',
    effect: 'writes',
    input: z.object({ ...reach, name: z.string().max(400).describe('As list-ways names it.') }),
    output: z.object({ name: z.string() }),
    run: removeWay,
  }),
  {
    ...openOperation<DeviceDeps, typeof Forget, typeof nothing>('anyone', {
      name: 'forget-sealed',
      room,
      summary:
        'Forget, on this device, a party that is gone, so that somebody can begin anew under its name. Not when you have not removed it yourself.',
      effect: 'writes',
      input: Forget,
      output: nothing,
      run: forgetSealed,
    }),
    runs: 'device',
  },
  onDevice({
    name: 'list-sealed-files',
    summary: 'Your files that only your devices open.',
    effect: 'reads',
    input: z.object({
      ...reach,
      search: z.string().max(200).optional().describe('Words to find in names.'),
      trashed: z.boolean().default(false).describe('List the trash instead.'),
      after: z.string().optional().describe('The `next` of the page before.'),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(FileOfDevice), total: z.int(), next: z.string().optional() }),
    run: listSealedFiles,
  }),
  onDevice({
    name: 'put-sealed-file',
    summary: 'Add a file that only your devices open. Interrupted, the same command goes on.',
    effect: 'writes',
    input: z.object({
      ...reach,
      file: uploadUpTo(FILE_LIMITS.fileBytes),
      name: z.string().optional().describe('What it is called; its name here when left out.'),
      type: z.string().optional().describe('Its media type, as a label.'),
    }),
    output: FileOfDevice,
    run: putSealedFile,
  }),
  onDevice({
    name: 'get-sealed-file',
    summary: 'Save a file here that only your devices open. Interrupted, the same command goes on.',
    effect: 'reads',
    input: z.object({ ...reach, id }),
    output: z.object({ file: z.string(), bytes: z.int() }),
    run: getSealedFile,
  }),
  onDevice({
    name: 'erase-sealed-files',
    summary: 'Erase sealed files from the trash, now; remove-sealed puts them there.',
    effect: 'writes',
    input: z.object({ ...reach, ids }),
    output: Told,
    run: eraseSealedFiles,
  }),
];
