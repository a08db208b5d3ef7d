import { addressOf, readDid } from '../discovery/index.ts';
import type { Instant } from '../kernel/clock.ts';
import { FACT_LIMITS } from './limits.ts';
import type { Issuer, IssuerRow } from './model.ts';
import { ownWordOf } from './own-word.ts';

const DAY_MS = 86_400_000;

/** What somebody knows of issuers, for something that came at an instant. */
export interface Known {
  readonly rows: readonly IssuerRow[];
  /** When it was shown, or now for what can be shown. */
  readonly at: Instant;
}

/** Whose word it is, as far as whoever looks has found out: by a proof's issuer and the JWK that signed it. */
export function issuerView(
  issuer: string,
  key: Readonly<Record<string, unknown>> | undefined,
  known: Known,
  isGiven = false,
): Issuer {
  if (issuer.startsWith(ownWordOf(''))) return { name: issuer, key: 'own-word' };
  const who = readDid(issuer);
  if (!who) return { name: issuer, key: isGiven ? 'given' : 'unchecked' };
  const address = addressOf(who);
  const row = known.rows.find((it) => it.address === address);
  if (!row) return { name: address, address, key: 'unchecked' };
  return { name: row.name, address, key: keyIs(row, key, known.at), checkedAt: row.checked_at };
}

/** A key may have been replaced since it was looked up: what was found long before says nothing of what came after. */
function keyIs(
  row: IssuerRow,
  key: Readonly<Record<string, unknown>> | undefined,
  at: Instant,
): Issuer['key'] {
  const keys: readonly string[] = JSON.parse(row.keys);
  if (key === undefined) return 'unchecked';
  const x = key.kty === 'OKP' && typeof key.x === 'string' ? key.x : '';
  if (keys.slice(0, -1).includes(x)) return 'earlier';
  if (row.checked_at < at - FACT_LIMITS.issuerDays * DAY_MS) return 'unchecked';
  return keys.at(-1) === x ? 'current' : 'other';
}
