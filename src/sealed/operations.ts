import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { BeginVault, beginVault, VaultBegun } from './begin-vault.ts';
import { Counted, HowPassphrase } from './model.ts';
import { PrepareSignIn, prepareSignIn } from './prepare-sign-in.ts';
import { ReadSealed, readSealed, SealedRead } from './read-sealed.ts';
import { ReadWholeItems, readWholeItems, WholeItems } from './read-whole-items.ts';
import { CategorySealing, SealCategory, sealCategory } from './seal-category.ts';
import { ServeCategory, serveCategory } from './serve-category.ts';
import { ServeItems, serveItems } from './serve-items.ts';
import { showVault, VaultShown } from './show-vault.ts';
import { WriteSealed, writeSealed } from './write-sealed.ts';

const room = 'sealed';
/** Programs with a token get nothing of what only its owner opens. */
const personal = { room, isPersonal: true } as const;

export const operations: readonly Operation<BaseDeps>[] = [
  openOperation('anyone', {
    ...personal,
    name: 'prepare-sign-in',
    summary: 'Whether a passphrase is sent as it is, or what a device makes of it.',
    effect: 'reads',
    input: PrepareSignIn,
    output: HowPassphrase,
    run: prepareSignIn,
  }),
  partyOperation({
    ...personal,
    name: 'show-vault',
    summary: 'How what you have sealed stands, what opens it, and who reads which category of your data.',
    effect: 'reads',
    input: nothing,
    output: VaultShown,
    run: showVault,
  }),
  partyOperation({
    ...personal,
    name: 'begin-vault',
    summary: 'Keep your passphrase on your devices from now on, so that you can seal parts of your data.',
    effect: 'writes',
    input: BeginVault,
    output: VaultBegun,
    run: beginVault,
  }),
  partyOperation({
    ...personal,
    name: 'read-sealed',
    summary: 'What you have sealed, as it lies on the node, which cannot open it.',
    effect: 'reads',
    input: ReadSealed,
    output: SealedRead,
    run: readSealed,
  }),
  partyOperation({
    ...personal,
    name: 'write-sealed',
    summary: 'Change what you have sealed, if nobody else has changed it meanwhile.',
    effect: 'writes',
    input: WriteSealed,
    output: Counted,
    run: writeSealed,
  }),
  partyOperation({
    ...personal,
    name: 'seal-category',
    summary: 'Let only your own devices read a category of your data; it says what stops with that.',
    effect: 'writes',
    input: SealCategory,
    output: CategorySealing,
    run: sealCategory,
  }),
  partyOperation({
    ...personal,
    name: 'serve-category',
    summary: 'Let the node read a category of your data again.',
    effect: 'writes',
    input: ServeCategory,
    output: Counted,
    run: serveCategory,
  }),
  partyOperation({
    ...personal,
    name: 'read-whole-items',
    summary: 'Items of your data with all their versions, for sealing them.',
    effect: 'reads',
    input: ReadWholeItems,
    output: WholeItems,
    run: readWholeItems,
  }),
  partyOperation({
    ...personal,
    name: 'serve-items',
    summary: 'Bring items back that were sealed, with all their versions.',
    effect: 'writes',
    input: ServeItems,
    output: Counted,
    run: serveItems,
  }),
];
