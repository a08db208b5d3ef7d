import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
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
];
