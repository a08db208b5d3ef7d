import { LIMITS } from '../src/kernel/limits.ts';
import { type Failure, isFailure, ok, type Result } from '../src/kernel/result.ts';
import type { Category } from '../src/vault/model.ts';
import { cipherOf, digestOf } from './crypto.ts';
import {
  categoryDowngraded,
  nodeOdd,
  shownAfterNone,
  vaultBroken,
  vaultForked,
  vaultGone,
  vaultRolledBack,
} from './failures.ts';
import { allOfKind } from './kinds.ts';
import { blockName, CATEGORIES, keyName, placeIn } from './names.ts';
import { type Named, readSealed, type Shown, showVault } from './node.ts';
import { isNoneAgreed } from './none.ts';
import { type CategoryKey, openCategoryKey, openEarlierKey, openHeads } from './objects.ts';
import { numberAt } from './octets.ts';
import { type Block, listed, type State } from './state.ts';
import { digestOfBlocks, openStatement, type Statement } from './statement.ts';
import type { Remembered, Surroundings, Whose } from './surroundings.ts';
import type { Root, Way } from './ways.ts';

/** What the node shows, held against what this device remembers, before anything of it is used. */
export async function showChecked(s: Surroundings, whose: Whose): Promise<Result<Shown>> {
  const known = await s.memory.recall(whose.home);
  const shown = await showVault(s);
  if (isFailure(shown)) return shown;
  const refused = known
    ? await contradicts(shown.value, known)
    : await refuseAfterNone(s, whose, shown.value);
  return refused ?? shown;
}

async function refuseAfterNone(
  s: Surroundings,
  whose: Whose,
  { vault }: Shown,
): Promise<Failure | undefined> {
  return vault && (await isNoneAgreed(s, whose)) ? shownAfterNone() : undefined;
}

async function contradicts(shown: Shown, known: Remembered): Promise<Failure | undefined> {
  if (!shown.vault) return vaultGone();
  if (shown.vault.counter < known.counter) return vaultRolledBack();
  if (numberAt4(shown.vault.statement) < known.root) return vaultRolledBack();
  const isSame = shown.vault.counter === known.counter;
  return isSame && (await digestOf(shown.vault.statement)) !== known.digest ? vaultForked() : undefined;
}

function numberAt4(octets: Uint8Array): number {
  return octets.length < 4 ? 0 : numberAt(octets, 0);
}

/** What was opened before. Under the same statement it is the same; under another one blocks that did not change are not opened again. */
type Before = State | undefined;

/**
 * The whole vault as the node shows it, opened and held against its statement. Fails with `vault-broken` and
 * `category-downgraded`; undefined when it was changed while it was read.
 */
export async function load(
  s: Surroundings,
  whose: Whose,
  shown: Shown,
  root: Root,
  before: Before,
): Promise<Result<State> | undefined> {
  if (!shown.vault) return vaultBroken('there is nothing');
  const digest = await digestOf(shown.vault.statement);
  const isSame = before?.root === root && before.statement.counter === shown.vault.counter;
  if (isSame && before.digest === digest) return shownAnew(before, shown);
  const cipher = await cipherOf(root.key);
  const of = { home: whose.home, counter: shown.vault.counter, root: root.number };
  const statement = await openStatement(cipher, of, shown.vault.statement);
  if (!statement) return vaultBroken('what holds it together does not open');
  const refused = refuseBeside(statement, shown);
  if (refused) return refused;
  const read = await readObjects(s);
  if (isFailure(read)) return read;
  const keys = await openKeys(whose, root, statement, read.value.keys);
  const blocks = isFailure(keys) ? keys : await openBlocks(read.value.blocks, statement, keys, before);
  // Another device may have written between two pages: that is no harm, and is read again.
  if (isFailure(blocks)) return (await isStill(s, shown)) ? blocks : undefined;
  if (isFailure(keys)) return keys;
  return ok({
    whose,
    root,
    cipher,
    statement,
    digest,
    keys,
    blocks,
    ...listed(blocks.values()),
    ...besides(statement, shown),
  });
}

/** The statement vouches for all that was opened under it, so that only what the node says beside it may be another. */
function shownAnew(before: State, shown: Shown): Result<State> {
  const { statement } = before;
  return refuseBeside(statement, shown) ?? ok({ ...before, ...besides(statement, shown) });
}

/** What the node says beside the statement. */
function besides(statement: Statement, shown: Shown): Pick<State, 'ways' | 'shown' | 'passphrase'> {
  return { ways: waysOf(statement, shown), shown: shown.categories, passphrase: shown.passphrase };
}

async function isStill(s: Surroundings, { vault }: Shown): Promise<boolean> {
  const now = await showVault(s);
  return isFailure(now) || now.value.vault?.counter === vault?.counter;
}

function refuseBeside(statement: Statement, shown: Shown): Failure | undefined {
  return refuseModes(statement, shown) ?? refuseWays(statement, shown);
}

/** The node may end a sealing by itself, since it sees the last item go; it decides nothing else. */
function refuseModes(statement: Statement, shown: Shown): Failure | undefined {
  for (const category of CATEGORIES) {
    const said = statement.modes[category]?.mode ?? 'served';
    const now = shown.categories.find((it) => it.category === category)?.mode ?? 'served';
    if (said === now || (said === 'sealing' && now === 'sealed')) continue;
    return said === 'sealed' || said === 'sealing'
      ? categoryDowngraded(category)
      : vaultBroken(`the node reads ${allOfKind(category)} otherwise than they have chosen`);
  }
  return undefined;
}

