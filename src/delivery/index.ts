export { type Courier, type Settlers, startCourier } from './courier.ts';
export { carryLocally } from './local.ts';
export type { DeliveryTables, Destination, Envelope, InboxHandler, OutboxState } from './model.ts';
export { operations } from './operations.ts';
export { type Handlers, receive } from './receive.ts';
export { nextNumber, type Outgoing, send } from './send.ts';
export { statesAbout } from './states.ts';
export { stuckCount } from './stuck.ts';
