import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert } from '../../../src/kernel/result.ts';
import { attemptOwn } from './attempt.ts';
import type { Client } from './device.ts';
import type { Weakness } from './model.ts';
import { GIVING_WEAKNESSES } from './planted-giving.ts';
import { OWN_ATTACKS } from './table.ts';
import type { World } from './world.ts';

export const WEAKNESSES: readonly Weakness[] = [
  ...GIVING_WEAKNESSES,
  {
    name: 'salts-unremembered',
    file: 'salts.ts',
    text: 'isElsewhere ? passphraseElsewhere() : undefined',
    instead: 'isElsewhere && one === undefined ? passphraseElsewhere() : undefined',
    finds: ['the salt of another node'],
  },
  {
    name: 'what-was-signed-unchecked',
    file: 'give.ts',
    text: 'members.get(name) === value',
    instead: "name !== 'value' || members.get(name) === value",
    finds: ['another purpose', 'another label'],
  },
  {
    name: 'digest-of-items-unchecked',
    file: 'items.ts',
    text: 'if (!octets || (await digestOf(octets)) !== head.digest) return undefined;',
    instead: 'if (!octets) return undefined;',
    finds: ['an item from another end'],
  },
  {
    name: 'missing-items-passed-over',
    file: 'items.ts',
    text: 'whole.length === heads.length',
    instead: 'whole.length <= heads.length',
    finds: ['an item of it', 'an item left out'],
  },
  {
    name: 'digest-of-lists-unchecked',
    file: 'load.ts',
    text: '(await digestOfBlocks(blocks)) !== digest',
    instead: '(await digestOfBlocks(blocks)) === undefined',
    finds: ['a category of before'],
  },
  {
    name: 'memory-unchecked',
    file: 'load.ts',
    text: '? await contradicts(shown.value, known)',
    instead: '? undefined',
    finds: ['everything of before', 'everything of before a way was taken away'],
  },
  {
    name: 'past-unchecked',
    file: 'session.ts',
    text: 'if (seen && !goesOnFrom(state.statement, seen)) return vaultForked();',
    instead: '',
    finds: ['kept apart, and the other goes on'],
  },
  {
    name: 'marks-of-roots-unchecked',
    file: 'session.ts',
    text: 'if (seen && !(await isRootAfter(state, seen))) return vaultForked();',
    instead: '',
    finds: [
      'the next root by a way that was taken away (2)',
      'the next root by a way that was taken away (3)',
    ],
  },
  {
    // A key opens wherever it is found.
    name: 'context-unchecked',
    file: 'objects.ts',
    text: 'const key = await open(over, octets.subarray(4), contextOf(of));',
    instead: `const places = ['contact', 'note', 'preference'].map((category) => ({ ...of, category }));
  const tried = places.map((it) => open(over, octets.subarray(4), contextOf(it)));
  const key = (await Promise.all(tried)).find((it) => it !== undefined);`,
    finds: ['an empty category under another one’s keys'],
  },
  {
    name: 'keys-in-the-clear',
    file: 'objects.ts',
    text: 'concat(fourOctets(number), await seal(root, key, CONTEXTS.categoryKey(of, number), draw))',
    instead: 'concat(fourOctets(number), key, new Uint8Array(28))',
    finds: ['a way exchanged, and then the next root'],
  },
  {
    name: 'lists-in-the-clear',
    file: 'objects.ts',
    text: 'const sealed = await seal(key.cipher, toUtf8(JSON.stringify(packed)), context, draw);',
    instead: 'const sealed = toUtf8(JSON.stringify(packed) + context.slice(0, 0));',
    finds: ['items in another order'],
  },
  {
    name: 'ways-unchecked',
    file: 'load.ts',
    text: 'refuseModes(statement, shown) ?? refuseWays(statement, shown)',
    instead: 'refuseModes(statement, shown)',
    finds: ['a passkey added', 'a way that was taken away, back again'],
  },
  {
    name: 'cost-unchecked',
    file: 'passphrase.ts',
    text: 'if (salt.length === SALT && !isLess && !isMore) return undefined;',
    instead: 'if (salt.length === SALT && !isMore) return undefined;',
    finds: ['one pass less'],
  },
  {
    name: 'files-given-back',
    file: 'serve-category.ts',
    text: 'return files > 0 ? sealedFilesPresent(files) : undefined;',
    instead: 'return files > MOST_OBJECTS ? sealedFilesPresent(files) : undefined;',
    finds: ['no files, so that they are served'],
  },
  {
    name: 'files-planted',
    file: 'seal-category.ts',
    text: "if (category === 'file') return nodeOdd('list-items');",
    instead: '',
    finds: ['a file of its own, as they are sealed'],
  },
  {
    name: 'passphrase-sent-when-asked',
    file: 'passphrase.ts',
    text: '(await staysHere(s, passphrase)) ? passphraseAsked() : sentWhole(s, passphrase);',
    instead: 'sentWhole(s, passphrase);',
    finds: ['asks for it as somebody else’s'],
  },
  {
    name: 'none-unremembered',
    file: 'accept.ts',
    text: 'await rememberNone(s, whose);',
    instead: '',
    finds: ['nothing, and then the code on paper', 'nothing, and then last year'],
  },
  {
    name: 'none-unremembered-by-home',
    file: 'none.ts',
    text: 'home === undefined ? [byHandle]',
    instead: 'home !== byHandle ? [byHandle]',
    finds: ['nothing, and then last year as another one’s'],
  },
  {
    name: 'shown-after-none',
    file: 'load.ts',
    text: 'vault && (await isNoneAgreed(s, whose)) ?',
    instead: 'vault && (await isNoneAgreed(s, whose)) === undefined ?',
    finds: ['nothing, and then last year'],
  },
  {
    name: 'codes-unremembered',
    file: 'codes.ts',
    text: 'if (known.includes(await tellOf(code.wayKey))) return codeAsked(field);',
    instead: '',
    finds: ['nothing, and then the code as somebody else’s'],
  },
  {
    name: 'agreed-unchecked',
    file: 'accept.ts',
    text: '(await nameOf(shown.value)) === agreed ? answer : shownOther()',
    instead: '(await nameOf(shown.value)) !== NOTHING || agreed ? answer : shownOther()',
    finds: ['less than was agreed to', 'another end than was agreed to'],
  },
  {
    name: 'cost-unremembered',
    file: 'known.ts',
    text: '{ salt, cost: costIn(numbers) }',
    instead: '{ salt, cost: numbers ? USUAL_COST : costIn([]) }',
    finds: ['dearer while it is adopted'],
  },
  {
    name: 'tries-among-those-in-force',
    file: 'known.ts',
    text: 'if (chosen) await rememberSalt(s, chosen.salt);',
    instead:
      'if (chosen) return rememberPassphrase(s, { ...chosen, ...(await splitPassphrase(s, passphrase, chosen)) });',
    finds: ['tries until the one in force is forgotten'],
  },
  {
    name: 'chosen-unchecked',
    file: 'known.ts',
    text: 'return here.length === 0 || here.includes(numbersOf(shown.cost));',
    instead: 'return costs.length >= 0;',
    finds: ['dearer than it was chosen'],
  },
  {
    name: 'pages-without-end',
    file: 'load.ts',
    text: 'if (all.has(row.name) || !row.name.startsWith(prefix)) return nodeOdd',
    instead: 'if (!row.name.startsWith(prefix)) return nodeOdd',
    finds: ['a row twice'],
  },
];

