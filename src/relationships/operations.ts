import { z } from 'zod';
import { type Operation, partyOperation } from '../kernel/operation.ts';
import { id } from '../kernel/schema.ts';
import { ConfirmKeys, confirmKeys, KeysConfirmed } from './confirm-keys.ts';
import { endRelationship } from './end-relationship.ts';
import { GetRelationship, getRelationship, RelationshipDetail } from './get-relationship.ts';
import { RelationshipId, WithReason } from './lifecycle.ts';
import { ListRelationships, listRelationships, RelationshipList } from './list-relationships.ts';
import type { RelationshipDeps } from './model.ts';
import { pauseRelationship } from './pause-relationship.ts';
import { resumeRelationship } from './resume-relationship.ts';
import { WriteExpectations, writeExpectations } from './write-expectations.ts';

const room = 'relationships';
const Done = z.object({ record: id });

export const operations: readonly Operation<RelationshipDeps>[] = [
  partyOperation({
    name: 'list-relationships',
    room,
    summary: 'Everybody you deal or dealt with, newest activity first.',
    effect: 'reads',
    input: ListRelationships,
    output: RelationshipList,
    run: listRelationships,
  }),
  partyOperation({
    name: 'get-relationship',
    room,
    summary: 'One relationship, with the line of its records in time.',
    effect: 'reads',
    input: GetRelationship,
    output: RelationshipDetail,
    run: getRelationship,
  }),
  partyOperation({
    name: 'write-expectations',
    room,
    summary: 'Say what you expect and on which day both look at it again; the other side sees it.',
    effect: 'discloses',
    input: WriteExpectations,
    output: Done,
    run: writeExpectations,
  }),
  partyOperation({
    name: 'confirm-keys',
    room,
    summary: 'Note that you and the other side have compared the code, and that it is the same.',
    effect: 'writes',
    isPersonal: true,
    input: ConfirmKeys,
    output: KeysConfirmed,
    run: confirmKeys,
  }),
  partyOperation({
    name: 'pause-relationship',
    room,
    summary: 'Nobody acts until you resume it.',
    effect: 'binds',
    input: WithReason,
    output: Done,
    run: pauseRelationship,
  }),
  partyOperation({
    name: 'resume-relationship',
    room,
    summary: 'Go on after a pause of yours.',
    effect: 'binds',
    input: RelationshipId,
    output: Done,
    run: resumeRelationship,
  }),
  partyOperation({
    name: 'end-relationship',
    room,
    summary: 'End it for both: sharing stops, the records of what was agreed stay with both.',
    effect: 'binds',
    input: WithReason,
    output: Done,
    run: endRelationship,
  }),
];
