import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { ChooseTerms, chooseTerms } from './choose-terms.ts';
import { listRoster, Roster } from './list-roster.ts';
import { MyTerms, showTerms } from './show-terms.ts';

const room = 'terms';

export const operations: readonly Operation<BaseDeps>[] = [
  openOperation('anyone', {
    name: 'list-roster',
    room,
    summary: 'All terms there are: in plain lines, and in full.',
    effect: 'reads',
    input: nothing,
    output: Roster,
    run: listRoster,
  }),
  partyOperation({
    name: 'show-terms',
    room,
    summary: 'The terms you proffer before you deal with anybody.',
    effect: 'reads',
    input: nothing,
    output: MyTerms,
    run: showTerms,
  }),
  partyOperation({
    name: 'choose-terms',
    room,
    summary: 'Choose the terms you proffer, the preferred first.',
    effect: 'writes',
    input: ChooseTerms,
    output: MyTerms,
    run: chooseTerms,
  }),
];
