import { type Operation, partyOperation } from '../kernel/operation.ts';
import type { NetworkDeps } from '../network/index.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { AcceptInvitation, acceptInvitation, InvitationAccepted } from './accept-invitation.ts';
import { AcceptanceAnswered, AnswerAcceptance, answerAcceptance } from './answer-acceptance.ts';
import { Invited, InvitePerson, invitePerson } from './invite-person.ts';
import { Invitations, InvitationView, ListInvitations, listInvitations } from './list-invitations.ts';
import { InvitationRead, ReadInvitation, readInvitation } from './read-invitation.ts';
import { WithdrawInvitation, withdrawInvitation } from './withdraw-invitation.ts';

const room = 'invitations';

export const operations: readonly Operation<RelationshipDeps & NetworkDeps>[] = [
  partyOperation({
    name: 'invite-person',
    room,
    summary: 'Invite one person to know you, on your terms: a code that you hand to them, good once.',
    effect: 'binds',
    input: InvitePerson,
    output: Invited,
    run: invitePerson,
  }),
  partyOperation({
    name: 'read-invitation',
    room,
    summary: 'Who invites you and on which terms, read from the code alone; nothing is sent.',
    effect: 'reads',
    input: ReadInvitation,
    output: InvitationRead,
    run: readInvitation,
  }),
  partyOperation({
    name: 'accept-invitation',
    room,
    summary: 'Sign what will hold between you two, and ask them to sign it too.',
    effect: 'binds',
    input: AcceptInvitation,
    output: InvitationAccepted,
    run: acceptInvitation,
  }),
  partyOperation({
    name: 'answer-acceptance',
    room,
    summary: 'Sign with whoever accepted your invitation, or say no.',
    effect: 'binds',
    input: AnswerAcceptance,
    output: AcceptanceAnswered,
    run: answerAcceptance,
  }),
  partyOperation({
    name: 'list-invitations',
    room,
    summary: 'Your invitations, and what became of them.',
    effect: 'reads',
    input: ListInvitations,
    output: Invitations,
    run: listInvitations,
  }),
  partyOperation({
    name: 'withdraw-invitation',
    room,
    summary: 'Take an invitation back that nobody has accepted.',
    effect: 'writes',
    input: WithdrawInvitation,
    output: InvitationView,
    run: withdrawInvitation,
  }),
];
