import { z } from 'zod';
import { findTerms } from './find-terms.ts';
import type { Practice as PracticeName } from './roster.ts';

const Practice = z.enum([
  'service',
  'analytics',
  'tracking',
  'profiling',
  'sharing',
  'portability',
  'intent',
  'ai',
  'public-good',
  'identity',
]) satisfies z.ZodType<PracticeName>;

export const Terms = z.object({
  id: z.string(),
  iri: z.url(),
  name: z.string(),
  family: z.enum(['service', 'contribution', 'personal']),
  plain: z.array(z.object({ line: z.string(), effect: z.enum(['allows', 'forbids']), practice: Practice })),
  /** Paragraphs, an empty line between them. */
  text: z.string(),
  aliases: z.array(z.string()),
  effectsFrom: z.enum(['vocabulary', 'ours']),
});

/** An identifier of the roster in any spelling (find-terms.ts); the identifier itself is kept. */
export const rosterId = z
  .string()
  .max(120)
  .refine((name) => findTerms(name) !== undefined, 'This is not in the roster; list-roster shows what is.')
  .overwrite((name) => findTerms(name)?.id ?? name);

/** Terms in the order in which they are preferred. */
export const rosterIds = z
  .array(rosterId)
  .refine((ids) => new Set(ids).size === ids.length, 'One of these stands here twice.');

export interface TermsTables {
  chosen_terms: { home_id: string; place: number; roster_id: string };
}
