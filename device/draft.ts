import { entryOf } from '../src/vault/catalogue.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { Category } from '../src/vault/model.ts';
import { headOf, sameness } from '../src/vault/values.ts';
import { cipherOf, digestOf } from './crypto.ts';
import { blockName, itemName, keyName, versionName } from './names.ts';
import type { Named, Write } from './node.ts';
import { type CategoryKey, type SealedHead, type SealedItem, sealHeads, sealItem } from './objects.ts';
import { type Octets, toUtf8 } from './octets.ts';
import { type Block, type KnownHead, listedAgain, type State } from './state.ts';
import { digestOfBlocks, type ModeOf, pastAfter, sealStatement } from './statement.ts';
import type { Surroundings } from './surroundings.ts';
import { markOf, type Root, type Way } from './ways.ts';

/** A block that is being changed. */
interface OpenBlock {
  readonly category: Category;
  readonly block: number;
  readonly heads: Map<string, SealedHead>;
  octets: number;
}

/** What one write will change: built up over a state, then sealed at once. */
export interface Draft {
  readonly over: State;
  readonly put: Map<string, Octets>;
  readonly remove: Set<string>;
  readonly blocks: Map<string, OpenBlock>;
  readonly modes: Map<Category, ModeOf>;
  readonly epochs: Map<Category, number>;
  readonly keys: Map<string, CategoryKey>;
  readonly ways: Map<string, Way>;
  root: Root;
}

export function draftOver(over: State): Draft {
  const modes = Object.entries(over.statement.modes) as [Category, ModeOf][]; // it was read as such
  const epochs = Object.entries(over.statement.epochs) as [Category, number][]; // as well
  return {
    over,
    put: new Map(),
    remove: new Set(),
    blocks: new Map(),
    modes: new Map(modes),
    epochs: new Map(epochs),
    keys: new Map(over.keys),
    ways: new Map(over.ways),
    root: over.root,
  };
}

/** What one write may hold: objects, and octets before they are written as text. */
export const MOST_OBJECTS = 400;
export const MOST_OCTETS = 500_000;

/** About how much a draft will send. */
export function sizeOf({ put, remove, blocks }: Draft): { objects: number; octets: number } {
  let octets = 0;
  for (const one of put.values()) octets += one.length;
  for (const block of blocks.values()) octets += block.octets;
  return { objects: put.size + remove.size + blocks.size, octets };
}

/** The key under which is written in a category; it has one, since it has a mode. */
export function keyInForce(draft: Draft, category: Category): CategoryKey {
  const key = draft.keys.get(keyName(category, draft.modes.get(category)?.epoch ?? 0));
  if (!key) throw new Error('broken assumption: a category that is sealed has a key');
  return key;
}

/** Writes an item into a draft: its octets, and its head in the place of the one that it had. */
export async function writeItem(
  s: Surroundings,
  draft: Draft,
  item: SealedItem,
  before: KnownHead | undefined,
): Promise<void> {
  const { property, value } = item.content;
  const { category } = before?.at ?? entryOf(property);
  const octets = await sealItem(keyInForce(draft, category), item, s.random);
  const fingerprint = await digestOf(toUtf8(sameness(property, value)));
  const head = headOf(item.id, item.content, item.trashedAt, fingerprint);
  draft.put.set(itemName(item.id), octets);
  placeHead(draft, category, { ...head, version: item.version, digest: await digestOf(octets) }, before);
}

/** Takes an item out: its octets, those of its versions, its head. */
export function eraseItem(draft: Draft, head: KnownHead): void {
  for (const name of namesOf(head)) draft.remove.add(name);
  takeHead(draft, head);
}

/** All objects that an item may have. */
function namesOf({ id, version }: Pick<KnownHead, 'id' | 'version'>): string[] {
  const oldest = Math.max(1, version - VAULT_LIMITS.versions + 1);
  const versions = Array.from({ length: version - oldest }, (_, at) => versionName(id, oldest + at));
  return [itemName(id), ...versions];
}

function placeHead(draft: Draft, category: Category, head: SealedHead, before: KnownHead | undefined): void {
  const stood = before && openBlock(draft, category, before.at.block);
  if (stood) takeOut(stood, head.id);
  const block = stood && hasRoom(stood, head) ? stood : roomFor(draft, category, head);
  block.heads.set(head.id, head);
  block.octets += octetsOf(head);
}

function takeHead(draft: Draft, head: KnownHead): void {
  takeOut(openBlock(draft, head.at.category, head.at.block), head.id);
}

