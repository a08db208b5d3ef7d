import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isIdentity } from '../../archive/index.ts';
import { isByPassphrase, type Opener } from '../../backup/index.ts';
import { callOperation } from '../../kernel/call-operation.ts';
import { openOperation } from '../../kernel/operation.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { instant } from '../../kernel/schema.ts';
import { restoreNode } from '../../node/index.ts';
import { askHidden } from './ask.ts';
import { readInput } from './read-input.ts';
import { usage, type Words } from './words.ts';

export interface RestorePlace {
  readonly file: string | undefined;
  readonly data: string;
  readonly keyFile: string | undefined;
  readonly here: string;
}

const RestoreNode = z.object({
  passphrase: z.string().optional().describe('Of the backup; asked for when it is needed and left out.'),
  identity: z
    .string()
    .optional()
    .describe(
      'A file with the secret key (AGE-SECRET-KEY-1…) of the recipient that the backup was locked to.',
    ),
});

const Restored = z.object({
  data: z.string(),
  madeAt: instant.describe('When the backup was made.'),
  bytes: z.int(),
  hasKey: z.boolean().describe("Whether the node's key was in it."),
  next: z.string(),
});

/** Beside the table of operations: a node does those, and here is none yet (docs/decisions/0015-backups.md). */
export const RESTORE = openOperation('operator', {
  name: 'restore-node',
  room: 'backup',
  summary: 'Make a data folder from a backup (--file) in an empty folder (--data). No node needs to run.',
  effect: 'writes',
  isPersonal: true,
  input: RestoreNode,
  output: Restored,
  run: run,
});

/** What nobody else can tell the node: it is as old as the backup. */
const NEXT =
  'Start the node: it asks everybody what was said since, and signs nothing before it has heard. Everybody signs in again. What was revoked, withdrawn, removed or changed on this node alone since the backup is as it was: program tokens, passphrases, recovery codes, invitations, public names, parties. docs/how-to/back-up.md lists it.';

/** What `parley restore-node` answers. */
export async function restore(place: RestorePlace, words: Words): Promise<Result<unknown>> {
  const input = await readInput(RESTORE, words);
  if (!input.ok) return input;
  return callOperation(RESTORE, place, { home: undefined, isOperator: true }, input.value);
}

async function run(
  { file, data, keyFile, here }: RestorePlace,
  _actor: unknown,
  input: z.output<typeof RestoreNode>,
): Promise<Result<z.output<typeof Restored>>> {
  if (file === undefined) return usage('The backup is missing', '--file');
  if (!existsSync(file) || !statSync(file).isFile()) return usage('There is no such file', '--file');
  const opener = await openerOf(file, input, here);
  if (!opener.ok) return opener;
  const restored = await restoreNode({ file, opener: opener.value, data, keyFile });
  if (!restored.ok) return restored;
  const { madeAt, hasKey, database } = restored.value;
  const key = hasKey
    ? ''
    : "The node's key is not in this backup: put it beside the database, as node.key, or start with --key FILE. ";
  return ok({ data, madeAt, bytes: database.bytes, hasKey, next: `${key}${NEXT}` });
}

async function openerOf(
  file: string,
  { passphrase, identity }: z.output<typeof RestoreNode>,
  here: string,
): Promise<Result<Opener>> {
  if (passphrase !== undefined) return ok({ passphrase });
  if (identity === undefined && (await isByPassphrase(file))) {
    const given = await askHidden('Passphrase');
    return given === undefined
      ? usage('The passphrase is missing', '--passphrase')
      : ok({ passphrase: given });
  }
  if (identity === undefined) return usage('The file with the secret key is missing', '--identity');
  const path = resolve(here, identity);
  if (!existsSync(path) || !statSync(path).isFile()) return usage('There is no such file', '--identity');
  // As age-keygen writes them: a key a line, and comments.
  const lines = readFileSync(path, 'utf8').split('\n');
  const identities = lines.map((it) => it.trim()).filter((it) => it !== '' && !it.startsWith('#'));
  return identities.length > 0 && identities.every(isIdentity)
    ? ok({ identities })
    : fail(
        'usage',
        'The file of --identity holds no secret key of age.',
        'They begin with AGE-SECRET-KEY-1.',
      );
}
