export { closedWayOut } from './closed.ts';
export type { NetworkDeps, WayOut } from './deps.ts';
export type { Exchange, WireRequest, WireResponse } from './model.ts';
export { problemAnswer, readProblem } from './problem.ts';
export {
  DOCUMENT,
  documentUrl,
  ENVELOPES,
  inboxOf,
  inboxUrl,
  originOf,
  RECEIPTS,
  SIGNATURE_MS,
  TAG,
  VERSION,
} from './protocol.ts';
export { signRequest } from './sign-request.ts';
export { verifyRequest } from './verify-request.ts';
