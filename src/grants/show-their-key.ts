import { z } from 'zod';
import type { HomeId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, line } from '../kernel/schema.ts';
import { getCounterpart, signatureOfSide, signedLogOf } from '../parties/index.ts';
import {
  findRecord,
  type RecordRow,
  recordsOf,
  recordToWire,
  type SignedDocument,
  toWire,
  type WireRecord,
} from '../records/index.ts';
import { getRelationshipRow } from '../relationships/index.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import type { GrantTables } from './model.ts';
import { epochAfter } from './standing-rules.ts';

const octets = z.string();
const Document = z.object({
  payload: octets,
  signatures: z.array(z.object({ protected: octets, signature: octets })),
});
const KeyLog = z.object({ identity: Document, changes: z.array(Document) });
export const WireRecordShown = z.object({
  ...{ protected: octets, payload: octets, signature: octets },
  body: octets.optional(),
});

export const ShowTheirKey = z.object({
  relationship: id,
  nonce: z
    .string()
    .regex(/^[\w-]{22}$/)
    .describe('16 random octets (base64url), which the node signs together with the side that is mine.'),
});
export const TheirKeyShown = z.object({
  with: line.describe('What I call them.'),
  agreement: id.describe('What the relationship stands on.'),
  isHere: z
    .boolean()
    .describe(
      'They live on this node, under whichever name: whoever runs it has the key that it is locked to.',
    ),
  epoch: z.int().min(1).describe('The one that something given now is sealed in.'),
  mine: KeyLog,
  own: Document.describe('Which side is mine, and `nonce`, signed with my key; never sent to anybody.'),
  theirs: KeyLog,
  record: WireRecordShown.describe('In which they said the key that things are locked to.'),
});

/**
 * Everything by which a device checks for itself to whom it locks something: both key logs, which of them is mine, and the
 * record with their key. Fails
 * with `relationship-unknown`, and `sealing-key-none` while they have said none.
 */
export async function showTheirKey(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ShowTheirKey>,
): Promise<Result<z.output<typeof TheirKeyShown>>> {
  return deps.storage.read(async (view) => {
    const { home } = actor;
    const found = await getRelationshipRow(view, home, input.relationship);
    if (!found.ok) return found;
    const { id: rel, mine, theirs, agreement, name } = found.value;
    const them = theirs === null ? undefined : await getCounterpart(view, home, theirs);
    const isHere = them !== undefined && deps.ownHosts.has(them.host);
    const log = await logOf(view, home, mine);
    const other = theirs === null ? undefined : await logOf(view, home, theirs);
    const record = await keyRecord(view, home, rel);
    const sides = theirs === null ? undefined : { rel, identity: mine, other: theirs, nonce: input.nonce };
    const own = sides && (await signatureOfSide(view, deps, home, sides));
    if (!log || !own || !other || !record)
      return fail(
        'sealing-key-none',
        'Their Parley has not said yet how to lock something for them.',
        'Try again once they have signed; an older Parley never says it.',
      );
    const stops = await recordsOf(view, home, rel, ['grant-stopped']);
    const epoch = epochAfter(stops.filter((it) => it.is_mine).length);
    return ok({ with: name, agreement, isHere, epoch, mine: log, own: wireOf(own), theirs: other, record });
  });
}

type Log = z.output<typeof KeyLog>;

async function logOf(view: View, home: HomeId, identity: string): Promise<Log | undefined> {
  const log = await signedLogOf(view, home, identity);
  return log && { identity: wireOf(log.identity), changes: log.changes.map(wireOf) };
}

function wireOf(document: SignedDocument): Log['identity'] {
  const { payload, signatures } = toWire(document);
  return { payload, signatures: [...signatures] };
}

type Both = Pick<GrantTables, 'sealing_keys'> & { records: RecordRow };

/** The record in which the other side announced its key last. */
async function keyRecord(view: View, home: HomeId, rel: string): Promise<WireRecord | undefined> {
  const row = await tables<Both>(view)
    .selectFrom('sealing_keys as k')
    .innerJoin('records as r', (join) =>
      join.onRef('r.home_id', '=', 'k.home_id').onRef('r.rel', '=', 'k.rel').onRef('r.place', '=', 'k.place'),
    )
    .select('r.id')
    .where('k.home_id', '=', home)
    .where('k.rel', '=', rel)
    .orderBy('k.place', 'desc')
    .limit(1)
    .executeTakeFirst();
  const record = row && (await findRecord(view, home, rel, row.id));
  return record && recordToWire({ ...record, body: record.body ?? undefined });
}
