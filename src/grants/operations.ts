import { z } from 'zod';
import { type Operation, partyOperation } from '../kernel/operation.ts';
import { id } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { ConsentRecord } from './consent-record.ts';
import { GetConsentRecord, getConsentRecord } from './get-consent-record.ts';
import { GrantList, ListGrants, listGrants, Sharing, ShowSharing, showSharing } from './list-grants.ts';
import { ShareItems, shareItems } from './share-items.ts';
import { StopSharing, stopSharing } from './stop-sharing.ts';

const room = 'grants';

export const operations: readonly Operation<RelationshipDeps>[] = [
  partyOperation({
    name: 'share-items',
    room,
    summary: 'Give named items of your data to the other side, for a purpose, until a date.',
    effect: 'discloses',
    input: ShareItems,
    output: z.object({ records: z.array(id) }),
    run: shareItems,
  }),
  partyOperation({
    name: 'stop-sharing',
    room,
    summary: 'Take one item back; the other side is told and erases it.',
    effect: 'binds',
    input: StopSharing,
    output: z.object({ record: id }),
    run: stopSharing,
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
    summary: 'Who can see what of yours, why, since when and until when.',
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
