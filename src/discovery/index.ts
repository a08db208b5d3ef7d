export { answerDiscovery, isDiscovery } from './answer-discovery.ts';
export {} from './model.ts';
export { operations } from './operations.ts';
