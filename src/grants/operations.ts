import { z } from 'zod';
import { type Operation, partyOperation } from '../kernel/operation.ts';
import { id } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { ConsentRecord } from './consent-record.ts';
import { GetConsentRecord, getConsentRecord } from './get-consent-record.ts';
import { GiveFromDevice, GivenFromDevice, giveFromDevice } from './give-from-device.ts';
import { GivenReadable, GiveReadable, giveReadable } from './give-readable.ts';
import { GrantList, ListGrants, listGrants } from './list-grants.ts';
import { OpenedGrant, OpenGrant, openGrant } from './open-grant.ts';
import { ItemsShared, ShareItems, shareItems } from './share-items.ts';
import { Sharing, ShowSharing, showSharing } from './show-sharing.ts';
import { ShowTheirKey, showTheirKey, TheirKeyShown } from './show-their-key.ts';
import { StateDeletion, stateDeletion } from './state-deletion.ts';
import { SharingStopped, StopSharing, stopSharing } from './stop-sharing.ts';

const room = 'grants';

export const operations: readonly Operation<RelationshipDeps>[] = [
  partyOperation({
    name: 'share-items',
    room,
    summary: 'Give named items of your data to the other side, for a purpose, until a date.',
    effect: 'discloses',
    input: ShareItems,
    output: ItemsShared,
    run: shareItems,
  }),
  partyOperation({
    name: 'stop-sharing',
    room,
    summary: 'Take one item back; the other side is told and erases it.',
    effect: 'binds',
    input: StopSharing,
    output: SharingStopped,
    run: stopSharing,
  }),
  partyOperation({
    name: 'give-readable',
    room,
    summary: 'Give what waits to a side whose Parley cannot lock it; it lies readable there.',
    effect: 'discloses',
    input: GiveReadable,
    output: GivenReadable,
    run: giveReadable,
  }),
  partyOperation({
    name: 'show-their-key',
    room,
    summary: 'Everything by which a device of yours checks to whom it locks something.',
    effect: 'reads',
    isPersonal: true,
    input: ShowTheirKey,
    output: TheirKeyShown,
    run: showTheirKey,
  }),
  partyOperation({
    name: 'give-from-device',
    room,
    summary: 'Give what a device of yours has locked to the other side; the node opens nothing of it.',
    effect: 'discloses',
    input: GiveFromDevice,
    output: GivenFromDevice,
    run: giveFromDevice,
  }),
  partyOperation({
    name: 'open-grant',
    room,
    summary: 'Open what the other side gave you; they get a receipt.',
    effect: 'binds',
    input: OpenGrant,
    output: OpenedGrant,
    run: openGrant,
  }),
  partyOperation({
    name: 'state-deletion',
    room,
    summary: 'Say in writing what became of copies of what was shared with you.',
    effect: 'binds',
    input: StateDeletion,
    output: z.object({ record: id }),
    run: stateDeletion,
  }),
  partyOperation({
    name: 'list-grants',
    room,
    summary: 'What each side shows the other in one relationship.',
    effect: 'reads',
    input: ListGrants,
    output: GrantList,
    run: listGrants,
  }),
  partyOperation({
    name: 'show-sharing',
    room,
    summary: 'Who can see what of yours, why, since when, until when, and how often they opened it.',
    effect: 'reads',
    input: ShowSharing,
    output: Sharing,
    run: showSharing,
  }),
  partyOperation({
    name: 'get-consent-record',
    room,
    summary: 'The consent that a grant is, as JSON with the fields of ISO/IEC TS 27560, without the value.',
    effect: 'reads',
    input: GetConsentRecord,
    output: ConsentRecord,
    run: getConsentRecord,
  }),
];
