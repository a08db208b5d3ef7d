import type { DeskDeps } from '../desk/index.ts';

/** What the sample market is made with. */
export type SampleDeps = DeskDeps;
