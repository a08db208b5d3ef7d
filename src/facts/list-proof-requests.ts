import { z } from 'zod';
import type { JsonObject } from '../kernel/json.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { answers, type Line, linesOf, valueAt } from './asking/line-rules.ts';
import { Query } from './asking/query.ts';
import { alsoShown, readWhole, type Whole } from './asking/reveals.ts';
import { verdictOf, worthOf } from './asking/worth.ts';
import { issuerView, type Known } from './issuer-view.ts';
import { FACT_LIMITS } from './limits.ts';
import { Outcome, ProofRequest, type RequestLine, type RequestRow } from './model.ts';
import { requestsOf } from './request-store.ts';
import { openJson, openText } from './sealed.ts';
import { copiesOf, copyCounts, heldProofs, issuersOf } from './store.ts';
import { factWords, kindWords, valueWords } from './words.ts';

export const ListProofRequests = z.object({ relationship: id });
export const ProofRequestList = z.object({ rows: z.array(ProofRequest) });

/** A proof of mine as a line can be answered with it. */
interface Held {
  readonly id: string;
  readonly kind: string;
  readonly issuer: string;
  readonly claims: JsonObject;
  readonly copies: number;
  /** Of one that was imported; those that were made here hide each fact by itself. */
  readonly whole: Whole | undefined;
}

/** What either side asked to be shown in a relationship, line by line, with what came of it; the newest first. */
export async function listProofRequests(
  deps: BaseDeps,
  actor: PartyActor,
  { relationship }: z.output<typeof ListProofRequests>,
): Promise<Result<z.output<typeof ProofRequestList>>> {
  return deps.storage.read(async (view) => {
    const rows = await requestsOf(view, actor.home, relationship, FACT_LIMITS.requests);
    const known = { rows: await issuersOf(view, actor.home), at: deps.clock.now() };
    const isToAnswer = rows.some((row) => !row.is_mine && row.state === 'open');
    const held = isToAnswer ? await heldOf(view, deps, actor.home, known) : [];
    return ok({ rows: rows.map((row) => requestView(row, held, known)) });
  });
}

async function heldOf(view: View, deps: BaseDeps, home: string, known: Known): Promise<Held[]> {
  const now = deps.clock.now();
  const rows = (await heldProofs(view, home)).filter((row) => row.until_at === null || row.until_at > now);
  const counts = await copyCounts(
    view,
    home,
    rows.map((row) => row.id),
  );
  const found: Held[] = [];
  for (const { id, kind, issuer, rel, sealed_claims: sealed } of rows) {
    const count = counts.get(id) ?? { left: 0, used: 0 };
    const copies = rel === null ? count.left + count.used : count.left;
    const claims = { ...openJson(deps, home, 'proof-claims', sealed), iss: issuer, vct: kind };
    const { name } = issuerView(issuer, undefined, known);
    const whole = rel === null ? await wholeOf(view, deps, home, id) : undefined;
    if (copies > 0) found.push({ id, kind, issuer: name, claims, copies, whole });
  }
  return found;
}

async function wholeOf(view: View, deps: BaseDeps, home: string, proof: string): Promise<Whole | undefined> {
  const [copy] = await copiesOf(view, home, proof);
  return copy?.sealed_copy ? readWhole(openText(deps, home, 'proof-copy', copy.sealed_copy)) : undefined;
}

function requestView(row: RequestRow, held: readonly Held[], knownNow: Known): ProofRequest {
  const { is_mine: isMine, until_at: until, answered_at: answeredAt } = row;
  const outcome = row.answer === null ? undefined : Outcome.parse(JSON.parse(row.answer));
  // What was proven when it came stays so; what was looked up long before that proves nothing.
  const known = { ...knownNow, at: outcome?.at ?? knownNow.at };
  const query = Query.parse(JSON.parse(row.query));
  const isOver = row.state === 'open' && until < knownNow.at;
  return {
    ...{ id: row.id, relationship: row.rel, isMine, purpose: row.purpose, at: row.at, until },
    state: isOver ? 'expired' : row.state,
    ...(answeredAt !== null && { answeredAt }),
    lines: linesOf(query).map((line) => lineView(line, isMine, isMine ? [] : held, known, outcome)),
    ...(outcome && { verdict: verdictOf(query, outcome, known, isMine) }),
    proofs: (outcome?.presented ?? []).map((it) => ({
      credential: it.credential,
      name: kindWords(it.kind ?? '') || it.credential,
      issuer: issuerView(it.issuer ?? '', it.key, known),
      ...(it.problem && { problem: it.problem.message }),
    })),
  };
}

function lineView(
  line: Line,
  isMine: boolean,
  held: readonly Held[],
  known: Known,
  outcome: Outcome | undefined,
): RequestLine {
  const able = held.filter((it) => answers(line, it.kind, it.claims));
  const presented = outcome?.presented.find((it) => it.credential === line.credential);
  const fact = presented?.facts.find((it) => it.line === line.id);
  const worth = presented && worthOf(presented, known, isMine);
  return {
    id: line.id,
    says: factWords(line.path, isMine ? 'they' : 'you'),
    kinds: line.kinds.map(kindWords),
    isOptional: line.isOptional,
    ...(line.values && { wanted: line.values.map(valueWords) }),
    candidates: able.map(({ id: proof, issuer, claims, copies, whole }) => {
      const value = line.path.length === 0 ? '' : valueWords(valueAt(claims, line.path) ?? null);
      const more = whole ? alsoShown(whole, line.path) : [];
      const alsoShows = more.map((path) => ({ path: [...path], says: factWords(path, 'you') }));
      return { proof, issuer, value, copies, isImported: whole !== undefined, alsoShows };
    }),
    outcome: outcomeOf(outcome, worth, fact !== undefined),
    // What does not hold says nothing.
    ...(fact?.value !== undefined && worth !== 'broken' && { value: valueWords(fact.value) }),
  };
}

function outcomeOf(
  outcome: Outcome | undefined,
  worth: ReturnType<typeof worthOf> | undefined,
  isShown: boolean,
): RequestLine['outcome'] {
  if (!outcome) return 'waiting';
  if (worth === 'broken') return 'broken';
  return isShown && worth ? worth : 'refused';
}
