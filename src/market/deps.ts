import type { Categories } from '../categories/index.ts';
import type { Places } from '../places/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { isAtLeastAsStrict, ROSTER } from '../terms/index.ts';
import type { Knowledge } from './keys.ts';

/** What this room needs beside the storage: the world's names, read only. */
export interface MarketDeps extends BaseDeps {
  readonly places: Places;
  readonly categories: Categories;
  /** The node that carries what is said before any relationship; nobody when left out. */
  readonly relay?: string | undefined;
}

const MET: ReadonlyMap<string, readonly string[]> = new Map(
  ROSTER.map((mine) => [
    mine.id,
    ROSTER.filter((other) => isAtLeastAsStrict(mine.id, other.id)).map((other) => other.id),
  ]),
);

/** Every agreement of the roster that is met when one of these is accepted, these included. */
function metBy(accepted: readonly string[]): readonly string[] {
  return [...new Set(accepted.flatMap((id) => [id, ...(MET.get(id) ?? [])]))];
}

/** The look-ups that keys are made with. */
export function knowledgeOf(deps: Pick<MarketDeps, 'places' | 'categories'>): Knowledge {
  return { categories: deps.categories, places: deps.places, metBy };
}

/** Positions of the categories above one; the matcher looks there too. */
export function positionsAbove(deps: Pick<MarketDeps, 'categories'>, category: string): number[] {
  return deps.categories.ancestors(category).flatMap((id) => deps.categories.order(id) ?? []);
}
