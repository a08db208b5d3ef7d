import type { Effect } from '../../src/kernel/operation.ts';

/** What an operation asks of whoever calls it, as test/matrix/table.ts declares it. */
export interface Row {
  /** Anybody who reaches the node, somebody of it, a signed-in party, or whoever runs the node. */
  readonly who: 'anyone' | 'somebody' | 'party' | 'operator';
  /** True for what only a party who runs the node may do. */
  readonly runsNode?: boolean;
  /** The scope that a program's token needs; `person` when no token will do. */
  readonly scope: Effect | 'person';
  /**
   * What somebody gets who names a thing that is not theirs: a code; `none` for an empty list; `not <code>` when the answer
   * says so of each thing. Absent when the operation names nothing, and everybody has only their own.
   */
  readonly others?: string;
  /** True when the other side of a relationship may do it too, on its own side. */
  readonly bothSides?: boolean;
  /** What a program's token gets, whatever its scopes, where a sealed file is meant: as `others`. */
  readonly sealed?: string;
}

/** How a kind of caller stands to Maya, whose things are named, and to the node. */
interface Standing {
  readonly says: string;
  /** As which party it acts: Maya, the other side of the relationship that is named, somebody else, or nobody. */
  readonly is: 'maya' | 'side' | 'other' | 'nobody';
  readonly runsNode?: true;
  /** What its token allows; absent for a person. */
  readonly scopes?: readonly Effect[];
  /** Refused whatever it calls. */
  readonly refused?: string;
}

export const ALL_SCOPES: readonly Effect[] = ['reads', 'writes', 'discloses', 'binds'];

export const CALLERS = {
  nobody: { says: 'nobody: no cookie, no token', is: 'nobody' },
  'expired-token': { says: 'a token of Maya’s whose day has passed', is: 'nobody' },
  'revoked-token': { says: 'a token of Maya’s that she revoked', is: 'nobody' },
  'token-as-cookie': { says: 'a token of Maya’s in the place of a cookie', is: 'nobody' },
  'cookie-as-token': { says: 'Maya’s cookie in the place of a token', is: 'nobody' },
  other: { says: 'another person of the node', is: 'other' },
  pretender: { says: 'another person who says they are Maya', is: 'other', refused: 'not-signed-in-as' },
  'other-token': { says: 'a token of another person, with every scope', is: 'other', scopes: ALL_SCOPES },
  vendor: { says: 'a vendor without an agreement with Maya', is: 'other' },
  'expired-vendor': { says: 'a vendor whose grant has expired', is: 'other' },
  'stopped-vendor': { says: 'a vendor whose grant was stopped', is: 'other' },
  'active-vendor': { says: 'a vendor with an agreement and an active grant', is: 'side' },
  'operator-browser': { says: 'the browser of whoever runs the node', is: 'other', runsNode: true },
  'operator-token': { says: 'a token of whoever runs the node', is: 'other', scopes: ALL_SCOPES },
  machine: { says: 'the command line, as the node', is: 'nobody', runsNode: true },
  maya: { says: 'Maya herself', is: 'maya' },
  'reads-token': { says: 'a token of Maya’s that reads', is: 'maya', scopes: ['reads'] },
  'writes-token': { says: 'a token of Maya’s that writes', is: 'maya', scopes: ['writes'] },
  'discloses-token': { says: 'a token of Maya’s that discloses', is: 'maya', scopes: ['discloses'] },
  'binds-token': { says: 'a token of Maya’s that binds', is: 'maya', scopes: ['binds'] },
  'machine-as-maya': { says: 'the command line, --as Maya', is: 'maya', runsNode: true },
} as const satisfies Readonly<Record<string, Standing>>;

export type Caller = keyof typeof CALLERS;

/** What must come of a call: refused with this code, an answer that holds nothing of Maya's, or it is done. */
export type Verdict =
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'not-yours'; readonly answer: string }
  | { readonly kind: 'own' | 'side' | 'maya' };

/** What the table says of a caller; whatever it does not allow is refused. */
export function verdictOf(row: Row, caller: Caller): Verdict {
  const { is, runsNode, scopes, refused }: Standing = CALLERS[caller];
  const no = (code: string): Verdict => ({ kind: 'refused', code });
  if (refused !== undefined) return no(refused);
  if (row.who === 'operator' && !runsNode) return no('operator-only');
  if (row.who === 'party' && is === 'nobody') return no('sign-in-needed');
  if (row.who === 'somebody' && is === 'nobody' && !runsNode) return no('sign-in-needed');
  if (scopes && row.scope === 'person') return no('person-needed');
  if (scopes && !scopes.some((scope) => scope === row.scope)) return no('scope-missing');
  if (row.runsNode && !runsNode) return no('operator-only');
  if (row.who === 'operator' || is === 'maya') return { kind: 'maya' };
  if (is === 'side' && row.bothSides) return { kind: 'side' };
  return row.others === undefined ? { kind: 'own' } : { kind: 'not-yours', answer: row.others };
}
