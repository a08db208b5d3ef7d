import { z } from 'zod';
import { toBase64url } from '../kernel/bytes.ts';
import { fail, ok } from '../kernel/result.ts';
import { getCounterpart, keysOf, keysOfOwn } from '../parties/index.ts';
import { eraseBody } from '../records/index.ts';
import { type RecordReader, type RelationshipRow, recordReader } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { judge } from './asking/judge.ts';
import { Query } from './asking/query.ts';
import { Answered, Asked } from './content.ts';
import { FACT_LIMITS } from './limits.ts';
import { Outcome, type RequestRow } from './model.ts';
import { ownWordOf } from './own-word.ts';
import {
  countRequests,
  dropRequest,
  getRequest,
  insertRequest,
  requestsOf,
  updateRequest,
} from './request-store.ts';

export const askReader: RecordReader = recordReader({
  type: 'proof-asked',
  v: 1,
  content: Asked,
  async apply(tx, _deps, { relationship, id, isMine, content, at }) {
    if ((await countRequests(tx, tx.home, relationship.id)) >= FACT_LIMITS.requests)
      return fail('proof-requests-full', 'Too much was asked here before.', 'Write them a message.');
    const { query, purpose, until } = content;
    await insertRequest(tx, {
      ...{ id, rel: relationship.id, is_mine: isMine, query: JSON.stringify(query), purpose },
      ...{ state: 'open', until_at: until, at, answered_at: null, answer: null, answer_record: null },
    });
    return ok(undefined);
  },
  undo: (tx, _deps, { id }) => dropRequest(tx, id),
});

export const answerReader: RecordReader = recordReader({
  type: 'proof-answered',
  v: 1,
  content: Answered,
  async apply(tx, deps, { relationship, id: record, isMine, content, at }) {
    const found = await getRequest(tx, tx.home, content.request);
    if (!found.ok) return found;
    const row = found.value;
    if (row.rel !== relationship.id || row.is_mine === isMine)
      return fail('proof-request-unknown', 'Nobody has asked that here.', 'Nothing was changed.');
    if (row.state !== 'open')
      return fail('proof-request-over', 'That was answered before.', 'Nothing was changed.');
    const by = isMine ? relationship.mine : (relationship.theirs ?? '');
    const outcome = judge({
      query: Query.parse(JSON.parse(row.query)),
      ...{ nonce: row.id, since: row.at, now: deps.clock.now(), shown: content.shown },
      ...{ by, keys: await keysThatSpeak(tx, relationship, isMine) },
      audience: ownWordOf((isMine ? relationship.theirs : relationship.mine) ?? ''),
    });
    const answer = JSON.stringify(outcome);
    await updateRequest(tx, row.id, { state: 'answered', answered_at: at, answer, answer_record: record });
    return ok(undefined);
  },
  undo: (tx, _deps, { content }) =>
    updateRequest(tx, content.request, {
      ...{ state: 'open', answered_at: null, answer: null, answer_record: null },
    }),
});

/** Every key that the one who answers has signed with here. */
async function keysThatSpeak(tx: Tx, { mine, theirs }: RelationshipRow, isMine: boolean): Promise<string[]> {
  if (isMine) return (await keysOfOwn(tx, tx.home, mine)).map(toBase64url);
  const other = theirs === null ? undefined : await getCounterpart(tx, tx.home, theirs);
  return other ? (await keysOf(tx, tx.home, other)).map(toBase64url) : [];
}

/** With the relationship ends what was shown in it: whether it held stays, and what it said goes, on both sides. */
export const endReader: RecordReader = recordReader({
  type: 'relationship-ended',
  v: 1,
  content: z.object({ salt: z.string() }),
  async apply(tx, _deps, { relationship }) {
    for (const row of await requestsOf(tx, tx.home, relationship.id, FACT_LIMITS.requests))
      if (row.answer !== null) await forgetValues(tx, row);
    return ok(undefined);
  },
});

async function forgetValues(tx: Tx, { id, rel, answer, answer_record: record }: RequestRow): Promise<void> {
  const { presented, ...rest } = Outcome.parse(JSON.parse(answer ?? ''));
  const bare: Outcome = {
    ...rest,
    presented: presented.map((it) => ({ ...it, facts: it.facts.map(({ line }) => ({ line })) })),
  };
  if (record !== null) await eraseBody(tx, rel, record);
  await updateRequest(tx, id, { answer: JSON.stringify(bare) });
}
