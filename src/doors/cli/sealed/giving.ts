import { z } from 'zod';
import { forgetTheirs } from '../../../../device/index.ts';
import { Times } from '../../../grants/index.ts';
import type { Operation } from '../../../kernel/operation.ts';
import { ok } from '../../../kernel/result.ts';
import { id, instant, line, text } from '../../../kernel/schema.ts';
import { type DeviceDeps, withVault } from './acts.ts';
import { onDevice, reach } from './on-device.ts';

const Gift = z.object({
  ...reach,
  id,
  relationship: id,
  purpose: text.min(1, 'Say what it is for.'),
  until: instant.optional().describe('The instant after which it must not be used.'),
  times: Times.optional().describe('How often they may open it; as often as they like, when left out.'),
  code: z
    .string()
    .max(100)
    .optional()
    .describe(
      'The code as both of you have compared it: the first time that this device gives them something, and once their keys have changed.',
    ),
  version: z
    .int()
    .min(1)
    .optional()
    .describe('The version that you have looked at; when it is another one now, nothing is given.'),
  onSameNode: z
    .boolean()
    .optional()
    .describe(
      'Yes to giving it to somebody on your own node, whose operator can then read it; asked for there.',
    ),
});
const Compared = z.object({ relationship: id });

/** What the command line gives of what the node cannot read. */
export const GIVING: readonly Operation<DeviceDeps>[] = [
  onDevice({
    name: 'give-sealed',
    summary:
      'Lock a sealed item for the other side of a relationship on this device, and give it as it is now.',
    effect: 'discloses',
    input: Gift,
    output: z.object({
      grant: id,
      label: line.describe('What it is called where it goes: the name that everybody has for it.'),
      code: z.string(),
      to: line.describe('What they were called when the code was compared.'),
    }),
    run: (deps, _, { id: item, passphraseFile, ...gift }) =>
      withVault(deps, { passphraseFile }, (vault) => vault.give(item, gift)),
  }),
  onDevice({
    name: 'forget-compared',
    summary:
      'Forget that a code was compared in a relationship, so that this device asks for it again; only when they have told you themselves that something has changed.',
    effect: 'writes',
    input: Compared,
    output: Compared,
    async run({ s, whose }, _, { relationship }) {
      await forgetTheirs(s, whose.home, relationship);
      return ok({ relationship });
    },
  }),
];
