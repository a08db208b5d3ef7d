export { sweepChallenges } from './challenges.ts';
export { operations } from './operations.ts';
