export { operations } from './operations.ts';
export { readers } from './send-message.ts';
