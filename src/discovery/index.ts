export { addressOf, didOf, readAddress, readDid } from './addresses.ts';
export { answerDiscovery, isDiscovery } from './answer-discovery.ts';
export { lookUpParty } from './find-party.ts';
export {} from './model.ts';
export { operations } from './operations.ts';
export { publicSigner } from './public-signer.ts';
