import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { Accepted, AcceptOffer, acceptOffer } from './accept-offer.ts';
import { AgreementView, GetAgreement, getAgreement } from './get-agreement.ts';
import { listOwed, OwedList } from './list-owed.ts';
import { AcceptPreview, PreviewAccept, previewAccept } from './preview-accept.ts';

const room = 'agreements';

export const operations: readonly Operation<RelationshipDeps>[] = [
  partyOperation({
    name: 'preview-accept',
    room,
    summary:
      'What accepting an offer would say and give: terms, promises, and the fields the seller asks for.',
    effect: 'reads',
    input: PreviewAccept,
    output: AcceptPreview,
    run: previewAccept,
  }),
  partyOperation({
    name: 'accept-offer',
    room,
    summary: 'Sign the agreement; the fields you chose go out once the seller has signed too.',
    effect: 'binds',
    input: AcceptOffer,
    output: Accepted,
    run: acceptOffer,
  }),
  partyOperation({
    name: 'get-agreement',
    room,
    summary: 'What both signed, with its signatures checked anew.',
    effect: 'reads',
    input: GetAgreement,
    output: AgreementView,
    run: getAgreement,
  }),
  partyOperation({
    name: 'list-owed',
    room,
    summary: 'What you agreed to give and never gave, since only a device of yours can.',
    effect: 'reads',
    input: nothing,
    output: OwedList,
    run: listOwed,
  }),
];
