export { operations } from './operations.ts';
export { sweepSample } from './sweep-sample.ts';
