import { z } from 'zod';
import { FILE_LIMITS, FileShown } from '../../../files/index.ts';
import { type Operation, partyOperation } from '../../../kernel/operation.ts';
import { id } from '../../../kernel/schema.ts';
import { uploadUpTo } from '../../../kernel/upload.ts';
import { getFile } from './get-file.ts';
import { putFile } from './put-file.ts';
import type { FileReach } from './reach.ts';

const room = 'on this device';

/** What the command line does by itself with files: part by part, so that what was interrupted goes on. */
export const FILE_COMMANDS: readonly Operation<FileReach>[] = [
  {
    ...partyOperation({
      name: 'put-file',
      room,
      summary:
        'Add a file of up to 1 GiB to your data. Interrupted, the same command goes on where it stopped.',
      effect: 'writes',
      input: z.object({
        file: uploadUpTo(FILE_LIMITS.fileBytes),
        name: z.string().optional().describe('What it is called; its name here when left out.'),
        type: z.string().optional().describe('Its media type, as a label.'),
      }),
      output: FileShown,
      run: putFile,
    }),
    runs: 'device',
  },
  {
    ...partyOperation({
      name: 'get-file',
      room,
      summary: 'Save a file of yours here. Interrupted, the same command goes on where it stopped.',
      effect: 'reads',
      input: z.object({ id }),
      output: z.object({ file: z.string(), bytes: z.int() }),
      run: getFile,
    }),
    runs: 'device',
  },
];
