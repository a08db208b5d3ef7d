import type { Place } from './shapes.ts';

/** Operations of the contract that no room offers yet, in the shapes the pages expect. */
export interface Awaited {
  'find-categories': { in: { search: string }; out: { rows: { id: string; path: string }[] } };
  'find-places': { in: { search: string }; out: { rows: Place[] } };
}
