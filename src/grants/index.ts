export type { GrantRow } from './model.ts';
export { operations } from './operations.ts';
export { readers } from './readers.ts';
export { Disclosure, dropPlannedGrants, planGrants, sendPlannedGrants } from './share-items.ts';
export { myGrantsIn, sharedCount, sharedOnNode } from './store.ts';
export { homesWithExpiredGrants, sweepGrants } from './sweep-grants.ts';
export { homesWithPlanned, sweepPlanned } from './sweep-planned.ts';