const DEVICE = join(import.meta.dirname, '..', '..', '..', 'device');
const mark = '?weakness=';

/** The client with one check less. The files stay as they are: only what this process loads under another name differs. */
async function weakened({ name, file, text, instead }: Weakness): Promise<Client> {
  const folder = pathToFileURL(`${DEVICE}/`).href;
  const own = `${mark}${name}`;
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const isOwn = context.parentURL?.endsWith(own) && found.url.startsWith(folder);
      return isOwn ? { ...found, url: `${found.url}${own}` } : found;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      if (url !== `${folder}${file}${own}`) return loaded;
      const source = Buffer.from(loaded.source as Uint8Array).toString('utf8'); // a file's octets
      assert(source.split(text).length === 2, `the text of ${name} is in ${file} once`);
      return { ...loaded, source: source.replace(text, () => instead) };
    },
  });
  try {
    return (await import(`${folder}index.ts${own}`)) as Client; // the same modules, but for one line
  } finally {
    hooks.deregister();
  }
}

interface Found {
  readonly weakness: string;
  readonly file: string;
  /** Attacks that should find it and did not. */
  readonly missed: readonly string[];
  readonly by: readonly string[];
}

/** Takes out one check after the other, and tries the attacks that have to find that. */
export async function findPlanted(world: World): Promise<Found[]> {
  const genuine = world.client;
  const all: Found[] = [];
  try {
    for (const weakness of WEAKNESSES) {
      world.client = await weakened(weakness);
      const attacks = OWN_ATTACKS.filter((it) => weakness.finds.includes(it.name));
      const attempted = await attemptOwn(world, attacks);
      const by = attempted.filter((it) => it.achieved !== undefined).map((it) => it.attack.name);
      const missed = weakness.finds.filter((it) => !by.includes(it));
      all.push({ weakness: weakness.name, file: `device/${weakness.file}`, missed, by });
    }
    return all;
  } finally {
    world.client = genuine;
  }
}
