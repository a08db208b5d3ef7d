import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { CancelMove, cancelMove } from './cancel-move.ts';
import type { MovingDeps } from './deps.ts';
import { Invited, InviteParty, inviteParty } from './invite-party.ts';
import { InvitationList, ListInvitations, listInvitations } from './list-move-invitations.ts';
import { Move } from './model.ts';
import { MoveParty, moveParty } from './move-party.ts';
import { MoveShown, ShowMove, showMove } from './show-move.ts';
import { TakeIntoUse, TakenIntoUse, takeIntoUse } from './take-into-use.ts';
import { WithdrawInvitation, withdrawInvitation } from './withdraw-move-invitation.ts';

const room = 'moving';

export const operations: readonly Operation<MovingDeps>[] = [
  openOperation('operator', {
    name: 'invite-party',
    room,
    summary: 'Let one party move to this node: a code to give to whoever moves.',
    effect: 'writes',
    input: InviteParty,
    output: Invited,
    run: inviteParty,
  }),
  openOperation('operator', {
    name: 'list-move-invitations',
    room,
    summary: 'Whom this node has let come, and how far each is.',
    effect: 'reads',
    input: ListInvitations,
    output: InvitationList,
    run: listInvitations,
  }),
  openOperation('operator', {
    name: 'withdraw-move-invitation',
    room,
    summary: 'Let nobody come with an invitation any more; a copy that came with it is removed.',
    effect: 'writes',
    input: WithdrawInvitation,
    output: Move,
    run: withdrawInvitation,
  }),
  partyOperation({
    name: 'move-party',
    room,
    summary: 'Move to another node with everything; you are paused here until it is there.',
    effect: 'binds',
    isPersonal: true,
    input: MoveParty,
    output: Move,
    run: moveParty,
  }),
  partyOperation({
    name: 'show-move',
    room,
    summary: 'Where your move stands, on either node, and what you can do.',
    effect: 'reads',
    input: ShowMove,
    output: MoveShown,
    run: showMove,
  }),
  partyOperation({
    name: 'cancel-move',
    room,
    summary: 'Take the move back before it is handed over; you act from this node again at once.',
    effect: 'binds',
    isPersonal: true,
    input: CancelMove,
    output: Move,
    run: cancelMove,
  }),
  partyOperation({
    name: 'take-into-use',
    room,
    summary: 'Act from this node from now on, after the node you came from has handed over.',
    effect: 'binds',
    isPersonal: true,
    input: TakeIntoUse,
    output: TakenIntoUse,
    run: takeIntoUse,
  }),
];