function takeOut(block: OpenBlock, id: string): void {
  const head = block.heads.get(id);
  if (head) block.octets -= octetsOf(head);
  block.heads.delete(id);
}

function openBlock(draft: Draft, category: Category, block: number): OpenBlock {
  const name = blockName(category, block);
  const known = draft.blocks.get(name);
  if (known) return known;
  const heads = draft.over.blocks.get(name)?.heads ?? [];
  const octets = heads.reduce((sum, head) => sum + octetsOf(head), 0);
  const opened = { category, block, heads: new Map(heads.map((head) => [head.id, head])), octets };
  draft.blocks.set(name, opened);
  return opened;
}

/** The newest block of a category, or another one when that is full. */
function roomFor(draft: Draft, category: Category, head: SealedHead): OpenBlock {
  const numbers = [...draft.over.blocks.values(), ...draft.blocks.values()]
    .filter((it) => it.category === category)
    .map((it) => it.block);
  const newest = Math.max(0, ...numbers);
  const block = newest === 0 ? undefined : openBlock(draft, category, newest);
  return block && hasRoom(block, head) ? block : openBlock(draft, category, newest + 1);
}

function hasRoom({ heads, octets }: OpenBlock, head: SealedHead): boolean {
  if (heads.size === 0) return true;
  return heads.size < VAULT_LIMITS.blockHeads && octets + octetsOf(head) <= VAULT_LIMITS.blockOctets;
}

/** What a head takes in a block, about. */
function octetsOf({ search, place, tags, property }: SealedHead): number {
  const text =
    search.length + place.length + property.length + tags.reduce((sum, tag) => sum + tag.length + 3, 0);
  return 160 + 2 * text;
}

/** A draft, sealed: what to send, and what is true when it has been taken. */
interface Finished {
  readonly write: Write;
  readonly next: State;
}

export async function finish(s: Surroundings, draft: Draft): Promise<Finished> {
  const { over, root } = draft;
  const blocks = new Map(over.blocks);
  const put: Named[] = [...draft.put].map(([name, octets]) => ({ name, octets }));
  const remove = new Set(draft.remove);
  const gone: Block[] = [];
  const come: Block[] = [];
  for (const [name, { category, block, heads }] of draft.blocks) {
    const old = over.blocks.get(name);
    if (old) gone.push(old);
    blocks.delete(name);
    if (heads.size === 0 || !draft.modes.has(category)) {
      if (old) remove.add(name);
      continue;
    }
    const octets = await sealHeads(keyInForce(draft, category), block, [...heads.values()], s.random);
    const at = { category, block };
    const known = [...heads.values()].map((head) => ({ ...head, at }));
    const fresh = { ...at, digest: await digestOf(octets), heads: known };
    put.push({ name, octets });
    blocks.set(name, fresh);
    come.push(fresh);
  }
  const modes = await digested(draft, blocks);
  const ways = Object.fromEntries([...draft.ways.values()].map((way) => [way.name, way.open]));
  const { home } = over.whose;
  const counter = over.statement.counter + 1;
  const past = pastAfter(over.statement, over.digest);
  const isSame = root === over.root;
  const last = isSame ? {} : { [over.root.number]: await markOf(home, over.root) };
  const marks = { ...over.statement.marks, ...last };
  const epochs = Object.fromEntries(draft.epochs);
  const statement = { home, counter, root: root.number, at: s.now(), past, marks, modes, epochs, ways };
  const cipher = isSame ? over.cipher : await cipherOf(root.key);
  const sealed = await sealStatement(cipher, statement, s.random);
  return {
    write: { expects: over.statement.counter, statement: sealed, put, remove: [...remove] },
    next: {
      ...over,
      ...{
        root,
        cipher,
        statement,
        digest: await digestOf(sealed),
        ways: draft.ways,
        keys: draft.keys,
        blocks,
      },
      ...(draft.blocks.size === 0 ? {} : listedAgain(over, gone, come)),
    },
  };
}

/** The modes with the digests of the blocks as they are then. */
async function digested(
  draft: Draft,
  blocks: ReadonlyMap<string, Block>,
): Promise<Partial<Record<Category, ModeOf>>> {
  const modes: Partial<Record<Category, ModeOf>> = {};
  for (const [category, mode] of draft.modes) {
    const own = [...blocks.values()].filter((block) => block.category === category);
    modes[category] = { ...mode, digest: await digestOfBlocks(own) };
  }
  return modes;
}
