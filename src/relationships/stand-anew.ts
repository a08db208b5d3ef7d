import { assert } from '../kernel/result.ts';
import { getDocument, parsePayload, readDocument, recordsOf } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import { Expectations } from './expectations.ts';
import type { RelationshipRow } from './model.ts';
import { type Act, afterAct } from './rules.ts';
import { findRelationship, updateRelationship } from './store.ts';

const ACTS: Readonly<Record<string, Act>> = {
  'relationship-paused': 'pause',
  'relationship-resumed': 'resume',
  'relationship-ended': 'end',
};

/** Works out from the records that are left how a relationship stands, as if it had only now been founded. */
export async function standAnew(tx: Tx, id: string): Promise<void> {
  const row = await findRelationship(tx, tx.home, id);
  // Before both have signed nothing stands, and a sample ends without a record.
  if (!row || row.state === 'asked' || row.state === 'refused' || row.ended_by === 'sample') return;
  let now: Pick<RelationshipRow, 'state' | 'paused_by' | 'ended_by'> = {
    state: 'active',
    paused_by: null,
    ended_by: null,
  };
  for (const { type, is_mine: isMine } of await recordsOf(tx, tx.home, id, Object.keys(ACTS))) {
    const act = ACTS[type];
    const next = act && afterAct(now, act, isMine);
    if (!next?.ok) continue;
    const by = isMine ? 'mine' : 'theirs';
    now = { ...next.value, ended_by: act === 'end' ? by : null };
  }
  await updateRelationship(tx, id, now);
}

/** The same of what each side expects, which began with the agreement. */
export async function expectAnew(tx: Tx, id: string): Promise<void> {
  const row = await findRelationship(tx, tx.home, id);
  assert(row, 'what was said in a relationship was said in one that is here');
  const first = await agreedOn(tx, row);
  const now = {
    expectations: row.side === 'buyer' ? first.words : '',
    their_expectations: row.side === 'seller' ? first.words : '',
    review_day: first.day,
  };
  for (const { is_mine: isMine, body } of await recordsOf(tx, tx.home, id, ['expectations'])) {
    const said = body === null ? undefined : parsePayload(body);
    const read = Expectations.safeParse(said?.ok ? said.value : undefined);
    if (!read.success) continue;
    now[isMine ? 'expectations' : 'their_expectations'] = read.data.words;
    now.review_day = read.data.reviewDay ?? now.review_day;
  }
  await updateRelationship(tx, id, now);
}

/** What the buyer expected in the agreement, and its day; two who met by an invitation had said nothing yet. */
async function agreedOn(
  tx: Tx,
  { home_id: home, agreement }: RelationshipRow,
): Promise<{ words: string; day: string | null }> {
  const document = await getDocument(tx, home, agreement);
  assert(document, 'a relationship keeps what it stands on');
  const read = readDocument(document, 'agreement', 1);
  if (!read.ok) return { words: '', day: null };
  const { expectations, reviewDay } = read.value;
  return {
    words: typeof expectations === 'string' ? expectations : '',
    day: typeof reviewDay === 'string' ? reviewDay : null,
  };
}
