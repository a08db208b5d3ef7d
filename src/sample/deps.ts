import type { DeskDeps } from '../desk/index.ts';
import type { RelationshipDeps } from '../relationships/index.ts';

/** What the sample market is made with. */
export type SampleDeps = DeskDeps & RelationshipDeps;
