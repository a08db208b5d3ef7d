export { readKeys } from './gateway-keys.ts';
export { type InnerDoor, openGateway } from './open-gateway.ts';
export { openRelay, type RelayDeps } from './open-relay.ts';
export { GATEWAY_PATH, isPublicName, RELAY_PATH } from './paths.ts';
export { keysThroughRelay, type SenderDeps, throughRelay } from './through-relay.ts';
