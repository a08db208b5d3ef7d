import { SECRETS } from '../../../device/secret-fields.ts';
import { OWN } from '../../sealed/device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import { commandLine, takingAll } from './socket.ts';
import { EMAIL, quiet, type World } from './world.ts';

const GROUP = 'on the command line';

/** Of the same person, made on another device meanwhile: this one does not know it. */
const ELSEWHERE = quiet('bench by the sea');

/** Says that another one acts, whose passphrase is sent as it is. */
const asAnother = (world: World) => ({
  'who-am-i': { acting: { id: world.beginner.home, handle: world.beginner.handle } },
  'prepare-sign-in': { how: 'at-the-node' },
});

/** The codes that commands may end with, and whether one of them got to the operation itself. */
interface Refused {
  readonly code: string;
  readonly words: readonly string[];
}

/** Runs commands before a node that takes everything: each has to be refused, and not to come to its operation. */
async function refusals(
  world: World,
  answers: Readonly<Record<string, unknown>>,
  commands: readonly Refused[],
): Promise<Outcome> {
  const line = await commandLine(world, world.known(), takingAll(answers));
  try {
    for (const { code, words } of commands) {
      const told = await line.run(...words);
      const [operation = ''] = words;
      if (told !== code) return { achieved: `${operation} ends with ${told} where it should be ${code}` };
      if (line.asked.includes(operation)) return { achieved: `${operation} was sent all the same` };
    }
    return { told: 'refused' };
  } finally {
    await line.close();
  }
}

function command(operation: string, input: object, ...more: string[]): readonly string[] {
  return [operation, '--input', JSON.stringify(input), ...more];
}

/** What opens a party, in one field of each operation that takes such a thing; whatever else it takes is left out. */
const FIELDS = Object.entries(SECRETS).flatMap(([operation, fields]) =>
  Object.entries(fields).map(([field, kind]) => ({ operation, field, kind })),
);

/** Where nobody is named, the node is believed in nothing; where somebody is, the passphrase is known to stay here. */
function codeFor({ operation, kind }: (typeof FIELDS)[number], handle: string | undefined): string {
  if (operation === 'create-party') return 'passphrase-used';
  if (handle === undefined) return 'handle-unsure';
  return kind === 'known' ? 'passphrase-asked' : 'passphrase-used';
}

function everyField(name: string, does: string, said: (world: World) => string | undefined): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects: 'refused' },
    attempt: (world) => {
      const handle = said(world);
      const commands = FIELDS.filter(({ kind }) => kind !== 'code').map((it) => ({
        code: codeFor(it, handle),
        words: command(it.operation, { [it.field]: OWN }, ...(handle === undefined ? [] : ['--as', handle])),
      }));
      return refusals(world, asAnother(world), commands);
    },
  };
}

export const onTheCommandLine: readonly OwnAttack[] = [
  everyField(
    'who is acting, wherever a passphrase is taken',
    'says that somebody else is acting, whose passphrase it wants as it is',
    () => undefined,
  ),
  everyField(
    'the passphrase, as another one’s who is named',
    'says that of whoever is named the passphrase itself is to be sent; it is one that stays here',
    (world) => world.beginner.handle,
  ),
  {
    group: GROUP,
    name: 'a passphrase that this device does not know yet',
    does: 'says that somebody else is acting, after the passphrase was changed elsewhere',
    expects: 'refused',
    attempt: (world) =>
      refusals(world, asAnother(world), [
        { code: 'handle-unsure', words: command('remove-party', { passphrase: ELSEWHERE }) },
        { code: 'handle-unsure', words: command('change-passphrase', { old: ELSEWHERE, new: ELSEWHERE }) },
        {
          code: 'passphrase-asked',
          words: command('remove-party', { passphrase: ELSEWHERE }, '--as', world.whose.handle),
        },
      ]),
  },
  {
    group: GROUP,
    name: 'from another data folder',
    does: 'is another node, or the same one moved, and says that the passphrase itself is to be sent',
    expects: 'refused',
    async attempt(world) {
      const known = world.known();
      const { memoryIn } = await import('../../../src/doors/cli/sealed/memory.ts');
      const elsewhere = memoryIn(known.file, 'elsewhere');
      if (!elsewhere.ok) return { told: elsewhere.code };
      const sent = await world.client.passphraseFor(
        {
          ...known,
          memory: elsewhere.value,
          call: async () => ({ ok: true, value: { how: 'at-the-node' } }),
        },
        'somebody-new',
        OWN,
      );
      return { told: sent.ok ? 'sent' : 'refused' };
    },
  },
  {
    group: GROUP,
    name: 'the salt of another node',
    does: 'is another node of hers, where the same passphrase is in use, and asks with the salt that the first one tells anybody',
    expects: 'passphrase-elsewhere',
    attempt: (world) =>
      outcomeOf(async () => {
        const known = world.known();
        const { memoryIn } = await import('../../../src/doors/cli/sealed/memory.ts');
        const device = { ...known, memory: await had(memoryIn(known.file, 'elsewhere')) };
        await had(world.client.passphraseFor(device, world.whose.handle, OWN));
        return { achieved: 'it is sent what lets it in at the first' };
      }),
  },
  {
    group: GROUP,
    name: 'an item, as if its category were served',
    does: 'takes an item in the clear of a category that the device remembers to be sealed',
    expects: 'refused',
    attempt: (world) => {
      const { home: id, handle } = world.whose;
      const words = command('put-item', { property: EMAIL, value: quiet('address') });
      const served = { 'who-am-i': { acting: { id, handle } } };
      return refusals(world, served, [
        { code: 'category-sealed', words },
        { code: 'category-sealed', words: [...words, '--as', handle] },
      ]);
    },
  },
  {
    group: GROUP,
    name: 'nothing, and answers as it is',
    does: 'is honest: items of other categories and passphrases of other people still reach it',
    expects: 'harmless',
    async attempt(world) {
      const line = await commandLine(world, world.known(), takingAll(asAnother(world)));
      try {
        const other = world.beginner.handle;
        const asked = { passphrase: 'a word of no worth' };
        const told = [
          await line.run(...command('put-item', { property: 'schema:address', value: 'Kirchweg 2' })),
          await line.run(...command('make-recovery-shares', asked, '--as', other)),
          await line.run(...command('sign-in', { handle: other, ...asked })),
        ];
        return told.every((it) => it === 'ok') ? harmless : { told: told.join(' ') };
      } finally {
        await line.close();
      }
    },
  },
];
