import { type Operation, partyOperation } from '../kernel/operation.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { ConfirmCommitment, confirmCommitment } from './confirm-commitment.ts';
import { FulfilCommitment, fulfilCommitment } from './fulfil-commitment.ts';
import {
  CommitmentList,
  ListCommitments,
  ListReviews,
  listCommitments,
  listReviews,
  ReviewList,
} from './list-commitments.ts';
import { Settled } from './settle.ts';
import { WriteReview, writeReview } from './write-review.ts';

const room = 'commitments';

export const operations: readonly Operation<RelationshipDeps>[] = [
  partyOperation({
    name: 'list-commitments',
    room,
    summary: 'What both sides promised, with its state.',
    effect: 'reads',
    input: ListCommitments,
    output: CommitmentList,
    run: listCommitments,
  }),
  partyOperation({
    name: 'fulfil-commitment',
    room,
    summary: 'Say that you have done what you promised.',
    effect: 'binds',
    input: FulfilCommitment,
    output: Settled,
    run: fulfilCommitment,
  }),
  partyOperation({
    name: 'confirm-commitment',
    room,
    summary: 'Say how the other side kept its promise.',
    effect: 'binds',
    input: ConfirmCommitment,
    output: Settled,
    run: confirmCommitment,
  }),
  partyOperation({
    name: 'write-review',
    room,
    summary: 'Write how it went; once, after a promise was kept or broken.',
    effect: 'discloses',
    input: WriteReview,
    output: Settled,
    run: writeReview,
  }),
  partyOperation({
    name: 'list-reviews',
    room,
    summary: 'What each side wrote about how it went.',
    effect: 'reads',
    input: ListReviews,
    output: ReviewList,
    run: listReviews,
  }),
];
