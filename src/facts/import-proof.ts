import { z } from 'zod';
import { newId } from '../kernel/ids.ts';
import { parseStrictJson } from '../kernel/json.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { factsIn } from './asking/judge.ts';
import { kind } from './asking/query.ts';
import { proofsFull } from './issue-proof.ts';
import { FACT_LIMITS } from './limits.ts';
import { type Checked, checkProof } from './sd-jwt/check.ts';
import { type ProofSigner, readProofKey, readProofSigner } from './sd-jwt/keys.ts';
import { sealJson, sealText } from './sealed.ts';
import { countProofs, insertCopies, insertProof } from './store.ts';

const Jwk = z.string().max(2_000);

export const ImportProof = z.object({
  proof: z.string().trim().min(1).max(FACT_LIMITS.proofChars).describe('An SD-JWT, with its tildes.'),
  holderKey: Jwk.describe('The secret key that it is bound to, as a JWK; it is kept under the node’s key.'),
  issuerKey: Jwk.optional().describe('The public key of whoever issued it, as a JWK, where it names none.'),
});

/**
 * Keeps a proof that came from elsewhere, checked. There is one copy of it, so whoever compares what two of them saw can
 * tell that it is the same. Fails with `proof-…`, `proof-key-absent`, `proof-key-other`, `proofs-full`.
 */
export async function importProof(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ImportProof>,
): Promise<Result<{ proof: string }>> {
  const issuer = input.issuerKey === undefined ? undefined : readProofKey(jsonOf(input.issuerKey));
  if (input.issuerKey !== undefined && !issuer) return keyMalformed('issuerKey');
  const signer = readProofSigner(jsonOf(input.holderKey));
  if (!signer) return keyMalformed('holderKey');
  const checked = checkProof(input.proof, deps.clock.now(), issuer);
  if (!checked.ok) return checked;
  const { parts, holder } = checked.value;
  if (parts.binding) {
    return fail(
      'proof-shown-already',
      'This was made to be shown to somebody, and shows only what they asked for.',
      'Bring the proof itself.',
    );
  }
  if (holder?.id !== signer.key.id || !kind.safeParse(checked.value.kind).success) {
    return fail(
      'proof-key-other',
      'This proof is not bound to that key, so you could show it to nobody.',
      'Bring the key that it was issued for.',
    );
  }
  return deps.storage.transact(actor.home, async (tx) => {
    if ((await countProofs(tx, tx.home)) >= FACT_LIMITS.proofs) return proofsFull();
    return ok({ proof: await keep(tx, deps, checked.value, signer, input) });
  });
}

async function keep(
  tx: Tx,
  deps: BaseDeps,
  checked: Checked,
  signer: ProofSigner,
  { proof: text, holderKey }: z.output<typeof ImportProof>,
): Promise<string> {
  const { issuer, kind: vct, until, claims, key } = checked;
  const row = newId(deps.random);
  await insertProof(tx, {
    ...{ id: row, rel: null, is_issued: false, kind: vct, issuer, issuer_key: JSON.stringify(key.jwk) },
    sealed_claims: sealJson(deps, tx.home, 'proof-claims', factsIn(claims)),
    ...{ state: 'held', until_at: until ?? null, made_at: deps.clock.now(), asked: 1, made: 1, wanted: null },
  });
  const { d } = jsonOf(holderKey) as { d: string }; // it was read as a secret key before
  const jwk = { ...signer.key.jwk, d };
  await insertCopies(tx, [
    {
      ...{ proof: row, number: 0, used_at: null },
      sealed_copy: sealText(deps, tx.home, 'proof-copy', text),
      sealed_key: sealJson(deps, tx.home, 'proof-key', jwk),
    },
  ]);
  return row;
}

function jsonOf(text: string): unknown {
  const parsed = parseStrictJson(text);
  return parsed.ok ? parsed.value : undefined;
}

function keyMalformed(field: string): Result<never> {
  const sentence = 'This is not a key as it is written (a JWK, Ed25519 or P-256).';
  return fail('proof-key-malformed', sentence, 'Bring the key as a JWK.', { [field]: sentence });
}

export const Imported = z.object({ proof: id });
