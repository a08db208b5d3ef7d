import { addressOf, readDid } from '../discovery/index.ts';
import type { Issuer, IssuerRow } from './model.ts';
import { ownWordOf } from './own-word.ts';

/** Whose word it is, as far as whoever looks has found out: by a proof's issuer and the JWK that signed it. */
export function issuerView(
  issuer: string,
  key: Readonly<Record<string, unknown>> | undefined,
  known: readonly IssuerRow[],
  isGiven = false,
): Issuer {
  if (issuer.startsWith(ownWordOf(''))) return { name: issuer, key: 'own-word' };
  const who = readDid(issuer);
  if (!who) return { name: issuer, key: isGiven ? 'given' : 'unchecked' };
  const address = addressOf(who);
  const row = known.find((it) => it.address === address);
  if (!row) return { name: address, address, key: 'unchecked' };
  return { name: row.name, address, key: keyIs(row, key), checkedAt: row.checked_at };
}

function keyIs(row: IssuerRow, key: Readonly<Record<string, unknown>> | undefined): Issuer['key'] {
  const keys: readonly string[] = JSON.parse(row.keys);
  if (key === undefined) return 'unchecked';
  const x = key.kty === 'OKP' && typeof key.x === 'string' ? key.x : '';
  if (!keys.includes(x)) return 'other';
  return keys.at(-1) === x ? 'current' : 'earlier';
}
