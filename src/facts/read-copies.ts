import type { Instant } from '../kernel/clock.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { thumbprint } from '../kernel/signing.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { factsIn } from './asking/judge.ts';
import { copyKey } from './copy-key.ts';
import { FACT_LIMITS } from './limits.ts';
import type { CopyRow, ProofRow } from './model.ts';
import { type Checked, checkProof } from './sd-jwt/check.ts';
import { isUnmarked, shareNothing } from './sd-jwt/copy-form.ts';
import { openJson, sealText } from './sealed.ts';
import { copiesOf } from './store.ts';

interface Read {
  readonly copies: Omit<CopyRow, 'home_id'>[];
  readonly issuerKey: string;
}

/**
 * Copies of a proof that came, each under the number of the key that it is bound to. All say what was offered, and neither
 * they nor two people's differ in anything but what chance made. Fails with `proof-…` and `copy-marked`.
 */
export async function readCopies(
  tx: Tx,
  deps: BaseDeps,
  row: ProofRow,
  texts: readonly string[],
  sentAt: Instant,
): Promise<Result<Read>> {
  const numbers = await openNumbers(tx, deps, row);
  const copies: Read['copies'] = [];
  const whole: Checked[] = [];
  for (const text of texts) {
    const checked = checkOne(tx, deps, row, text, sentAt);
    if (isFailure(checked)) return checked;
    const number = numbers.get(checked.holder?.id ?? '');
    if (number === undefined || !numbers.delete(checked.holder?.id ?? ''))
      return fail('proof-unasked', 'A copy is bound to a key that was not asked for.', 'Ask for it again.');
    whole.push(checked);
    const sealed = sealText(deps, tx.home, 'proof-copy', text);
    copies.push({ proof: row.id, number, sealed_copy: sealed, sealed_key: null, used_at: null });
  }
  const [first] = whole;
  const isAlike = whole.every((it) => it.claims.iat === first?.claims.iat && it.key.id === first?.key.id);
  if (!first || !isAlike || !shareNothing(whole)) return marked();
  return ok({ copies, issuerKey: JSON.stringify(first.key.jwk) });
}

function checkOne(tx: Tx, deps: BaseDeps, row: ProofRow, text: string, sentAt: Instant) {
  const checked = checkProof(text, deps.clock.now());
  if (!checked.ok) return checked;
  const { claims, issuer, kind, until, placed } = checked.value;
  const offered = openJson(deps, tx.home, 'proof-claims', row.sealed_claims);
  const said = Object.entries(factsIn(claims));
  const isSame =
    said.length === Object.keys(offered).length && said.every(([name, value]) => offered[name] === value);
  const isAllHidden = placed.length === said.length;
  const isOffered = issuer === row.issuer && kind === row.kind && until === endOf(row);
  if (!isSame || !isAllHidden || !isOffered || until === undefined)
    return fail('proof-differs', 'A copy says something else than was offered.', 'Ask them why.');
  if (!isUnmarked(checked.value, { issuer, kind, until, sentAt })) return marked();
  return checked.value satisfies Checked;
}

/** The instant at which a proof that is good until then ends, in whole seconds as it says it. */
function endOf({ until_at: until }: ProofRow): Instant | undefined {
  return until === null ? undefined : Math.ceil(until / 1000) * 1000;
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
    'The copies are not like anybody else’s, so each could be recognised.',
    'Do not use them; ask whoever issued them why.',
  );
}
