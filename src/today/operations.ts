import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { dismissRestoredNote } from './dismiss-restored-note.ts';
import { showToday, Today } from './show-today.ts';

export const operations: readonly Operation<BaseDeps>[] = [
  partyOperation({
    name: 'show-today',
    room: 'today',
    summary: 'What waits for you now.',
    effect: 'reads',
    input: nothing,
    output: Today,
    run: showToday,
  }),
  partyOperation({
    name: 'dismiss-restored-note',
    room: 'today',
    summary: 'You have looked through what is as old as the backup that this node came back from.',
    effect: 'writes',
    input: nothing,
    output: nothing,
    run: dismissRestoredNote,
  }),
];
