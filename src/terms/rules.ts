import { findTerms } from './find-terms.ts';
import type { PlainLine, Practice, RosterEntry } from './roster.ts';

/** Owed to the person; every other practice is something done with their data. */
const OWED: ReadonlySet<Practice> = new Set(['service', 'portability']);

/** What terms let others do with my data. What they do not allow, they do not permit. */
function permitted(terms: RosterEntry): PlainLine[] {
  return terms.plain.filter((line) => line.effect === 'allows' && !OWED.has(line.practice));
}

/** What terms owe me. */
function owed(terms: RosterEntry): PlainLine[] {
  return terms.plain.filter((line) => line.effect === 'allows' && OWED.has(line.practice));
}

function has(lines: readonly PlainLine[], practice: Practice): boolean {
  return lines.some((line) => line.practice === practice);
}

/**
 * True when `a` permits nothing that `b` does not and owes everything that `b` owes. Terms of different families do
 * not compare, nor does what is not in the roster.
 */
export function isAtLeastAsStrict(a: string, b: string): boolean {
  const [mine, other] = [findTerms(a), findTerms(b)];
  return mine !== undefined && other !== undefined && differences(other, mine).length === 0;
}

/**
 * Why dealing under `theirs` would go against what I proffer, in words; empty when it would not. I proffer
 * alternatives, so the one that theirs comes nearest to is compared. Without terms of mine nothing conflicts.
 */
export function conflicts(mine: readonly string[], theirs: string): string[] {
  const known = mine.map(findTerms).filter((terms) => terms !== undefined);
  if (known.length === 0) return [];
  const other = findTerms(theirs);
  if (!other) return ['Their terms are not in the roster, so nothing is known about them.'];
  const [first, ...rest] = known.map((terms) => differences(terms, other));
  return rest.reduce<string[]>((best, next) => (next.length < best.length ? next : best), first ?? []);
}

/** What `theirs` permits beyond `mine`, and what it owes less, each in a sentence. */
function differences(mine: RosterEntry, theirs: RosterEntry): string[] {
  if (mine.family !== theirs.family) {
    return [`${theirs.id} is made for something else: "${theirs.name}". Yours, ${mine.id}: "${mine.name}".`];
  }
  const more = permitted(theirs)
    .filter((line) => !has(permitted(mine), line.practice))
    .map((line) => {
      const forbidden = mine.plain.some((l) => l.practice === line.practice && l.effect === 'forbids');
      return `${line.line} Your ${mine.id} ${forbidden ? 'forbids' : 'does not allow'} it.`;
    });
  const less = owed(mine)
    .filter((line) => !has(owed(theirs), line.practice))
    .map((line) => `Your ${mine.id} says: "${line.line}" Their ${theirs.id} does not promise it.`);
  return [...more, ...less];
}

/**
 * The best of what a vendor offers for somebody who requires one of several terms, in their order of preference: for
 * the first that can be met, itself, else the first offered that is at least as strict. Undefined for none. Whoever
 * requires nothing takes the vendor's first.
 */
export function acceptable(required: readonly string[], offered: readonly string[]): string | undefined {
  const known = offered.map((name) => findTerms(name)?.id).filter((id) => id !== undefined);
  if (required.length === 0) return known[0];
  for (const wanted of required) {
    const id = findTerms(wanted)?.id;
    if (id === undefined) continue;
    const best = known.includes(id) ? id : known.find((theirs) => isAtLeastAsStrict(theirs, id));
    if (best !== undefined) return best;
  }
  return undefined;
}
