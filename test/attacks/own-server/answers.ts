import {
  type Asked,
  type Device,
  type Door,
  instead,
  lying,
  type ReadAnswer,
  type Row,
  showing,
} from './device.ts';
import { answered, had, harmless, look, outcomeOf, short } from './looking.ts';
import type { OwnAttack } from './model.ts';
import type { World } from './world.ts';

const GROUP = 'malformed answers';
const SOME = 'A'.repeat(60);

const shown = (change: object): object => ({
  vault: { counter: 9, statement: SOME },
  ways: [],
  categories: [],
  passphrase: { how: 'at-the-node' },
  ...change,
});

/** Answers of another form, by operation: none of them is what the operation answers. */
const SHAPES: Readonly<Record<string, readonly unknown[]>> = {
  'show-vault': [
    ...[
      undefined,
      null,
      [],
      'vault',
      7,
      true,
      {},
      { vault: null },
      shown({ vault: [] }),
      shown({ vault: { counter: 9 } }),
    ],
    ...['9', 9.5, Number.NaN, 1e300, null].map((counter) => shown({ vault: { counter, statement: SOME } })),
    ...['A', 'AA==', 'A+/A', 'Ä'.repeat(8), 7, null, ['AAAA']].map((statement) =>
      shown({ vault: { counter: 9, statement } }),
    ),
    ...[null, {}, 'way', [null], [[]], [{ name: 7, octets: SOME }], [{ name: 'way/recovery' }]].map((ways) =>
      shown({ ways }),
    ),
    ...[null, {}, [{}], [{ category: 'contact', mode: 'open', served: 0 }]].map((categories) =>
      shown({ categories }),
    ),
    ...[
      { category: '__proto__', mode: 'sealed', served: 0 },
      { category: 'contact', mode: 'sealed', served: '0' },
    ].map((it) => shown({ categories: [it] })),
    ...[null, 'here', {}, { how: 'here' }, { how: 'here', salt: SOME, cost: [] }, { how: 'elsewhere' }].map(
      (passphrase) => shown({ passphrase }),
    ),
  ],
  'read-sealed': [
    ...[undefined, null, [], 'rows', 7, {}, { rows: null }, { rows: {} }, { rows: 'rows' }, { rows: [null] }],
    ...[
      { rows: [[]] },
      { rows: [{ name: 'key/contact/1' }] },
      { rows: [{ octets: SOME }] },
      { rows: [{ name: 1, octets: SOME }] },
    ],
    ...[
      { rows: [{ name: 'key/contact/1', octets: 'A' }] },
      { rows: [], next: 7 },
      { rows: [], next: null },
      { rows: [], next: {} },
    ],
  ],
  'write-sealed': [
    undefined,
    null,
    [],
    'done',
    7,
    {},
    { counter: '20' },
    { counter: null },
    { counter: 0.5 },
    { counter: 1 },
    { counter: -1 },
  ],
  'prepare-sign-in': [
    ...[
      undefined,
      null,
      [],
      'here',
      7,
      {},
      { how: 'here' },
      { how: null },
      { how: 'here', salt: 7, cost: {} },
    ],
    ...[
      { how: 'here', salt: 'AA==', cost: { memoryKiB: 65_536, passes: 3, lanes: 1 } },
      { how: 'here', salt: SOME, cost: null },
    ],
  ],
};

function shapes(operation: string): OwnAttack {
  const forms = SHAPES[operation] ?? [];
  return {
    group: GROUP,
    name: `another form than ${operation} has`,
    does: `answers ${forms.length} things that ${operation} never answers`,
    expects: 'node-odd',
    async attempt(world) {
      for (const form of forms) {
        await world.set();
        const device = world.known();
        device.door = instead(operation, form);
        const told = short(await through(world, device, operation));
        if (told !== 'node-odd') return { achieved: `${JSON.stringify(form)}: ${told}` };
      }
      return { told: 'node-odd' };
    },
  };
}

function through(world: World, device: Device, operation: string) {
  if (operation !== 'prepare-sign-in') return look(world, device);
  return outcomeOf(async () => {
    await had(world.client.passphraseFor(device, world.whose.handle, 'a word of no worth'));
    return harmless;
  });
}

/** Bends what is read by how names begin. */
function pages(bend: (answer: ReadAnswer, input: Asked) => unknown): Door {
  return lying<ReadAnswer>('read-sealed', (answer, input) =>
    input.prefix === undefined ? answer : bend(answer, input),
  );
}
/** Bends what is read by name. */
function named(bend: (rows: Row[], input: Asked) => unknown): Door {
  return lying<ReadAnswer>('read-sealed', (answer, input) =>
    input.names ? bend(answer.rows, input) : answer,
  );
}

const one = (number: number): Row => ({ name: `block/contact/${number}`, octets: SOME });

/** Answers page after page, each made of the one before. */
function endless(rows: (page: number) => Row[]): Door {
  return (call) => async (operation, input) => {
    if (operation !== 'read-sealed' || !('prefix' in input) || input.prefix !== 'block/')
      return call(operation, input);
    const page = 'afterName' in input ? Number(/\d+$/.exec(String(input.afterName))?.[0] ?? 0) : 0;
    const made = rows(page);
    return { ok: true, value: { rows: made, next: made.at(-1)?.name } };
  };
}

