import { KEEPING, NAMESPACE, ROSTER, type RosterEntry } from './roster.ts';

const BY_NAME: ReadonlyMap<string, RosterEntry> = new Map(
  ROSTER.flatMap((entry) => [entry.id, ...entry.aliases].map((name) => [name.toUpperCase(), entry])),
);

/**
 * The terms of an identifier, in any spelling that is in use: as it stands, an alias of it, its IRI, or with the
 * vocabulary's prefix (`p7012:` or `ieee-7012:`). Undefined for what is not in the roster.
 */
export function findTerms(name: string): RosterEntry | undefined {
  const bare = name.trim();
  const local = bare.startsWith(NAMESPACE)
    ? bare.slice(NAMESPACE.length)
    : bare.replace(/^(ieee-7012|p7012):/i, '');
  return BY_NAME.get(local.toUpperCase());
}

/** What terms say may be kept after the end; nothing is known of terms that are not in the roster. */
export function whatMayBeKept(name: string): string {
  const terms = findTerms(name);
  if (!terms) return '';
  // All others say in their last paragraph what comes after the end.
  return terms.family === 'service' ? KEEPING : (terms.text.split('\n\n').at(-1) ?? '');
}