function refuseWays({ ways }: Statement, shown: Shown): Failure | undefined {
  const names = new Set(shown.ways.map((it) => it.name));
  const isSame = names.size === shown.ways.length && names.size === Object.keys(ways).length;
  if (isSame && Object.keys(ways).every((name) => names.has(name))) return undefined;
  return vaultBroken('the ways to open it are others');
}

function waysOf({ ways }: Statement, shown: Shown): ReadonlyMap<string, Way> {
  return new Map(
    shown.ways.map(({ name, octets }) => [name, { name, open: ways[name] ?? '', octets }] as const),
  );
}

interface Objects {
  readonly keys: readonly Named[];
  readonly blocks: readonly Named[];
}

async function readObjects(s: Surroundings): Promise<Result<Objects>> {
  const keys = await readAll(s, 'key/');
  if (isFailure(keys)) return keys;
  const blocks = await readAll(s, 'block/');
  return isFailure(blocks) ? blocks : ok({ keys: keys.value, blocks: blocks.value });
}

/** More than the fullest vault has, so that a node that goes on for ever is told. */
const MOST_PAGES = 2_000;
const MOST_READ = LIMITS.items + 10_000;

/** All objects whose names begin so. A node that shows one twice goes round. */
async function readAll(s: Surroundings, prefix: string): Promise<Result<readonly Named[]>> {
  const all = new Map<string, Named>();
  let afterName: string | undefined;
  for (let pages = 1; pages <= MOST_PAGES && all.size <= MOST_READ; pages++) {
    const page = await readSealed(s, { prefix, ...(afterName !== undefined && { afterName }) });
    if (isFailure(page)) return page;
    for (const row of page.value.rows) {
      if (all.has(row.name) || !row.name.startsWith(prefix)) return nodeOdd('read-sealed');
      all.set(row.name, row);
    }
    // A page without rows that promises more would go on for ever.
    afterName = page.value.rows.length > 0 ? page.value.next : undefined;
    if (afterName === undefined) return ok([...all.values()]);
  }
  return nodeOdd('read-sealed');
}

async function openKeys(
  { home }: Whose,
  root: Root,
  statement: Statement,
  objects: readonly Named[],
): Promise<ReadonlyMap<string, CategoryKey> | Failure> {
  const cipher = await cipherOf(root.key);
  const octetsOf = new Map(objects.map(({ name, octets }) => [name, octets]));
  const extra = objects.map(({ name }) => placeIn(name)).find((at) => isExtra(statement, at));
  if (extra) return vaultBroken(`a key of ${extra.category} belongs to nothing`);
  const keys = new Map<string, CategoryKey>();
  for (const category of CATEGORIES) {
    const known = statement.modes[category];
    if (!known) continue;
    let after: CategoryKey | undefined;
    for (let epoch = known.epoch; epoch >= known.since; epoch--) {
      const [name, of] = [keyName(category, epoch), { home, category, epoch }];
      const octets = octetsOf.get(name);
      if (!octets) return vaultBroken(`a key to ${allOfKind(category)} is missing`);
      after = after
        ? await openEarlierKey(after, of, octets)
        : await openCategoryKey(cipher, root.number, of, octets);
      if (!after) return vaultBroken(`a key to ${allOfKind(category)} does not open`);
      keys.set(name, after);
    }
  }
  return keys;
}

/** Keys of a category that is served again may lie there still. */
function isExtra({ modes }: Statement, at: ReturnType<typeof placeIn>): boolean {
  const known = at && modes[at.category];
  return at !== undefined && known !== undefined && (at.number < known.since || at.number > known.epoch);
}

async function openBlocks(
  objects: readonly Named[],
  statement: Statement,
  keys: ReadonlyMap<string, CategoryKey>,
  before: Before,
): Promise<ReadonlyMap<string, Block> | Failure> {
  const found = await Promise.all(
    objects.map(async ({ name, octets }) => ({ name, octets, digest: await digestOf(octets) })),
  );
  const placed = found.map((it) => ({ ...it, at: placeIn(it.name) }));
  const extra = placed.find(({ at, name }) => !at || !statement.modes[at.category] || name !== nameAt(at));
  if (extra) return vaultBroken('there is a part of a list that belongs to nothing');
  for (const category of CATEGORIES) {
    if (!statement.modes[category]) continue;
    const { digest } = statement.modes[category];
    const own = placed.filter(({ at }) => at?.category === category);
    const blocks = own.map(({ at, digest }) => ({ block: at?.number ?? 0, digest }));
    if ((await digestOfBlocks(blocks)) !== digest)
      return vaultBroken(`the list of ${allOfKind(category)} is another one`);
  }
  const opened = await Promise.all(
    placed.map(async ({ name, octets, digest, at }) => {
      const known = before?.blocks.get(name);
      if (known?.digest === digest) return [name, known] as const;
      if (!at) return undefined;
      const place = { category: at.category, block: at.number };
      const keyAt = (epoch: number) => keys.get(keyName(at.category, epoch));
      const heads = await openHeads(keyAt, at.number, octets);
      if (!heads) return undefined;
      return [name, { ...place, digest, heads: heads.map((head) => ({ ...head, at: place })) }] as const;
    }),
  );
  const whole = opened.filter((it) => it !== undefined);
  return whole.length === opened.length ? new Map(whole) : vaultBroken('a part of a list does not open');
}

function nameAt({ category, number }: { category: Category; number: number }): string {
  return blockName(category, number);
}
