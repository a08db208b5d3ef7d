import { Many, Told } from '../kernel/many.ts';
import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { dropDeliveries } from './drop-deliveries.ts';
import { dropDelivery } from './drop-delivery.ts';
import { DeliveryList, ListDeliveries, listDeliveries } from './list-deliveries.ts';
import { retryDeliveries } from './retry-deliveries.ts';
import { retryDelivery } from './retry-delivery.ts';
import { DeliveryId } from './stuck.ts';

const room = 'delivery';

export const operations: readonly Operation<BaseDeps>[] = [
  partyOperation({
    name: 'list-deliveries',
    room,
    summary: 'What you sent, newest first, with how far each has come.',
    effect: 'reads',
    input: ListDeliveries,
    output: DeliveryList,
    run: listDeliveries,
  }),
  partyOperation({
    name: 'retry-delivery',
    room,
    summary: 'Try again now, also what was given up.',
    effect: 'writes',
    input: DeliveryId,
    output: nothing,
    run: retryDelivery,
  }),
  partyOperation({
    name: 'drop-delivery',
    room,
    summary: 'Give up on it for good; what follows goes on.',
    effect: 'writes',
    input: DeliveryId,
    output: nothing,
    run: dropDelivery,
  }),
  partyOperation({
    name: 'retry-deliveries',
    room,
    summary: 'Try up to 1,000 again now; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: retryDeliveries,
  }),
  partyOperation({
    name: 'drop-deliveries',
    room,
    summary: 'Give up on up to 1,000 for good; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: dropDeliveries,
  }),
];
