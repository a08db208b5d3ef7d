export { breaker } from './breaker.ts';
export { closedWayOut } from './closed.ts';
export type { NetworkDeps, WayOut } from './deps.ts';
export { TRAFFIC_LIMITS } from './limits.ts';
export type { WireRequest, WireResponse } from './model.ts';
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
export { signRequest } from './sign-request.ts';
export { checkStamp, makeStamp } from './stamp.ts';
export { verifyRequest } from './verify-request.ts';
