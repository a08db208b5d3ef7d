import { openGrantKey, openGrantValue } from '../../src/grants/keys-rules.ts';
import { GRANT_LIMITS } from '../../src/grants/limits.ts';
import type { GrantTerms } from '../../src/grants/terms.ts';
import type { HpkeKey } from '../../src/kernel/hpke.ts';
import type { World, Written } from './world.ts';

/** What the history itself knows, by none of the rules that are looked at. */
export interface Ledger {
  /** Grants that were stopped, with how much had been written by then. */
  readonly stopped: Map<string, number>;
  /** Grants that were opened as often as they may be, likewise. */
  readonly spent: Map<string, number>;
  readonly opened: Map<string, number>;
}

/** What is broken after an event, in words; nothing when all is as it has to be. */
export function broken(world: World, ledger: Ledger, since: number): string | undefined {
  for (const written of world.written.slice(since)) {
    const found =
      writtenTooLate(written, ledger) ??
      openedByOld(world, written) ??
      openedByOthers(world, written) ??
      openedUnderOther(world, written) ??
      inOldEpoch(world, written, ledger);
    if (found) return found;
  }
  return receiptsAstray(world, ledger);
}

function writtenTooLate({ terms, number }: Written, { stopped, spent }: Ledger): string | undefined {
  const at = stopped.get(terms.grant) ?? spent.get(terms.grant);
  return at !== undefined && number >= at
    ? `stopped-is-over: ${terms.grant} was given after its stop`
    : undefined;
}

/** No key that anybody has copied opens what is written later. */
function openedByOld({ grantees }: World, { terms, sealed, number }: Written): string | undefined {
  for (const { name, copied } of grantees) {
    const old = copied.find(
      ({ key, of }) => of.number < number && openGrantValue(terms, key, sealed.value) !== undefined,
    );
    if (old)
      return `old-keys-open-nothing: a key of ${old.of.terms.grant} that ${name} has opens ${terms.grant}`;
  }
  return undefined;
}

function openedByOthers({ grantees, stranger }: World, { to, terms, sealed }: Written): string | undefined {
  const keys: HpkeKey[] = [stranger, ...grantees.filter((it) => it !== to).flatMap((it) => it.keys)];
  const isOpen = keys.some((key) => openGrantKey(terms, key, sealed) !== undefined);
  return isOpen ? `nobody-else: ${terms.grant} opens for somebody whom it was not given to` : undefined;
}

const OTHER: readonly ((terms: GrantTerms) => GrantTerms)[] = [
  (it) => ({ ...it, grant: `${it.grant}x` }),
  (it) => ({ ...it, version: it.version + 1 }),
  (it) => ({ ...it, agreement: `${it.agreement}x` }),
  (it) => ({ ...it, giver: it.receiver, receiver: it.giver }),
  (it) => ({ ...it, property: it.purpose, purpose: it.property }),
  (it) => ({ ...it, purpose: `${it.purpose} and more` }),
  (it) => ({ ...it, until: it.until === null ? 1 : null }),
  (it) => ({ ...it, epoch: it.epoch + 1 }),
  (it) => ({ ...it, times: (it.times ?? 0) + 1 }),
  (it) => ({ ...it, times: it.times === undefined ? 100 : undefined }),
];

/** Its receiver opens it under the terms it was given under, and under no others. */
function openedUnderOther({ random }: World, { to, terms, sealed, value }: Written): string | undefined {
  const own = to.keys.at(-1);
  const key = own && openGrantKey(terms, own, sealed);
  if (!own || !key || openGrantValue(terms, key, sealed.value) !== value)
    return `given-opens: ${terms.grant} does not open for ${to.name}`;
  const other = random.pick(OTHER)(terms);
  const isOpen =
    openGrantKey(other, own, sealed) !== undefined || openGrantValue(other, key, sealed.value) !== undefined;
  return isOpen
    ? `bound-to-its-terms: ${JSON.stringify(terms)} opens as ${JSON.stringify(other)}`
    : undefined;
}

/** What follows a stop is in a later epoch than what went before it. */
function inOldEpoch(world: World, { to, terms, number }: Written, { stopped }: Ledger): string | undefined {
  for (const [grant, at] of stopped) {
    if (at > number || world.given.get(grant)?.to !== to) continue;
    const before = world.written.slice(0, at).filter((it) => it.to === to);
    if (before.some((it) => it.terms.epoch >= terms.epoch))
      return `epochs-go-on: ${terms.grant} was given in the epoch of what was stopped before`;
  }
  return undefined;
}

/** Every opening is in a receipt, or counted for the next; and there are not more receipts than one an hour. */
function receiptsAstray({ grantees }: World, { opened }: Ledger): string | undefined {
  for (const { held, name } of grantees) {
    for (const [grant, { receipts, openings, standing, times }] of held) {
      const told = receipts.reduce((sum, it) => sum + it.count, 0);
      const all = opened.get(`${name} ${grant}`) ?? 0;
      if (told + openings.untold !== all)
        return `receipts-account: ${grant} was opened ${all} times, told ${told}`;
      if (all > (times ?? Infinity)) return `never-oftener: ${grant} was opened ${all} times, not ${times}`;
      const close = receipts.filter(
        (it, i) => it.at - (receipts[i - 1]?.at ?? -Infinity) < GRANT_LIMITS.receiptEveryMs,
      );
      if (times === null && close.length > (standing.state === 'stopped' ? 1 : 0))
        return `receipts-few: of ${grant} within an hour`;
      if (standing.state === 'stopped' && openings.untold > 0)
        return `receipts-account: ${grant} is over, not told`;
    }
  }
  return undefined;
}
