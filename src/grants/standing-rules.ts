import { GRANT_LIMITS } from './limits.ts';

/** Which epoch a giver is in who has stopped so many things in a relationship. Pure, as all of this. */
export function epochAfter(stops: number): number {
  return stops + 1;
}

/** Where a grant stands on either side; nothing where it is not known there. */
export interface Standing {
  readonly state: 'planned' | 'active' | 'stopped';
  /** Of the value in force; null for what was given readable. */
  readonly version: number | null;
  readonly until: number | null;
}

/** What a record says of the value in it. */
interface Said {
  readonly version: number;
  readonly epoch: number;
}

type Verdict = 'takes' | 'exists' | 'unknown' | 'wrong-epoch';

/**
 * Whether a first value is taken. Only what was sealed in the epoch that its giver's own chain is in: what a stop has ended
 * is not given by an older word.
 */
export function verdictOnGrant(said: Said, known: Standing | undefined, epoch: number): Verdict {
  if (said.version !== 1 || said.epoch !== epoch) return 'wrong-epoch';
  return known === undefined || known.state === 'planned' ? 'takes' : 'exists';
}

/** Whether a newer value is taken: of what is shared still, and newer than what is here. */
export function verdictOnNewer(said: Said, known: Standing | undefined, epoch: number): Verdict {
  if (said.epoch !== epoch) return 'wrong-epoch';
  if (known?.state !== 'active' || known.version === null) return 'unknown';
  return said.version > known.version ? 'takes' : 'exists';
}

/**
 * Whether a newer value stands for a grant of which nothing is here: its own words were erased before they were told. `isLost`:
 * there is a first value here without its body that nothing is known of; `isStopped`: its giver took it back before.
 */
export function verdictOnUnheard(
  said: Said & { readonly follows: boolean },
  { isLost, isStopped }: { readonly isLost: boolean; readonly isStopped: boolean },
  epoch: number,
): Verdict {
  if (said.epoch !== epoch) return 'wrong-epoch';
  return isLost && !isStopped && said.follows && said.version > 1 ? 'takes' : 'unknown';
}

/** Whether a newer value may be given: never of what was stopped or has run out. */
export function mayGiveNewer({ state, version, until }: Standing, now: number): boolean {
  return state === 'active' && version !== null && (until === null || until > now);
}

/** Whether what was given may be opened. */
export function mayOpen({ state, until }: Standing, now: number): boolean {
  return state === 'active' && (until === null || until > now);
}

/** How often something was opened in all, told and not told yet. */
export function openingsOf({ opens, untold }: { readonly opens: number; readonly untold: number }): number {
  return Math.min(opens + untold, Number.MAX_SAFE_INTEGER);
}

/** Whether it was opened as often as it may be, whatever values it had meanwhile. `times`: null for as often as they like. */
export function isSpent(times: number | null, opened: number): boolean {
  return times !== null && opened >= times;
}

/**
 * Whether what is said to be erased was not shared any more by then: nothing else counts as a word on its deletion. Clocks of
 * two sides differ a little.
 */
export function isOverWhenDeleted(
  { state, until }: Pick<Standing, 'state' | 'until'>,
  deletedAt: number,
): boolean {
  return state === 'stopped' || (until !== null && deletedAt >= until - GRANT_LIMITS.clocksDifferMs);
}

/** How often something was opened since the last receipt, and when that was signed; null for never. */
export interface Openings {
  readonly untold: number;
  readonly toldAt: number | null;
}

/** After it was opened once more. */
export function afterOpening({ untold, toldAt }: Openings): Openings {
  return { untold: untold + 1, toldAt };
}

/** After a receipt was signed: what it counted is told, and nothing is left. */
export function afterReceipt({ untold }: Openings, counted: number, now: number): Openings {
  return { untold: Math.max(0, untold - counted), toldAt: now };
}

/** How many openings a receipt that is signed now has to count. */
export function countToTell({ untold }: Openings): number {
  return untold;
}

/**
 * Whether a receipt is to be signed now: at most one for each grant and hour. A desk that looks at an address thirty times
 * in a morning would fill both chains, and tell with each look how somebody works; what is opened more often is counted in
 * the next one, so none is lost. What is over is told at once; so is each opening of what may be opened so often only: a backup
 * forgets what was not told.
 */
export function isReceiptDue({ untold, toldAt }: Openings, now: number, isAtOnce = false): boolean {
  const isLate = toldAt === null || now - toldAt >= GRANT_LIMITS.receiptEveryMs || now < toldAt;
  return untold > 0 && (isLate || isAtOnce);
}
