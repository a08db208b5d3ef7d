export { noteTrust } from './due.ts';
export { countNaming } from './naming.ts';
export { neverAmong, neverGiven, neverList } from './never.ts';
export { operations } from './operations.ts';
export { readers } from './readers.ts';
export { startRules } from './rule-keeper.ts';
