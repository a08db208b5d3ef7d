import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import type { Category, Content, HowChanged } from '../src/vault/model.ts';
import { nodeOdd } from './failures.ts';
import { CATEGORIES } from './names.ts';
import { fromBase64url, type Octets, toBase64url } from './octets.ts';
import type { Cost, Surroundings } from './surroundings.ts';

/** What a device asks of the node, and no more belief in its answers than that they have their form. */

export type Ask = Pick<Surroundings, 'call'>;

/** Where argon2id is worked out. */
export type How =
  | { readonly how: 'at-the-node' }
  | { readonly how: 'here'; readonly salt: Octets; readonly cost: Cost };

/** An object of the store. */
export interface Named {
  readonly name: string;
  readonly octets: Octets;
}

export interface CategoryShown {
  readonly category: Category;
  readonly mode: 'served' | 'sealing' | 'sealed' | 'serving';
  /** How many items the node can read. */
  readonly served: number;
}

export interface Shown {
  readonly vault: { readonly counter: number; readonly statement: Octets } | undefined;
  readonly ways: readonly Named[];
  readonly categories: readonly CategoryShown[];
  readonly passphrase: How;
}

/** A served item with all its versions, the oldest first. */
export interface WholeItem {
  readonly id: string;
  readonly createdAt: number;
  readonly trashedAt?: number | undefined;
  readonly versions: readonly {
    readonly version: number;
    readonly how: HowChanged;
    readonly at: number;
    readonly content: Content;
  }[];
}

class Odd extends Error {}

/** Reads an answer; a form that it should not have is `node-odd`. */
export async function ask<T>(
  s: Ask,
  operation: string,
  input: object,
  read: (it: Members) => T,
): Promise<Result<T>> {
  const answer = await s.call(operation, input);
  if (isFailure(answer)) return answer;
  try {
    return ok(read(members(answer.value)));
  } catch (error) {
    if (error instanceof Odd) return nodeOdd(operation);
    throw error;
  }
}

export function askHow(s: Ask, handle: string): Promise<Result<How>> {
  return ask(s, 'prepare-sign-in', { handle }, readHow);
}

export function showVault(s: Ask): Promise<Result<Shown>> {
  return ask(s, 'show-vault', {}, (it) => {
    const vault = it.vault === undefined ? undefined : members(it.vault);
    return {
      vault: vault && { counter: number(vault.counter), statement: octets(vault.statement) },
      ways: list(it.ways).map(readNamed),
      categories: list(it.categories).map(readCategory),
      passphrase: readHow(members(it.passphrase)),
    };
  });
}

interface Page {
  readonly rows: readonly Named[];
  readonly next?: string | undefined;
}

export function readSealed(
  s: Ask,
  which: { readonly names: readonly string[] } | { readonly prefix: string; readonly afterName?: string },
): Promise<Result<Page>> {
  return ask(s, 'read-sealed', which, (it) => {
    const next = it.next === undefined ? {} : { next: text(it.next) };
    return { rows: list(it.rows).map(readNamed), ...next };
  });
}

/** One write, as four operations take it. */
export interface Write {
  readonly expects: number;
  readonly statement: Octets;
  readonly put: readonly Named[];
  readonly remove: readonly string[];
}

/** Writes by one of the operations that raise the counter; answers what it is then. */
export function write(
  s: Ask,
  operation: string,
  { expects, statement, put, remove }: Write,
  more: object,
): Promise<Result<number>> {
  const input = {
    expects,
    statement: toBase64url(statement),
    put: put.map((it) => ({ name: it.name, octets: toBase64url(it.octets) })),
    remove,
    ...more,
  };
  return ask(s, operation, input, (it) => number(it.counter));
}

/** Ids of items of a category that the node can read, some at a time. */
export function servedIds(s: Ask, category: Category, trashed: boolean): Promise<Result<readonly string[]>> {
  return ask(s, 'list-items', { category, trashed, idsOnly: true }, (it) => list(it.ids).map(itemId));
}

/** The first of these items, as many as one answer holds. */
export function readWholeItems(s: Ask, ids: readonly string[]): Promise<Result<readonly WholeItem[]>> {
  return ask(s, 'read-whole-items', { ids }, (it) => list(it.items).map(readWhole));
}

function readWhole(value: unknown): WholeItem {
  const { id, createdAt, trashedAt, versions } = members(value);
  const read = list(versions).map((one) => {
    const { version, how, at, content } = members(one);
    return {
      version: number(version),
      how: text(how) as HowChanged, // what it says is kept and shown, and decides nothing
      at: number(at),
      content: readContent(members(content)),
    };
  });
  if (read.length === 0 || !read.every(({ version }, at) => isAfter(version, read[at - 1]?.version)))
    throw new Odd();
  const put = trashedAt === undefined || trashedAt === null ? {} : { trashedAt: number(trashedAt) };
  return { id: itemId(id), createdAt: number(createdAt), ...put, versions: read };
}

/** Versions ascend from 1 or more, to what the name of one can hold. */
function isAfter(version: number, before = 0): boolean {
  return version > before && version < 1_000_000_000;
}

export function itemId(value: unknown): string {
  const id = text(value);
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) throw new Odd();
  return id;
}

function readContent({ property, label, value, parts, note, tags }: Members): Content {
  return {
    property: text(property),
    label: text(label),
    value: text(value),
    ...(parts !== undefined && { parts: partsOf(members(parts)) }),
    ...(note !== undefined && { note: text(note) }),
    tags: list(tags).map(text),
  };
}

function partsOf(parts: Members): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, text(part)]));
}

function readHow({ how, salt, cost }: Members): How {
  if (how === 'at-the-node') return { how };
  if (how !== 'here') throw new Odd();
  const { memoryKiB, passes, lanes } = members(cost);
  return {
    how,
    salt: octets(salt),
    cost: { memoryKiB: number(memoryKiB), passes: number(passes), lanes: number(lanes) },
  };
}

const MODES = ['served', 'sealing', 'sealed', 'serving'] as const;

function readCategory(value: unknown): CategoryShown {
  const { category, mode, served } = members(value);
  const known = CATEGORIES.find((it) => it === category);
  const how = MODES.find((it) => it === mode);
  if (known === undefined || how === undefined) throw new Odd();
  return { category: known, mode: how, served: number(served) };
}

function readNamed(value: unknown): Named {
  const it = members(value);
  return { name: text(it.name), octets: octets(it.octets) };
}

type Members = Readonly<Record<string, unknown>>;

export function members(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Odd();
  return value as Members; // an object has members
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Odd();
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Odd();
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Odd();
  return value;
}

function octets(value: unknown): Octets {
  const read = fromBase64url(text(value));
  if (!read) throw new Odd();
  return read;
}
