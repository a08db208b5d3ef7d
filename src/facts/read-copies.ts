import type { Instant } from '../kernel/clock.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { thumbprint } from '../kernel/signing.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { factsIn } from './asking/judge.ts';
import { copyKey } from './copy-key.ts';
import { FACT_LIMITS } from './limits.ts';
import type { CopyRow, ProofRow } from './model.ts';
import { type Checked, checkProof } from './sd-jwt/check.ts';
import { openJson, sealText } from './sealed.ts';
import { copiesOf } from './store.ts';

interface Read {
  readonly copies: Omit<CopyRow, 'home_id'>[];
  readonly issuerKey: string;
}

/** Beside its facts a copy says these and nothing else: whatever more stood in it could mark whose it is. */
const PAYLOAD = ['iss', 'vct', 'iat', 'exp', 'cnf', '_sd_alg', '_sd'];
const HEADER = ['alg', 'typ', 'kid', 'jwk'];

/**
 * Copies of a proof that came, each under the number of the key that it is bound to. All say what was offered, and differ
 * in nothing that could tell two people apart. Fails with `proof-…` and `copy-marked`.
 */
export async function readCopies(
  tx: Tx,
  deps: BaseDeps,
  row: ProofRow,
  texts: readonly string[],
): Promise<Result<Read>> {
  const numbers = await openNumbers(tx, deps, row);
  const copies: Read['copies'] = [];
  const alike = new Set<string>();
  let issuerKey = '';
  for (const text of texts) {
    const checked = checkOne(tx, deps, row, text, deps.clock.now());
    if (isFailure(checked)) return checked;
    const number = numbers.get(checked.holder?.id ?? '');
    if (number === undefined || !numbers.delete(checked.holder?.id ?? ''))
      return fail('proof-unasked', 'A copy is bound to a key that was not asked for.', 'Ask for it again.');
    const { iat, exp, iss } = checked.claims;
    const { kid, alg } = checked.parts.issued.header;
    alike.add(JSON.stringify([iat, exp, iss, kid, alg, checked.key.id, checked.digests]));
    issuerKey = JSON.stringify(checked.key.jwk);
    const sealed = sealText(deps, tx.home, 'proof-copy', text);
    copies.push({ proof: row.id, number, sealed_copy: sealed, sealed_key: null, used_at: null });
  }
  if (alike.size !== 1) return marked();
  return ok({ copies, issuerKey });
}

function checkOne(tx: Tx, deps: BaseDeps, row: ProofRow, text: string, now: Instant) {
  const checked = checkProof(text, now);
  if (!checked.ok) return checked;
  const { parts, claims, issuer, kind, until, placed } = checked.value;
  const { header, payload } = parts.issued;
  if (parts.binding || !onlyOf(header, HEADER) || !onlyOf(payload, PAYLOAD) || !isRound(claims.iat))
    return marked();
  const offered = openJson(deps, tx.home, 'proof-claims', row.sealed_claims);
  const said = Object.entries(factsIn(claims));
  const isSame =
    said.length === Object.keys(offered).length && said.every(([name, value]) => offered[name] === value);
  const isAllHidden = placed.length === said.length;
  if (!isSame || !isAllHidden || issuer !== row.issuer || kind !== row.kind || until !== endOf(row))
    return fail('proof-differs', 'A copy says something else than was offered.', 'Ask them why.');
  return checked.value satisfies Checked;
}

/** The instant at which a proof that is good until then ends, in whole seconds as it says it. */
function endOf({ until_at: until }: ProofRow): Instant | undefined {
  return until === null ? undefined : Math.ceil(until / 1000) * 1000;
}

/** Midnight: a time to the second would be one of few people's. */
function isRound(iat: unknown): boolean {
  return typeof iat === 'number' && iat % 86_400 === 0;
}

function onlyOf(object: object, names: readonly string[]): boolean {
  return Object.keys(object).every((name) => names.includes(name));
}

/** Keys of copies that were asked for and have not come, with their numbers; what was asked for long ago comes no more. */
async function openNumbers(tx: Tx, deps: BaseDeps, row: ProofRow): Promise<Map<string, number>> {
  const taken = new Set((await copiesOf(tx, tx.home, row.id)).map((copy) => copy.number));
  const numbers = new Map<string, number>();
  for (let n = Math.max(0, row.asked - 3 * FACT_LIMITS.copiesAtOnce); n < row.asked; n++)
    if (!taken.has(n)) numbers.set(thumbprint((await copyKey(tx, deps, row.id, n)).publicKey), n);
  return numbers;
}

function marked() {
  return fail(
    'copy-marked',
    'The copies differ in more than they must, so each could be recognised.',
    'Do not use them; ask whoever issued them why.',
  );
}
