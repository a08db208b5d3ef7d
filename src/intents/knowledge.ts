import { findTerms } from '../terms/index.ts';
import type { IntentDeps } from './deps.ts';
import type { FieldKnowledge } from './field-rules.ts';
import type { Knowledge } from './fit-rules.ts';
import type { Naming } from './line-rules.ts';

type Sources = Pick<IntentDeps, 'categories' | 'places'>;

/** What the pure rules may ask about the world, answered from categories, places and the roster. */
export function knowledgeOf({ categories, places }: Sources): Knowledge & FieldKnowledge & Naming {
  return {
    isWithin: categories.isWithin,
    categoryKind: (id) => categories.get(id)?.kind,
    categoryName: (id) => categories.get(id)?.name ?? id,
    areaLabel: (id) => places.areaLabel(id) ?? id,
    termsName: (id) => findTerms(id)?.name ?? id,
  };
}
