import { type Operation, partyOperation } from '../kernel/operation.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { AnswerTerms, answerTerms } from './answer-terms.ts';
import { ListProffers, listProffers, Proffers } from './list-proffers.ts';
import { Proffer } from './model.ts';
import { ProfferTerms, profferTerms } from './proffer-terms.ts';

const room = 'proffers';

export const operations: readonly Operation<RelationshipDeps>[] = [
  partyOperation({
    name: 'proffer-terms',
    room,
    summary: 'Proffer your terms to the other side of a relationship, or to the vendor of an offer.',
    effect: 'binds',
    input: ProfferTerms,
    output: Proffer,
    run: profferTerms,
  }),
  partyOperation({
    name: 'answer-terms',
    room,
    summary: 'Accept terms that were proffered, offer one alternative, or decline.',
    effect: 'binds',
    input: AnswerTerms,
    output: Proffer,
    run: answerTerms,
  }),
  partyOperation({
    name: 'list-proffers',
    room,
    summary: 'The terms you proffered and those proffered to you, and where they stand.',
    effect: 'reads',
    input: ListProffers,
    output: Proffers,
    run: listProffers,
  }),
];
