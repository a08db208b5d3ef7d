import { z } from 'zod';
import { hashId, toBase64url } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, instant, line } from '../kernel/schema.ts';
import { getPartyRow, newIdentity } from '../parties/index.ts';
import { documentId, keepDocument, type SignedDocument, signDocument } from '../records/index.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { rosterId } from '../terms/index.ts';
import { writeCode } from './code.ts';
import { wireJson } from './documents.ts';
import { INVITATION_LIMITS } from './limits.ts';
import { INVITATION, Note } from './model.ts';
import { ofSample } from './of-sample.ts';
import { countOpen, insertInvitation } from './store.ts';

const DAY_MS = 86_400_000;

export const InvitePerson = z.object({
  note: Note.default('').describe('Words that go with it.'),
  terms: rosterId.default('TPR').describe('The terms that will hold between you two.'),
  until: instant.optional().describe('Nobody can accept it after this; two weeks from now when left out.'),
  name: line.optional().describe('What you are called in it; your own name when left out.'),
});
export const Invited = z.object({
  id,
  code: z.string().describe('Whoever has it can accept, once. It is shown now and never again.'),
  until: instant,
  isFromHereOnly: z.boolean().describe('True when other nodes cannot reach this one.'),
});

type Input = z.output<typeof InvitePerson>;

/**
 * A one-time invitation to one person, with an identity that nobody else ever sees. Nothing is sent: I hand over the
 * code. Fails with `until-unfit`, `invitations-full`, `sample-stays` and as newIdentity does.
 */
export async function invitePerson(
  deps: RelationshipDeps & { readonly publicOrigin: string | undefined },
  actor: PartyActor,
  input: Input,
): Promise<Result<z.output<typeof Invited>>> {
  const now = deps.clock.now();
  const until = input.until ?? now + INVITATION_LIMITS.days * DAY_MS;
  if (until <= now || until > now + INVITATION_LIMITS.daysAtMost * DAY_MS) {
    const sentence = `An invitation waits until a moment within ${INVITATION_LIMITS.daysAtMost} days.`;
    return fail('until-unfit', sentence, 'Choose another moment.', { until: sentence });
  }
  const secret = deps.random.bytes(16);
  return deps.storage.transact(actor.home, async (tx) => {
    const party = await getPartyRow(tx, tx.home);
    if (party?.sample != null) return ofSample();
    if ((await countOpen(tx, tx.home, now)) >= INVITATION_LIMITS.open) {
      return fail(
        'invitations-full',
        'As many invitations as may wait are waiting.',
        'Withdraw some of them first.',
      );
    }
    const name = input.name ?? party?.name ?? '';
    const document = await signInvitation(tx, deps, { ...input, name, until }, secret);
    if (!document.ok) return document;
    const code = writeCode(document.value, secret);
    return ok({
      id: documentId(document.value),
      code,
      until,
      isFromHereOnly: deps.publicOrigin === undefined,
    });
  });
}

async function signInvitation(
  tx: Tx,
  deps: RelationshipDeps,
  said: { readonly name: string; readonly note: string; readonly terms: string; readonly until: number },
  secret: Uint8Array,
): Promise<Result<SignedDocument>> {
  const me = await newIdentity(tx, deps, 'relationship');
  if (!me.ok) return me;
  const now = deps.clock.now();
  const { name, note, terms, until } = said;
  const hash = hashId(secret);
  const document = signDocument(
    {
      type: INVITATION,
      v: 1,
      identity: wireJson(me.value.document),
      ...{ name, note, terms, until, secret: hash, at: now },
      salt: toBase64url(deps.random.bytes(16)),
    },
    me.value.key,
  );
  const id = await keepDocument(tx, INVITATION, document, now);
  await insertInvitation(tx, {
    ...{ id, name, note, terms },
    identity: me.value.id,
    secret_hash: hash,
    document: JSON.stringify(wireJson(document)),
    state: 'open',
    relationship: null,
    until_at: until,
    made_at: now,
  });
  return ok(document);
}
