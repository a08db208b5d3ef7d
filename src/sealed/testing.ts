import { PASSPHRASE, type TestNode } from '../../test/harness/node.ts';
import { sha256, toBase64url } from '../kernel/bytes.ts';
import { tables } from '../storage/index.ts';
import type { SealedTables } from './model.ts';

/** Octets as a device would have sealed them: the node looks into none. */
export function octetsOf(what: string, length = 64): string {
  const once = sha256(what);
  return toBase64url(new Uint8Array(length).map((_, at) => (once[at % 32] ?? 0) ^ (at >> 5)));
}

const SALTS = {
  first: toBase64url(sha256('first').subarray(0, 16)),
  next: toBase64url(sha256('next').subarray(0, 16)),
};

/** What a device makes of a passphrase, and of a recovery code. */
export function split(which: keyof typeof SALTS, opener: string = which): string {
  return `parley-key-1.${SALTS[which]}.65536.3.1.${toBase64url(sha256(`opener ${opener}`))}`;
}
export const saltOf = (which: keyof typeof SALTS): string => SALTS[which];
export const splitCode = (which: string): string => `parley-code-1.${toBase64url(sha256(`code ${which}`))}`;

export const BEGIN = {
  passphrase: PASSPHRASE,
  newPassphrase: split('first'),
  recovery: splitCode('first'),
  statement: octetsOf('statement 1'),
  put: [
    { name: `way/passphrase/${SALTS.first}`, octets: octetsOf('way passphrase', 168) },
    { name: 'way/recovery', octets: octetsOf('way recovery', 168) },
  ],
} as const;

export type Category = 'contact' | 'address' | 'size' | 'preference' | 'note' | 'other' | 'file';

interface Shown {
  readonly vault?: { readonly counter: number; readonly statement: string; readonly madeAt: number };
  readonly ways: readonly { readonly name: string; readonly octets: string }[];
  readonly categories: readonly {
    readonly category: Category;
    readonly mode: string;
    readonly served: number;
    readonly sealed: number;
  }[];
  readonly passphrase: object;
}

interface Version {
  readonly version: number;
  readonly how: string;
  readonly at: number;
  readonly content: { readonly property: string; readonly value: string };
}

export interface Whole {
  readonly id: string;
  readonly createdAt: number;
  readonly trashedAt?: number;
  readonly versions: readonly Version[];
}

/** What the acts of a device are for a test: it counts along, and remembers what it has put. */
export interface Device {
  shown(): Promise<Shown>;
  mode(category: Category): Promise<string>;
  /** A step with the counter that is in force. */
  step<T = { counter: number }>(operation: string, more?: object): Promise<T>;
  /** Seals these served items, as a device does: puts them, and has the rows erased. */
  moveOver(ids: readonly string[], category: Category): Promise<readonly Whole[]>;
}

export function deviceOf(node: TestNode, by: { as: string }): Device {
  const shown = () => node.done<Shown>('show-vault', {}, by);
  const step = async <T>(operation: string, more: object = {}): Promise<T> => {
    const expects = (await shown()).vault?.counter ?? 1;
    const statement = octetsOf(`statement ${expects + 1}`);
    return node.done<T>(operation, { expects, statement, ...more }, by);
  };
  return {
    shown,
    step,
    async mode(category) {
      return (await shown()).categories.find((it) => it.category === category)?.mode ?? '';
    },
    async moveOver(ids, category) {
      const { items } = await node.done<{ items: Whole[] }>('read-whole-items', { ids }, by);
      const put = items.map(({ id }) => ({ name: `item/${id}`, octets: octetsOf(id, 200) }));
      put.push({ name: `block/${category}/1`, octets: octetsOf(`block ${category}`, 400) });
      await step('write-sealed', { put, replaces: items.map((it) => it.id) });
      return items;
    },
  };
}

export async function at(device: Device): Promise<{ expects: number; statement: string }> {
  const expects = (await device.shown()).vault?.counter ?? 0;
  return { expects, statement: octetsOf(`statement ${expects + 1}`) };
}

/** All that the database keeps of a vault. */
export async function rowsOf(node: TestNode, home: string) {
  return node.deps.storage.read(async (view) => {
    const db = tables<SealedTables>(view);
    return {
      vault: await db.selectFrom('sealed_vaults').selectAll().where('home_id', '=', home).executeTakeFirst(),
      objects: await db
        .selectFrom('sealed_objects')
        .selectAll()
        .where('home_id', '=', home)
        .orderBy('name')
        .execute(),
      categories: await db
        .selectFrom('sealed_categories')
        .selectAll()
        .where('home_id', '=', home)
        .orderBy('category')
        .execute(),
    };
  });
}
