import { type Operation, openOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { CreateParty, createParty } from './create-party.ts';
import { Party } from './model.ts';
import { SignIn, signIn } from './sign-in.ts';
import { WhoIAm, whoAmI } from './who-am-i.ts';

export const operations: readonly Operation<BaseDeps>[] = [
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
];
