import type { Remembered, Surroundings } from '../../device/index.ts';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { fail, ok, type Result } from '../../src/kernel/result.ts';
import { passphraseKey } from '../../src/kernel/sealing.ts';
import type { SeededRandom } from '../../src/kernel/seeded-random.ts';

/** What a node has of a vault: names and octets, base64url, and a counter. A fixture is written from one. */
export interface SealedStore {
  counter: number;
  /** Undefined where the node says that there is no vault. */
  statement: string | undefined;
  objects: Record<string, string>;
  /** The mode of each category that is not served. */
  modes: Record<string, string>;
  passphrase: { how: string; salt: string; cost: { memoryKiB: number; passes: number; lanes: number } };
}

export const NOTHING: SealedStore = {
  counter: 0,
  statement: undefined,
  objects: {},
  modes: {},
  passphrase: { how: 'here', salt: '', cost: { memoryKiB: 65_536, passes: 3, lanes: 1 } },
};

const worked = new Map<string, Promise<Uint8Array>>();

/** A device beside a store that lies still in this process, so that the same seed makes the same octets. */
export function deviceBeside(
  store: SealedStore,
  kept: Map<string, Remembered>,
  random: SeededRandom,
  at: number,
): Surroundings {
  return {
    call: async (operation, input) => answer(store, operation, JSON.parse(JSON.stringify(input))),
    // No file is among the vectors of the store.
    send: () => Promise.reject(new Error('nothing is sent')),
    take: () => Promise.reject(new Error('nothing is taken')),
    memory: {
      names: async () => [],
      recall: async (name) => kept.get(name),
      remember: async (name, it) => void kept.set(name, it),
      forget: async (name) => void kept.delete(name),
    },
    random: (count) => random.bytes(count),
    async argon2(passphrase, salt, cost) {
      const name = `${passphrase} ${toBase64url(salt)}`;
      const known = worked.get(name) ?? passphraseKey(passphrase, salt, cost);
      worked.set(name, known);
      return (await known).slice();
    },
    now: () => at,
  };
}

interface Input {
  readonly statement?: string;
  readonly put?: readonly { name: string; octets: string }[];
  readonly remove?: readonly string[];
  readonly names?: readonly string[];
  readonly prefix?: string;
  readonly category?: string;
  readonly newPassphrase?: string;
}

function answer(store: SealedStore, operation: string, input: Input): Result<unknown> {
  const named = (names: readonly string[]) =>
    names.flatMap((name) => (name in store.objects ? [{ name, octets: store.objects[name] }] : []));
  const begins = (prefix: string) => Object.keys(store.objects).filter((name) => name.startsWith(prefix));
  switch (operation) {
    case 'show-vault':
      return ok({
        ...(store.statement && { vault: { counter: store.counter, statement: store.statement, madeAt: 0 } }),
        ways: named(begins('way/')),
        categories: Object.entries(store.modes).map(([category, mode]) => ({ category, mode, served: 0 })),
        passphrase: store.passphrase,
      });
    case 'read-sealed':
      return ok({ rows: named(input.names ?? begins(input.prefix ?? '')) });
    case 'list-items':
      return ok({ ids: [] });
    case 'begin-vault':
      store.passphrase = { ...store.passphrase, salt: input.newPassphrase?.split('.')[1] ?? '' };
      return step(store, input);
    case 'seal-category':
      store.modes[input.category ?? ''] = 'sealed';
      return step(store, input);
    case 'write-sealed':
      return step(store, input);
    default:
      return fail('operation-unknown', `This store knows no ${operation}.`, '');
  }
}

function step(store: SealedStore, { statement, put = [], remove = [] }: Input): Result<unknown> {
  for (const name of remove) delete store.objects[name];
  for (const { name, octets } of put) store.objects[name] = octets;
  store.counter += 1;
  store.statement = statement;
  return ok({ counter: store.counter });
}
