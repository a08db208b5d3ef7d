import { openGrantKey, openGrantValue, type SealedGrant, sealGrant } from '../../src/grants/keys-rules.ts';
import {
  afterOpening,
  afterReceipt,
  countToTell,
  epochAfter,
  isReceiptDue,
  isSpent,
  mayGiveNewer,
  mayOpen,
  type Openings,
  openingsOf,
  type Standing,
  verdictOnGrant,
  verdictOnNewer,
} from '../../src/grants/standing-rules.ts';
import type { GrantTerms } from '../../src/grants/terms.ts';
import { type HpkeKey, hpkeKey } from '../../src/kernel/hpke.ts';
import type { SeededRandom } from '../../src/kernel/seeded-random.ts';

/** Something that was written under a key, as anybody may find it. */
export interface Written {
  readonly number: number;
  readonly to: Grantee;
  readonly terms: GrantTerms;
  readonly sealed: SealedGrant;
  /** What is in it; only the ledger knows. */
  readonly value: string;
}

/** What a grantee has of one grant. */
interface Held {
  standing: Standing;
  last: Written;
  openings: Openings;
  readonly times: number | null;
  readonly receipts: { readonly count: number; readonly at: number }[];
}

interface Grantee {
  readonly name: string;
  readonly agreement: string;
  readonly giver: string;
  /** All keys that were ever announced, the newest last. */
  readonly keys: HpkeKey[];
  readonly held: Map<string, Held>;
  /** Keys of values, as whoever opened them may have copied them. */
  readonly copied: { readonly key: Uint8Array; readonly of: Written }[];
}

/** What a giver knows of one grant. */
export interface Given {
  readonly to: Grantee;
  readonly item: number;
  readonly property: string;
  readonly purpose: string;
  readonly until: number | null;
  readonly follows: boolean;
  /** How often it may be opened; null for as often as they like. */
  readonly times: number | null;
  standing: Standing;
}

/** A giver, some grantees, and nobody else; no storage and no network: what is written is there. */
export interface World {
  readonly random: SeededRandom;
  now: number;
  readonly grantees: Grantee[];
  /** Somebody with a key who was never given anything. */
  readonly stranger: HpkeKey;
  readonly items: string[];
  readonly given: Map<string, Given>;
  readonly stops: Map<Grantee, number>;
  readonly written: Written[];
  readonly told: string[];
}

export function newWorld(random: SeededRandom): World {
  const grantee = (number: number): Grantee => ({
    name: `receiver-${number}`,
    agreement: `agreement-${number}`,
    giver: `giver-${number}`,
    keys: [hpkeKey(random.bytes(32))],
    held: new Map(),
    copied: [],
  });
  return {
    random,
    now: 1_000_000_000_000,
    grantees: Array.from({ length: 2 + random.below(3) }, (_, i) => grantee(i)),
    stranger: hpkeKey(random.bytes(32)),
    items: Array.from({ length: 1 + random.below(3) }, (_, i) => `item ${i} at first`),
    given: new Map(),
    stops: new Map(),
    written: [],
    told: [],
  };
}

const epochOf = (world: World, to: Grantee): number => epochAfter(world.stops.get(to) ?? 0);

/** Gives what an item says now, as `grant` or `grant-updated`. */
export function write(world: World, grant: string, given: Given, version: number): Written {
  const { to, property, purpose, until, item, times } = given;
  const [value, recipient] = [world.items[item] ?? '', to.keys.at(-1)];
  const { giver, agreement, name: receiver } = to;
  const epoch = epochOf(world, to);
  const terms = { grant, version, agreement, giver, receiver, property, purpose, until, epoch };
  const counted = times === null ? terms : { ...terms, times };
  const made = recipient && sealGrant(counted, recipient.publicKey, value, world.random);
  if (!made) throw new Error('a key of a grantee is one');
  const { grantKey: _, ...sealed } = made;
  const written = { number: world.written.length, to, terms: counted, sealed, value };
  world.written.push(written);
  given.standing = { state: 'active', version, until };
  take(world, written);
  return written;
}

/** What a grantee makes of something that is written to it; answers whether it counts. */
export function take(world: World, written: Written): boolean {
  const { to, terms } = written;
  const known = to.held.get(terms.grant);
  const judge = terms.version === 1 ? verdictOnGrant : verdictOnNewer;
  if (judge(terms, known?.standing, epochOf(world, to)) !== 'takes') return false;
  const standing: Standing = { state: 'active', version: terms.version, until: terms.until };
  const fresh = { openings: { untold: 0, toldAt: null }, receipts: [], times: terms.times ?? null };
  const before = known ?? fresh;
  to.held.set(terms.grant, { ...before, standing, last: written });
  return true;
}

/** A newer value of an item goes to everybody whose grant follows it. */
export function change(world: World, item: number): void {
  world.items[item] = `item ${item} at ${world.now}, ${world.written.length}`;
  for (const [grant, given] of world.given) {
    if (given.item !== item || !given.follows || !mayGiveNewer(given.standing, world.now)) continue;
    write(world, grant, given, (given.standing.version ?? 0) + 1);
  }
}

export function stop(world: World, grant: string, given: Given): void {
  given.standing = { ...given.standing, state: 'stopped' };
  world.stops.set(given.to, (world.stops.get(given.to) ?? 0) + 1);
  const held = given.to.held.get(grant);
  if (!held) return;
  held.standing = { ...held.standing, state: 'stopped' };
  tell(world, held);
}

/** Opens what is held, keeps a copy of its key, and answers what it says; undefined where it may not. */
export function open(world: World, to: Grantee, held: Held): string | undefined {
  if (isSpent(held.times, openedOf(held)) || !mayOpen(held.standing, world.now)) return undefined;
  const { terms, sealed } = held.last;
  const key = to.keys.map((own) => openGrantKey(terms, own, sealed)).find((it) => it !== undefined);
  const value = key && openGrantValue(terms, key, sealed.value);
  if (value === undefined) return undefined;
  if (key) to.copied.push({ key, of: held.last });
  held.openings = afterOpening(held.openings);
  tell(world, held);
  if (!isSpent(held.times, openedOf(held))) return value;
  // Both sides know it by the receipts, and nobody gives any more of it.
  held.standing = { ...held.standing, state: 'stopped' };
  const given = world.given.get(terms.grant);
  if (given) given.standing = { ...given.standing, state: 'stopped' };
  return value;
}

function openedOf({ receipts, openings }: Held): number {
  const opens = receipts.reduce((sum, it) => sum + it.count, 0);
  return openingsOf({ opens, untold: openings.untold });
}

/** A node comes back from a backup: of what it had not told it knows nothing, and is told again what it had. */
export function comeBack(held: Held): void {
  held.openings = { untold: 0, toldAt: held.receipts.at(-1)?.at ?? null };
}

/** Signs a receipt where one is due. */
export function tell({ now }: World, held: Held): void {
  const isAtOnce = held.standing.state === 'stopped' || held.times !== null;
  if (!isReceiptDue(held.openings, now, isAtOnce)) return;
  const count = countToTell(held.openings);
  held.receipts.push({ count, at: now });
  held.openings = afterReceipt(held.openings, count, now);
}
