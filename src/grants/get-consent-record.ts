import { z } from 'zod';
import { LAST_INSTANT } from '../kernel/clock.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { getCounterpart, getPartyRow } from '../parties/index.ts';
import { findRecord, readRecord, recordBodies } from '../records/index.ts';
import { getRelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { type ConsentRecord, consentRecordOf } from './consent-record.ts';
import { Deleted, Opened } from './content.ts';
import type { GrantRow } from './model.ts';
import { getGrantRow } from './store.ts';

export const GetConsentRecord = z.object({ grant: id });

/** The consent that a grant is, mine or theirs, for whoever has to show it. Fails with `grant-unknown` and `grant-planned`. */
export async function getConsentRecord(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof GetConsentRecord>,
): Promise<Result<ConsentRecord>> {
  return deps.storage.read(async (view) => {
    const row = await getGrantRow(view, actor.home, input.grant);
    if (!row) return fail('grant-unknown', 'There is no such grant.', 'Look at what is shared.');
    if (row.since_at === null)
      return fail(
        'grant-planned',
        'Nothing has been given yet.',
        'It goes out once the other side has signed.',
      );
    const relationship = await getRelationshipRow(view, actor.home, row.rel);
    if (!relationship.ok) return relationship;
    const { mine, theirs, name, agreement } = relationship.value;
    assert(theirs !== null, 'what was given has a receiver');
    const party = await getPartyRow(view, actor.home);
    const [giver, receiver] = row.is_mine ? [mine, theirs] : [theirs, mine];
    const receiverName = row.is_mine ? name : party?.name;
    const host = row.is_mine ? (await getCounterpart(view, actor.home, theirs))?.host : undefined;
    const { deletions, otherPurposes } = await saidByReceiver(view, actor.home, row, receiver);
    const said = {
      given: (await saidAt(view, row, row.record)) ?? row.since_at,
      stopped: (await saidAt(view, row, row.stop_record)) ?? row.stopped_at,
      records: [row.record, row.stop_record, ...deletions].filter((it) => it !== null),
      otherPurposes,
    };
    const sides = { giver, receiver, receiverName, host, agreement };
    return ok(consentRecordOf(row, sides, said, deps.clock.now()));
  });
}

/** The records in which whoever was given it states its deletion, and what else than its purpose it was opened for. */
async function saidByReceiver(
  view: View,
  home: string,
  { id: grant, rel, purpose }: GrantRow,
  receiver: string,
): Promise<{ deletions: string[]; otherPurposes: string[] }> {
  const stated = await recordBodies(view, home, rel, 'grant-deleted');
  const deletions = stated.filter(({ author, body }) => {
    const said = author === receiver ? Deleted.safeParse(body).data : undefined;
    return said?.grants.includes(grant) === true;
  });
  const opened = await recordBodies(view, home, rel, 'grant-opened');
  const purposes = opened.flatMap(({ author, body }) => {
    const said = author === receiver ? Opened.safeParse(body).data : undefined;
    return said?.grant === grant && said.purpose !== purpose ? [said.purpose] : [];
  });
  return { deletions: deletions.map((it) => it.id), otherPurposes: [...new Set(purposes)] };
}

/** When a record was signed, as its author says in it: the same on both sides, whenever it came. */
async function saidAt(
  view: View,
  { home_id: home, rel }: GrantRow,
  id: string | null,
): Promise<number | undefined> {
  const record = id === null ? undefined : await findRecord(view, home, rel, id);
  const payload = record && readRecord({ ...record, body: undefined });
  return payload?.ok ? Math.min(payload.value.at, LAST_INSTANT) : undefined;
}
