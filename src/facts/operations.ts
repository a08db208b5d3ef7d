import { z } from 'zod';
import { type Operation, partyOperation } from '../kernel/operation.ts';
import { id, nothing } from '../kernel/schema.ts';
import type { NetworkDeps } from '../network/index.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { AnswerProofRequest, answerProofRequest, RequestAnswered } from './answer-proof-request.ts';
import { AskForProof, askForProof } from './ask-for-proof.ts';
import { CheckedIssuer, CheckIssuer, checkIssuer } from './check-issuer.ts';
import { Imported, ImportProof, importProof } from './import-proof.ts';
import { IssueProof, issueProof } from './issue-proof.ts';
import { ListProofRequests, listProofRequests, ProofRequestList } from './list-proof-requests.ts';
import { ListProofs, listProofs, ProofList } from './list-proofs.ts';
import { RemoveProof, removeProof } from './remove-proof.ts';
import { TakeProof, takeProof } from './take-proof.ts';

const room = 'facts';

export const operations: readonly Operation<RelationshipDeps & NetworkDeps>[] = [
  partyOperation({
    name: 'issue-proof',
    room,
    summary: 'Offer the other side a proof of single facts, under your public name.',
    effect: 'binds',
    input: IssueProof,
    output: z.object({ proof: id, record: id }),
    run: issueProof,
  }),
  partyOperation({
    name: 'take-proof',
    room,
    summary: 'Take a proof that was offered, or ask for more copies of one that you have.',
    effect: 'discloses',
    input: TakeProof,
    output: z.object({ record: id }),
    run: takeProof,
  }),
  partyOperation({
    name: 'import-proof',
    room,
    summary: 'Keep a proof (SD-JWT) that somebody else’s program issued to you.',
    effect: 'writes',
    isPersonal: true,
    input: ImportProof,
    output: Imported,
    run: importProof,
  }),
  partyOperation({
    name: 'list-proofs',
    room,
    summary: 'What you can prove without showing more, and what you issued to others.',
    effect: 'reads',
    input: ListProofs,
    output: ProofList,
    run: listProofs,
  }),
  partyOperation({
    name: 'remove-proof',
    room,
    summary: 'Take out a proof with its copies; what was shown stays with whoever saw it.',
    effect: 'writes',
    input: RemoveProof,
    output: nothing,
    run: removeProof,
  }),
  partyOperation({
    name: 'ask-for-proof',
    room,
    summary: 'Ask the other side to prove single facts, each of which they can refuse.',
    effect: 'discloses',
    input: AskForProof,
    output: z.object({ request: id }),
    run: askForProof,
  }),
  partyOperation({
    name: 'list-proof-requests',
    room,
    summary: 'What each side asked the other to prove, line by line, and what came of it.',
    effect: 'reads',
    input: ListProofRequests,
    output: ProofRequestList,
    run: listProofRequests,
  }),
  partyOperation({
    name: 'answer-proof-request',
    room,
    summary: 'Show the lines you choose and refuse the others.',
    effect: 'discloses',
    input: AnswerProofRequest,
    output: RequestAnswered,
    run: answerProofRequest,
  }),
  partyOperation({
    name: 'check-issuer',
    room,
    summary: 'Ask the node of a public name for its keys, and hold proofs of that name against them.',
    effect: 'writes',
    input: CheckIssuer,
    output: CheckedIssuer,
    run: checkIssuer,
  }),
];
