import { z } from 'zod';
import { toBase64url } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, ok, type Result } from '../kernel/result.ts';
import { id, instant, line } from '../kernel/schema.ts';
import { type RelationshipDeps, relationshipOfOffer } from '../relationships/index.ts';
import { conflicts, findTerms, profferedTerms } from '../terms/index.ts';
import { readCode } from './code.ts';
import { INVITATION_LIMITS } from './limits.ts';
import { Note } from './model.ts';
import { findInvitation } from './store.ts';

export const code = z
  .string()
  .max(INVITATION_LIMITS.codeChars)
  .describe('The whole code; what stands before it in an address does no harm.');

export const ReadInvitation = z.object({ code });
export const InvitationRead = z.object({
  id,
  /** What they call themselves, the node they are at, and the key that signed it. */
  from: z.object({ name: line, host: z.string(), identity: id, key: id }),
  note: Note,
  terms: z.object({
    id: z.string(),
    name: z.string(),
    plain: z.array(z.object({ line: z.string(), effect: z.enum(['allows', 'forbids']) })),
  }),
  /** Why these terms would go against mine, in words; terms between two people compare with nothing else. */
  conflicts: z.array(z.string()),
  until: instant,
  state: z.enum(['open', 'late', 'mine', 'accepted']),
  plain: z.array(z.string()).describe('What accepting would send, and to whom.'),
});

/** Who invites me and on which terms, read from the code alone: nothing is sent to anybody. */
export async function readInvitation(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof ReadInvitation>,
): Promise<Result<z.output<typeof InvitationRead>>> {
  const opened = readCode(input.code);
  if (!opened.ok) return opened;
  const { id: invitation, value, inviter } = opened.value;
  const terms = findTerms(value.terms);
  assert(terms, 'its schema has looked the terms up');
  return deps.storage.read(async (view) => {
    const isMine = (await findInvitation(view, actor.home, invitation)) !== undefined;
    const isAccepted = (await relationshipOfOffer(view, actor.home, invitation)) !== undefined;
    const isLate = value.until <= deps.clock.now();
    const from = {
      name: value.name,
      host: inviter.host,
      identity: inviter.id,
      key: toBase64url(inviter.nodeKey),
    };
    return ok({
      id: invitation,
      from,
      note: value.note,
      terms: {
        id: terms.id,
        name: terms.name,
        plain: terms.plain.map(({ line: words, effect }) => ({ line: words, effect })),
      },
      conflicts:
        terms.family === 'personal' ? [] : conflicts((await profferedTerms(view, actor.home)).ids, terms.id),
      until: value.until,
      state: isMine
        ? ('mine' as const)
        : isAccepted
          ? ('accepted' as const)
          : isLate
            ? ('late' as const)
            : ('open' as const),
      plain: [
        `Whoever gave you this calls themselves ${value.name}. Only the way it came to you shows that it is them.`,
        `Accepting tells their node, ${inviter.host}, an identity made for them alone, the address of this node, and the name that you give yourself there.`,
        'They see it and may still say no.',
      ],
    });
  });
}
