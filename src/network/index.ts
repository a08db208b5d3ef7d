export { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './binary-http.ts';
export { breaker } from './breaker.ts';
export { closedWayOut } from './closed.ts';
export type { NetworkDeps, WayOut } from './deps.ts';
export { decodeKeys, encodeKeys, KEYS_TYPE, type KeyConfiguration } from './key-configuration.ts';
export { OBLIVIOUS_LIMITS, TRAFFIC_LIMITS } from './limits.ts';
export type { Exchange, WireRequest, WireResponse } from './model.ts';
export {
  encapsulatedIn,
  type GatewayKey,
  openRequest,
  PUBLISHED_AEADS,
  REQUEST_OVERHEAD,
  REQUEST_TYPE,
  RESPONSE_OVERHEAD,
  RESPONSE_TYPE,
  sealRequest,
} from './oblivious.ts';
export { MESSAGE_STEPS, padMessage } from './padding.ts';
export { problemAnswer, readProblem } from './problem.ts';
export {
  collectionUrl,
  DOCUMENT,
  documentUrl,
  ENVELOPES,
  inboxOf,
  inboxUrl,
  isCollection,
  LETTERS,
  LETTERS_WANTED,
  originOf,
  RECEIPTS,
  SIGNATURE_MS,
  STAMP_HEADER,
  TAG,
  VERSION,
} from './protocol.ts';
export { peerRates, strangerRates } from './rate-limit.ts';
export { operations } from './show-node.ts';
export { signRequest } from './sign-request.ts';
export { checkStamp, makeStamp } from './stamp.ts';
export { verifyRequest } from './verify-request.ts';
