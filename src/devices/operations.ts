import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import { Party } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { AddPasskey, addPasskey, PasskeyAdded } from './add-passkey.ts';
import { DeviceList, listDevices } from './list-devices.ts';
import { MakeRecoveryShares, makeRecoveryShares, RecoveryShares } from './make-recovery-shares.ts';
import { PasskeyView } from './model.ts';
import { PasskeyPrepared, preparePasskey } from './prepare-passkey.ts';
import { PreparePasskeySignIn, preparePasskeySignIn, SignInPrepared } from './prepare-passkey-sign-in.ts';
import { RecoverWithShares, recoverWithShares } from './recover-with-shares.ts';
import { PasskeyRemoved, RemovePasskey, removePasskey } from './remove-passkey.ts';
import { RenamePasskey, renamePasskey } from './rename-passkey.ts';
import { ResetPassphrase, resetPassphrase } from './reset-passphrase.ts';
import { SignedInWithPasskey, SignInWithPasskey, signInWithPasskey } from './sign-in-with-passkey.ts';

const room = 'devices';

const open: readonly Operation<BaseDeps>[] = [
  openOperation('anyone', {
    name: 'prepare-passkey-sign-in',
    room,
    summary: 'What a browser needs to ask a passkey who is there.',
    effect: 'reads',
    isPersonal: true,
    input: PreparePasskeySignIn,
    output: SignInPrepared,
    run: preparePasskeySignIn,
  }),
  openOperation('anyone', {
    name: 'sign-in-with-passkey',
    room,
    summary: 'Open your party with a passkey; no name is typed.',
    effect: 'writes',
    isPersonal: true,
    input: SignInWithPasskey,
    output: SignedInWithPasskey,
    run: signInWithPasskey,
  }),
  openOperation('anyone', {
    name: 'recover-with-shares',
    room,
    summary: 'Open your party with two of its three recovery shares, and choose a new passphrase.',
    effect: 'writes',
    input: RecoverWithShares,
    output: Party,
    run: recoverWithShares,
  }),
];

const mine: readonly Operation<BaseDeps>[] = [
  partyOperation({
    name: 'list-devices',
    room,
    summary: 'Every way to open your party: passphrase, passkeys, what is on paper; when made and last used.',
    effect: 'reads',
    isPersonal: true,
    input: nothing,
    output: DeviceList,
    run: listDevices,
  }),
  partyOperation({
    name: 'prepare-passkey',
    room,
    summary: 'What a browser needs to make a passkey for you.',
    effect: 'reads',
    isPersonal: true,
    input: nothing,
    output: PasskeyPrepared,
    run: preparePasskey,
  }),
  partyOperation({
    name: 'add-passkey',
    room,
    summary: 'Let a device open your party with the passkey that it has just made.',
    effect: 'writes',
    isPersonal: true,
    input: AddPasskey,
    output: PasskeyAdded,
    run: addPasskey,
  }),
  partyOperation({
    name: 'rename-passkey',
    room,
    summary: 'Call one of your passkeys something else.',
    effect: 'writes',
    isPersonal: true,
    input: RenamePasskey,
    output: PasskeyView,
    run: renamePasskey,
  }),
  partyOperation({
    name: 'remove-passkey',
    room,
    summary: 'Take a passkey away: it opens nothing here any more.',
    effect: 'writes',
    isPersonal: true,
    input: RemovePasskey,
    output: PasskeyRemoved,
    run: removePasskey,
  }),
  partyOperation({
    name: 'reset-passphrase',
    room,
    summary: 'Choose a new passphrase on the word of a passkey, when the old one is forgotten.',
    effect: 'writes',
    isPersonal: true,
    input: ResetPassphrase,
    output: Party,
    run: resetPassphrase,
  }),
  partyOperation({
    name: 'make-recovery-shares',
    room,
    summary: 'Three shares, for people you trust: any two of them open your party; earlier ones are void.',
    effect: 'writes',
    isPersonal: true,
    input: MakeRecoveryShares,
    output: RecoveryShares,
    run: makeRecoveryShares,
  }),
];

export const operations: readonly Operation<BaseDeps>[] = [...open, ...mine];
