import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { isFile } from '../src/vault/catalogue.ts';
import { itemUnknown } from '../src/vault/failures.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { Content } from '../src/vault/model.ts';
import { itemView, TRASH_MS } from '../src/vault/view.ts';
import { digestOf } from './crypto.ts';
import { vaultBroken } from './failures.ts';
import { itemName, keyName, versionName } from './names.ts';
import { readSealed } from './node.ts';
import { openItem, type SealedItem } from './objects.ts';
import type { Octets } from './octets.ts';
import { headOfItem, type KnownHead, type State } from './state.ts';
import type { Surroundings } from './surroundings.ts';

/** An item as pages and the command line show it. */
export type VaultItem = ReturnType<typeof itemView>;

/** An item that was opened, with its octets: those become the version before. */
export interface Opened {
  readonly head: KnownHead;
  readonly item: SealedItem;
  readonly octets: Octets;
}

const NAMES = 200;

/** Objects by name, some hundred at a time; what is not there is left out. */
async function readNamed(
  s: Surroundings,
  names: readonly string[],
): Promise<Result<ReadonlyMap<string, Octets>>> {
  const found = new Map<string, Octets>();
  let left = [...new Set(names)];
  while (left.length > 0) {
    const asked = left.slice(0, NAMES);
    const page = await readSealed(s, { names: asked });
    if (isFailure(page)) return page;
    for (const { name, octets } of page.value.rows) found.set(name, octets);
    // Where an answer would grow too large, `next` is the last name that was looked at.
    const { next } = page.value;
    const looked = next === undefined ? asked.length : asked.indexOf(next) + 1;
    left = left.slice(looked > 0 ? looked : asked.length);
  }
  return ok(found);
}

/** Items of these heads, in their order: each is the one that the statement vouches for. Fails with `vault-broken`. */
export async function openHeadsItems(
  s: Surroundings,
  state: State,
  heads: readonly KnownHead[],
): Promise<Result<Opened[]>> {
  const read = await readNamed(
    s,
    heads.map(({ id }) => itemName(id)),
  );
  if (isFailure(read)) return read;
  const opened = await Promise.all(
    heads.map(async (head) => {
      const octets = read.value.get(itemName(head.id));
      if (!octets || (await digestOf(octets)) !== head.digest) return undefined;
      const item = await openItem(keysOf(state, head), head, octets);
      return item && { head, item, octets };
    }),
  );
  const whole = opened.filter((it) => it !== undefined);
  return whole.length === heads.length
    ? ok(whole)
    : vaultBroken('an item is missing, or another one stands in its place');
}

function keysOf(state: State, { at }: KnownHead) {
  return (epoch: number) => state.keys.get(keyName(at.category, epoch));
}

/** All versions of an item, the newest first, each vouched for by the one after it. Fails with `vault-broken`. */
export async function openVersions(
  s: Surroundings,
  state: State,
  newest: Opened,
): Promise<Result<SealedItem[]>> {
  const { head, item } = newest;
  const oldest = Math.max(1, head.version - VAULT_LIMITS.versions + 1);
  const numbers = Array.from({ length: head.version - oldest }, (_, at) => head.version - 1 - at);
  if (item.before === null) return ok([item]);
  const read = await readNamed(
    s,
    numbers.map((number) => versionName(head.id, number)),
  );
  return isFailure(read) ? read : chain(state, newest, numbers, read.value);
}

async function chain(
  state: State,
  { head, item }: Opened,
  numbers: readonly number[],
  found: ReadonlyMap<string, Octets>,
): Promise<Result<SealedItem[]>> {
  const versions = [item];
  let { before } = item;
  for (const version of numbers) {
    if (before === null) break;
    const octets = found.get(versionName(head.id, version));
    const isIt = octets && (await digestOf(octets)) === before;
    const opened = isIt ? await openItem(keysOf(state, head), { id: head.id, version }, octets) : undefined;
    if (!opened) return vaultBroken('an earlier version of an item is missing, or is another one');
    versions.push(opened);
    before = opened.before;
  }
  return ok(versions);
}

/** The head of an item that is there; what has left the trash by time is not. */
export function presentHead(s: Surroundings, state: State, id: string): Result<KnownHead> {
  const head = headOfItem(state, id);
  const isOver = head?.trashedAt != null && head.trashedAt <= s.now() - TRASH_MS;
  return head && !isOver ? ok(head) : itemUnknown();
}

export function viewOf({ id, version, content, createdAt, changedAt, trashedAt }: SealedItem): VaultItem {
  return itemView({ id, version, content: shownOf(content), createdAt, updatedAt: changedAt, trashedAt });
}

/** What of an item is shown: what opens a file stands in its value, and goes to nobody. */
export function shownOf(content: Content): Content {
  return isFile(content.property) ? { ...content, value: content.label } : content;
}
