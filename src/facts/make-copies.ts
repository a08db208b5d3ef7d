import { publicSigner } from '../discovery/index.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { assert, fail, ok } from '../kernel/result.ts';
import { appendRecord, getRelationshipRow, type RelationshipDeps } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { FACT_LIMITS } from './limits.ts';
import type { ProofRow } from './model.ts';
import { ed25519Key, ed25519Signer } from './sd-jwt/keys.ts';
import { issueProof } from './sd-jwt/make.ts';
import { openJson } from './sealed.ts';
import { homesWithWanted, wantedOf } from './store.ts';

/** What wakes whoever makes copies: somebody has asked for some. */
export const WANTED = 'proofs-wanted';

/** Makes what somebody asked for of the proofs of a home; what cannot be signed now waits. Twice is once. */
export async function makeCopies(deps: RelationshipDeps, home: HomeId): Promise<number> {
  const waiting = await deps.storage.read((view) => wantedOf(view, home, deps.clock.now()));
  let made = 0;
  for (const { id, wanted } of waiting) {
    // What was asked for twice before anything could be signed is made in two times.
    for (let rest = keysIn(wanted).length; rest > 0; rest -= FACT_LIMITS.copiesAtOnce) {
      // Taken back as a whole where it cannot be said now: the other side may have paused, or ended it.
      const sent = await deps.storage.transact(home, async (tx) => {
        const row = (await wantedOf(tx, home, deps.clock.now())).find((it) => it.id === id);
        return row ? sendCopies(tx, deps, row) : ok('nothing');
      });
      if (sent.ok) made++;
    }
  }
  return made;
}

async function sendCopies(tx: Tx, deps: RelationshipDeps, row: ProofRow) {
  const me = await publicSigner(tx, deps);
  if (!me.ok) return me;
  const relationship = row.rel === null ? undefined : await getRelationshipRow(tx, tx.home, row.rel);
  if (!relationship?.ok || relationship.value.state !== 'active')
    return fail('relationship-state', 'This relationship is not open now.', 'Wait until it is.');
  const { did, kid, key } = me.value;
  const claims = openJson(deps, tx.home, 'proof-claims', row.sealed_claims);
  assert(row.until_at !== null, 'what is issued here has an end');
  const what = { issuer: did, kid, kind: row.kind, claims, issued: deps.clock.now(), until: row.until_at };
  const keys = keysIn(row.wanted).slice(0, FACT_LIMITS.copiesAtOnce);
  const copies = keys.map((holder) => issueProof(what, ed25519Key(holder), ed25519Signer(key), deps.random));
  return appendRecord(tx, deps, relationship.value, 'proof-issued', { proof: row.id, copies });
}

function keysIn(wanted: ProofRow['wanted']): Uint8Array[] {
  const keys: readonly string[] = JSON.parse(wanted ?? '[]');
  return keys.flatMap((key) => fromBase64url(key) ?? []);
}

/** Something that works by itself until it is stopped. */
interface Service {
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes copies as soon as somebody asks. Not in the transaction that takes the question: that may be one of several records
 * which are told after a backup, among which nothing of mine may be signed.
 */
export function startCopying(deps: RelationshipDeps): Service {
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const round = async (now: Instant): Promise<void> => {
    if (isStopped) return;
    for (const home of await deps.storage.read((view) => homesWithWanted(view, now)))
      await makeCopies(deps, home);
  };
  deps.storage.listen(WANTED, () => {
    running = running.then(() => round(deps.clock.now())).catch(() => deps.log('proofs.stumbled'));
  });
  return {
    idle: () => running,
    async stop() {
      isStopped = true;
      await running;
    },
  };
}
