import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { ActAsSample, actAsSample } from './act-as-sample.ts';
import { ChangePassphrase, changePassphrase, PassphraseChanged } from './change-passphrase.ts';
import { ClaimNode, claimNode, NodeClaimed } from './claim-node.ts';
import { ConfirmRecoveryCode, confirmRecoveryCode } from './confirm-recovery-code.ts';
import { CreateParty, createParty } from './create-party.ts';
import { CreateToken, createToken, NewToken } from './create-token.ts';
import { EndSession, endSession } from './end-session.ts';
import { listSessions, SessionList } from './list-sessions.ts';
import { listTokens, TokenList } from './list-tokens.ts';
import { Party } from './model.ts';
import { RecoverParty, recoverParty } from './recover-party.ts';
import { RenameParty, renameParty } from './rename-party.ts';
import { RevokeToken, revokeToken } from './revoke-token.ts';
import { RecoveryCode, ShowRecoveryCode, showRecoveryCode } from './show-recovery-code.ts';
import { SignIn, signIn } from './sign-in.ts';
import { SignedOut, SignOut, signOut } from './sign-out.ts';
import { WhoIAm, whoAmI } from './who-am-i.ts';

const open: readonly Operation<BaseDeps>[] = [
  openOperation('anyone', {
    name: 'who-am-i',
    room: 'parties',
    summary: 'Who you are acting as, and who else this session may act as.',
    effect: 'reads',
    input: nothing,
    output: WhoIAm,
    run: whoAmI,
  }),
  openOperation('anyone', {
    name: 'claim-node',
    room: 'parties',
    summary: 'Make this browser the one that runs the node, with the token printed at the start.',
    effect: 'writes',
    input: ClaimNode,
    output: NodeClaimed,
    run: claimNode,
  }),
  openOperation('operator', {
    name: 'create-party',
    room: 'parties',
    summary: 'Begin: a name you want to be called by, and a passphrase that wraps your keys.',
    effect: 'writes',
    input: CreateParty,
    output: Party,
    run: createParty,
  }),
  openOperation('anyone', {
    name: 'sign-in',
    room: 'parties',
    summary: 'Open your party with its passphrase.',
    effect: 'writes',
    input: SignIn,
    output: Party,
    run: signIn,
  }),
  openOperation('anyone', {
    name: 'recover-party',
    room: 'parties',
    summary: 'Open your party with its recovery code, and choose a new passphrase.',
    effect: 'writes',
    input: RecoverParty,
    output: Party,
    run: recoverParty,
  }),
  openOperation('anyone', {
    name: 'act-as-sample',
    room: 'parties',
    summary: 'See the sample market from the side of one of its parties.',
    effect: 'writes',
    input: ActAsSample,
    output: Party,
    run: actAsSample,
  }),
];

const mine: readonly Operation<BaseDeps>[] = [
  partyOperation({
    name: 'sign-out',
    room: 'parties',
    summary: 'Close your party in this browser.',
    effect: 'writes',
    isPersonal: true,
    input: SignOut,
    output: SignedOut,
    run: signOut,
  }),
  partyOperation({
    name: 'rename-party',
    room: 'parties',
    summary: 'Change the name you want to be called by.',
    effect: 'writes',
    input: RenameParty,
    output: Party,
    run: renameParty,
  }),
  partyOperation({
    name: 'change-passphrase',
    room: 'parties',
    summary: 'Change the passphrase that wraps your keys; other browsers are signed out.',
    effect: 'writes',
    isPersonal: true,
    input: ChangePassphrase,
    output: PassphraseChanged,
    run: changePassphrase,
  }),
  partyOperation({
    name: 'show-recovery-code',
    room: 'parties',
    summary: 'The code, for paper, that opens your party when the passphrase is lost.',
    effect: 'writes',
    isPersonal: true,
    input: ShowRecoveryCode,
    output: RecoveryCode,
    run: showRecoveryCode,
  }),
  partyOperation({
    name: 'confirm-recovery-code',
    room: 'parties',
    summary: 'Say that the recovery code is on paper; the node then keeps no copy.',
    effect: 'writes',
    isPersonal: true,
    input: ConfirmRecoveryCode,
    output: nothing,
    run: confirmRecoveryCode,
  }),
  partyOperation({
    name: 'create-token',
    room: 'parties',
    summary: 'A token with which a program acts as you, within limits.',
    effect: 'writes',
    isPersonal: true,
    input: CreateToken,
    output: NewToken,
    run: createToken,
  }),
  partyOperation({
    name: 'list-tokens',
    room: 'parties',
    summary: 'The tokens of programs that act as you.',
    effect: 'reads',
    isPersonal: true,
    input: nothing,
    output: TokenList,
    run: listTokens,
  }),
  partyOperation({
    name: 'revoke-token',
    room: 'parties',
    summary: "End a program's token at once.",
    effect: 'writes',
    isPersonal: true,
    input: RevokeToken,
    output: nothing,
    run: revokeToken,
  }),
  partyOperation({
    name: 'list-sessions',
    room: 'parties',
    summary: 'The browsers in which you are signed in.',
    effect: 'reads',
    isPersonal: true,
    input: nothing,
    output: SessionList,
    run: listSessions,
  }),
  partyOperation({
    name: 'end-session',
    room: 'parties',
    summary: 'Sign out of another browser.',
    effect: 'writes',
    isPersonal: true,
    input: EndSession,
    output: nothing,
    run: endSession,
  }),
];

export const operations: readonly Operation<BaseDeps>[] = [...open, ...mine];
