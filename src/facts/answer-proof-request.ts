import { z } from 'zod';
import type { JsonObject } from '../kernel/json.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { partyView } from '../parties/index.ts';
import {
  appendRecord,
  type RelationshipDeps,
  type RelationshipRow,
  relationshipFor,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { type Line, linesOf } from './asking/line-rules.ts';
import { Query } from './asking/query.ts';
import { FACT_LIMITS } from './limits.ts';
import type { RequestRow } from './model.ts';
import { ownWordOf } from './own-word.ts';
import { getRequest } from './request-store.ts';
import { type Bound, showHeld, showOwnWord } from './show.ts';

const OwnWord = z.union([z.string().min(1).max(FACT_LIMITS.claimChars), z.int(), z.boolean()]);
const Chosen = z.strictObject({
  line: z.string().max(100),
  proof: id.optional().describe('The proof of yours that says it.'),
  isMoreAgreed: z
    .boolean()
    .optional()
    .describe(
      'True when what the proof also shows (`alsoShows` of that proof in the request) may go out too.',
    ),
  ownWord: OwnWord.optional().describe('Your own word for it, which proves nothing.'),
});
type Chosen = z.infer<typeof Chosen>;

export const AnswerProofRequest = z.object({
  request: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This is not a request.'),
  lines: z
    .array(Chosen)
    .max(FACT_LIMITS.queryProofs * FACT_LIMITS.queryClaims)
    .describe('The lines that you show; all others are refused.'),
});
export const RequestAnswered = z.object({ record: id, shown: z.int(), refused: z.int() });

/**
 * Shows the lines I chose and refuses the others, in one record that both keep. Each proof that is shown uses up one copy.
 * Fails with `proof-request-unknown`, `proof-request-over`, `line-unknown`, `proof-mixed`, `recovery-unseen` and as `show.ts` does.
 */
export async function answerProofRequest(
  deps: RelationshipDeps,
  actor: PartyActor,
  { request, lines: chosen }: z.output<typeof AnswerProofRequest>,
): Promise<Result<z.output<typeof RequestAnswered>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const found = await openRequest(tx, request, deps.clock.now());
    if (!found.ok) return found;
    const relationship = await relationshipFor(tx, found.value.rel, 'speak');
    if (!relationship.ok) return relationship;
    const lines = linesOf(Query.parse(JSON.parse(found.value.query)));
    const groups = groupsOf(lines, chosen);
    if (!groups.ok) return groups;
    const seen = chosen.length === 0 || (await partyView(tx, tx.home)).recovery === 'shown';
    if (!seen) return recoveryUnseen();
    const shown: JsonObject[] = [];
    for (const group of groups.value) {
      const presentation = await showGroup(tx, deps, relationship.value, found.value, group);
      if (isFailure(presentation)) return presentation;
      shown.push({ credential: group.credential, presentation: presentation.value });
    }
    const named = new Set(chosen.map((it) => it.line));
    const refused = lines.filter((line) => !named.has(line.id)).map((line) => line.id);
    const content = { request, shown, refused };
    const record = await appendRecord(tx, deps, relationship.value, 'proof-answered', content);
    return record.ok ? ok({ record: record.value, shown: chosen.length, refused: refused.length }) : record;
  });
}

async function openRequest(tx: Tx, id: string, now: number): Promise<Result<RequestRow>> {
  const found = await getRequest(tx, tx.home, id);
  if (!found.ok) return found;
  const { is_mine: isMine, state, until_at: until } = found.value;
  if (isMine) return fail('proof-request-unknown', 'You asked that yourself.', 'Wait for their answer.');
  if (state !== 'open')
    return fail('proof-request-over', 'You have answered that.', 'Wait until they ask again.');
  if (until < now)
    return fail('proof-request-over', 'The time for an answer is over.', 'Wait until they ask again.');
  return found;
}

/** The lines of one proof of the request that are shown together. */
interface Group {
  readonly credential: string;
  readonly lines: readonly Line[];
  readonly chosen: readonly Chosen[];
}

function groupsOf(lines: readonly Line[], chosen: readonly Chosen[]): Result<Group[]> {
  const groups = new Map<string, { lines: Line[]; chosen: Chosen[] }>();
  for (const choice of chosen) {
    const line = lines.find((it) => it.id === choice.line);
    const isTwice = chosen.filter((it) => it.line === choice.line).length > 1;
    const isOne = (choice.proof === undefined) !== (choice.ownWord === undefined);
    if (!line || isTwice || !isOne)
      return fail('line-unknown', 'One of these lines was not asked for so.', 'Look at the request again.');
    const group = groups.get(line.credential) ?? { lines: [], chosen: [] };
    groups.set(line.credential, {
      lines: [...group.lines, line],
      chosen: [...group.chosen, choice],
    });
  }
  const made = [...groups].map(([credential, group]) => ({ credential, ...group }));
  const isMixed = made.some((it) => new Set(it.chosen.map((one) => one.proof)).size > 1);
  if (isMixed) {
    return fail(
      'proof-mixed',
      'Facts that are asked for together are shown from one proof.',
      'Choose one of your proofs for them, or refuse some.',
    );
  }
  return ok(made);
}

async function showGroup(
  tx: Tx,
  deps: RelationshipDeps,
  relationship: RelationshipRow,
  request: RequestRow,
  { credential, lines, chosen }: Group,
): Promise<Result<string>> {
  assert(relationship.theirs, 'an open relationship has two sides');
  const to: Bound = { audience: ownWordOf(relationship.theirs), nonce: request.id, at: deps.clock.now() };
  const [first] = chosen;
  if (first?.proof !== undefined) {
    const shown = lines.map((line, i) => ({ line, isMoreAgreed: chosen[i]?.isMoreAgreed === true }));
    return showHeld(tx, deps, first.proof, shown, to);
  }
  const words = lines.map((line, i) => ({ path: line.path, value: chosen[i]?.ownWord ?? false }));
  const kind = lines[0]?.kinds[0] ?? '';
  return showOwnWord(tx, deps, relationship, { kind, words, name: `${request.id}/${credential}` }, to);
}

function recoveryUnseen(): Result<never> {
  return fail(
    'recovery-unseen',
    'Before anything of yours goes out, write down your recovery code.',
    'Look at the recovery code, write it down, then answer.',
  );
}
