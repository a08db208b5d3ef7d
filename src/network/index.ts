export { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './binary-http.ts';
export { decodeKeys, encodeKeys, KEYS_TYPE, type KeyConfiguration } from './key-configuration.ts';
export type * from './model.ts';
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
