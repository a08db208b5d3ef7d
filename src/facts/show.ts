import type { Instant } from '../kernel/clock.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import { assert, type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { oneUseKey, ownIdentity } from '../parties/index.ts';
import { isObject } from '../records/index.ts';
import type { RelationshipDeps, RelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { answers, type Line } from './asking/line-rules.ts';
import { alsoShown, type Whole } from './asking/reveals.ts';
import { copyKey } from './copy-key.ts';
import type { CopyRow, ProofRow } from './model.ts';
import { ownWordOf } from './own-word.ts';
import { checkProof } from './sd-jwt/check.ts';
import { ed25519Signer, type ProofSigner, readProofKey, readProofSigner } from './sd-jwt/keys.ts';
import { disclosuresFor, issueProof, showProof } from './sd-jwt/make.ts';
import { openJson, openText } from './sealed.ts';
import { copiesOf, getProof, updateCopy } from './store.ts';
import { factWords } from './words.ts';

/** To whom something is shown, in answer to what. */
export interface Bound {
  readonly audience: string;
  readonly nonce: string;
  readonly at: Instant;
}

/** A line that is shown, and whether what goes out with it was agreed to. */
interface ToShow {
  readonly line: Line;
  readonly isMoreAgreed: boolean;
}

/**
 * Shows these lines of a proof of mine, and uses up a copy: whoever issued it gave me several, so that two who compare what
 * they saw find nothing in common. Fails with `proof-unknown`, `proof-unasked`, `proof-shows-more`, `copies-spent` and as
 * `checkProof` does.
 */
export async function showHeld(
  tx: Tx,
  deps: BaseDeps,
  id: string,
  shown: readonly ToShow[],
  to: Bound,
): Promise<Result<string>> {
  const row = await getProof(tx, tx.home, id);
  if (!row || row.is_issued || row.state !== 'held')
    return fail('proof-unknown', 'You have no such proof.', 'Look at the list of your proofs.');
  const copies = await copiesOf(tx, tx.home, id);
  const copy = copies.find((it) => it.used_at === null) ?? copies.find((it) => it.sealed_copy !== null);
  if (!copy?.sealed_copy) {
    return fail(
      'copies-spent',
      'Every copy of this proof was shown to somebody.',
      'Ask for more copies, then answer.',
    );
  }
  const text = openText(deps, tx.home, 'proof-copy', copy.sealed_copy);
  const checked = checkProof(text, to.at, issuerKeyOf(row));
  if (!checked.ok) return checked;
  const { claims, kind, parts } = checked.value;
  if (!shown.every(({ line }) => answers(line, kind, claims)))
    return fail('proof-unasked', 'That proof does not say what was asked for.', 'Choose another one.');
  const more = moreOf({ payload: parts.issued.payload, placed: checked.value.placed }, shown);
  if (more) return more;
  await spend(tx, row, copy, to.at);
  const disclosures = disclosuresFor(
    checked.value,
    shown.map(({ line }) => line.path).filter((path) => path.length > 0),
  );
  const signer = await signerOf(tx, deps, row, copy);
  return ok(showProof(parts.issued.text, disclosures, to, signer));
}

/** Nobody shows unawares what was not asked for: an issuer may have put facts together, or hidden none. */
function moreOf(whole: Whole, shown: readonly ToShow[]): Failure | undefined {
  const paths = shown.map(({ line }) => line.path);
  const more = shown.flatMap(({ line, isMoreAgreed }) =>
    isMoreAgreed ? [] : alsoShown(whole, line.path, paths),
  );
  if (more.length === 0) return undefined;
  const words = [...new Set(more.map((path) => factWords(path, 'you')))].join(', ');
  return fail(
    'proof-shows-more',
    `That proof also shows ${words}, which goes out with what was asked for.`,
    'Agree to that line by line, or refuse.',
  );
}

/** One that was imported has no other copies: it stays, and whoever compares can tell that it is the same. */
async function spend(tx: Tx, row: ProofRow, copy: CopyRow, at: Instant): Promise<void> {
  await updateCopy(tx, copy, { used_at: at, ...(row.rel !== null && { sealed_copy: null }) });
}

async function signerOf(tx: Tx, deps: BaseDeps, row: ProofRow, copy: CopyRow): Promise<ProofSigner> {
  if (copy.sealed_key === null) return ed25519Signer(await copyKey(tx, deps, row.id, copy.number));
  const signer = readProofSigner(openJson(deps, tx.home, 'proof-key', copy.sealed_key));
  assert(signer, 'the key of a proof was read when it was imported');
  return signer;
}

function issuerKeyOf({ issuer_key: jwk }: ProofRow) {
  return jwk === null ? undefined : readProofKey(JSON.parse(jwk));
}

const DAY_MS = 86_400_000;

interface Words {
  readonly kind: string;
  readonly words: readonly { readonly path: readonly string[]; readonly value: Json }[];
  /** Of the key that it is bound to, which is used once. */
  readonly name: string;
}

/** What I say of myself, in the same form: signed by the key that speaks for me in this relationship, and nowhere else. */
export async function showOwnWord(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  { kind, words, name }: Words,
  to: Bound,
): Promise<Result<string>> {
  const me = await ownIdentity(tx, deps, relationship.mine);
  assert(me, 'my identity in a relationship is kept');
  const holder = ed25519Signer(await oneUseKey(tx, deps, `own-word/${name}`));
  const what = {
    ...{ issuer: ownWordOf(me.id), kid: me.key.kid, kind },
    ...{ claims: claimsOf(words), issued: to.at, until: to.at + DAY_MS },
  };
  const issued = issueProof(what, holder.key, ed25519Signer(me.key), deps.random);
  const [jwt = '', ...rest] = issued.split('~');
  return ok(showProof(jwt, rest.slice(0, -1), to, holder));
}

/** Values at their paths, as one object. */
function claimsOf(words: Words['words']): JsonObject {
  const claims: JsonObject = {};
  for (const { path, value } of words) {
    let at = claims;
    for (const name of path.slice(0, -1)) {
      const inner = Object.hasOwn(at, name) ? at[name] : undefined;
      at = set(at, name, isObject(inner) ? inner : {});
    }
    const last = path.at(-1);
    if (last !== undefined) set(at, last, value);
  }
  return claims;
}

/** A member of any name, `__proto__` too. */
function set<T extends Json>(object: JsonObject, name: string, value: T): T {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  return value;
}