/** Other devices are at work, as far as one can see, whenever somebody looks. */
const everOther = (): Door => {
  let looks = 0;
  return (call) => {
    const bent = showing(
      ({ vault }) => void (vault && Object.assign(vault, { counter: vault.counter + ++looks })),
    );
    return bent(call);
  };
};

export const answers: readonly OwnAttack[] = [
  ...Object.keys(SHAPES).map(shapes),
  answered(
    GROUP,
    ['pages without end', 'answers one list after another, as long as it is asked'],
    'node-odd',
    () => endless((page) => [one(page + 1)]),
  ),
  {
    group: GROUP,
    name: 'large pages without end',
    does: 'does so two thousand at a time',
    expects: 'node-odd',
    attempt(world) {
      const device = world.known();
      device.door = endless((page) => Array.from({ length: 2_000 }, (_, at) => one(page + at + 1)));
      return look(world, device);
    },
  },
  answered(
    GROUP,
    ['a cursor that goes round', 'answers the first page again, and that there is more'],
    'node-odd',
    () => endless(() => [one(1), one(2)]),
  ),
  answered(
    GROUP,
    ['a cursor that stands still', 'answers what comes after as what was asked for'],
    'node-odd',
    () => pages((it, { afterName }) => ({ rows: it.rows, next: afterName ?? it.rows[0]?.name })),
  ),
  answered(GROUP, ['more, and nothing', 'answers an empty page that promises more'], 'vault-broken', () =>
    pages(() => ({ rows: [], next: 'block/contact/1' })),
  ),
  answered(GROUP, ['a page cut off', 'answers one of several, and that this is all'], 'vault-broken', () =>
    pages((it) => ({ rows: it.rows.slice(0, 1) })),
  ),
  answered(GROUP, ['a row twice', 'answers each row twice'], 'node-odd', () =>
    pages((it) => ({ ...it, rows: it.rows.flatMap((row) => [row, row]) })),
  ),
  answered(GROUP, ['rows in another order', 'answers the last first'], 'harmless', () =>
    pages((it) => ({ ...it, rows: it.rows.toReversed() })),
  ),
  answered(
    GROUP,
    ['rows that were not asked for', 'answers keys where lists are asked for'],
    'node-odd',
    () =>
      pages((it, { prefix }) =>
        prefix === 'block/' ? { rows: [{ name: 'key/contact/1', octets: SOME }] } : it,
      ),
  ),
  answered(
    GROUP,
    ['items in another order', 'answers items in another order than they were asked for'],
    'harmless',
    () => named((rows) => ({ rows: rows.toReversed() })),
  ),
  answered(
    GROUP,
    ['items that were not asked for', 'answers every item under the name of the first'],
    'vault-broken',
    () => named((rows, { names }) => ({ rows: rows.map((row) => ({ ...row, name: names?.[0] ?? '' })) })),
  ),
  answered(
    GROUP,
    ['another last name', 'says that it has looked at a name that nobody asked for'],
    'vault-broken',
    () => named((rows) => ({ rows: rows.slice(0, 1), next: 'item/another' })),
  ),
  answered(
    GROUP,
    [
      'the same octets in other letters',
      'writes the last letter of base64url otherwise, where bits are over',
    ],
    'harmless',
    () => named((rows) => ({ rows: rows.map((row) => ({ ...row, octets: otherwise(row.octets) })) })),
  ),
  answered(
    GROUP,
    ['changed while it is read, without end', 'says at each look that another device has written'],
    'vault-broken',
    everOther,
  ),
  answered(
    GROUP,
    ['ways in another order', 'answers the ways the last first, and one of them twice'],
    'vault-broken',
    () => showing(({ ways }) => void ways.push(...ways.reverse().slice(0, 1))),
  ),
  answered(
    GROUP,
    ['a category twice', 'answers two lines for contacts, of which one says that they are served'],
    'harmless',
    () => showing((it) => void it.categories.push({ category: 'contact', mode: 'served', served: 0 })),
  ),
  ...['show-vault', 'read-sealed', 'write-sealed'].map(
    (operation): OwnAttack => ({
      group: GROUP,
      name: `no answer to ${operation}`,
      does: `fails at ${operation} with a code of its own, or one that devices have a meaning for`,
      expects: 'refused',
      async attempt(world) {
        for (const code of ['no-such-thing', 'item-unknown', 'vault-broken', '__proto__']) {
          await world.set();
          const device = world.known();
          const failure = { ok: false, code, message: 'No.', next: 'No.' } as const;
          device.door = (call) => async (asked, input) =>
            asked === operation ? failure : call(asked, input);
          const outcome = await look(world, device);
          if (!('told' in outcome) || outcome.told !== code)
            return { achieved: `${code}: ${short(outcome)}` };
        }
        return { told: 'refused' };
      },
    }),
  ),
];

/** The same octets: the bits of the last letter that no octet has are turned on. */
function otherwise(text: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  if (text.length % 4 === 0) return text;
  const last = letters.indexOf(text.at(-1) ?? 'A');
  return text.slice(0, -1) + letters[last | (text.length % 4 === 2 ? 15 : 3)];
}
