import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { NetworkDeps } from '../network/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { BeFound, beFound } from './be-found.ts';
import { FindParty, FoundParty, findParty } from './find-party.ts';
import { MyProfile } from './model.ts';
import { showPublicProfile } from './show-public-profile.ts';
import { stopBeingFound } from './stop-being-found.ts';

const room = 'discovery';

export const operations: readonly Operation<BaseDeps & NetworkDeps>[] = [
  partyOperation({
    name: 'be-found',
    room,
    summary: 'Let everybody look you up under a public name, and say what they read there.',
    effect: 'discloses',
    input: BeFound,
    output: MyProfile,
    run: beFound,
  }),
  partyOperation({
    name: 'stop-being-found',
    room,
    summary: 'Be answered as somebody whom nobody knows again.',
    effect: 'writes',
    input: nothing,
    output: MyProfile,
    run: stopBeingFound,
  }),
  partyOperation({
    name: 'show-public-profile',
    room,
    summary: 'Whether you can be found, and what everybody reads of you.',
    effect: 'reads',
    input: nothing,
    output: MyProfile,
    run: showPublicProfile,
  }),
  partyOperation({
    name: 'find-party',
    room,
    summary: 'Look up somebody who wishes to be found, at their own node; nothing of it is kept.',
    effect: 'reads',
    input: FindParty,
    output: FoundParty,
    run: findParty,
  }),
];
