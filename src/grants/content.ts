import { z } from 'zod';
import { fromBase64url } from '../kernel/bytes.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import { GRANT_LIMITS } from './limits.ts';

const salt = z.string();
const whole = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** Octets in base64url, as they stand in the body of a record. */
const octets = (chars: number) => z.string().max(chars).refine(isBase64url, 'This is not base64url.');

function isBase64url(it: string): boolean {
  return fromBase64url(it) !== undefined;
}

/** One field in one record, readable in it: what a Parley gives that knows no key of the other side, with its owner's yes. */
export const ReadableGrant = z.object({
  salt,
  grant: id,
  property: line,
  label: line,
  value: z.string().max(GRANT_LIMITS.valueChars),
  purpose: text,
  until: instant.nullable(),
});

/** The same as a key, in `grant` of version 2 and in each `grant-updated`: see docs/reference/wire.md. */
export const SealedContent = z.object({
  salt,
  grant: id,
  version: whole,
  property: line,
  label: line,
  purpose: text,
  until: instant.nullable(),
  epoch: whole,
  follows: z.boolean(),
  /** The key of the receiver's that it is sealed to. */
  to: octets(43),
  enc: octets(43),
  key: octets(64),
  value: octets(GRANT_LIMITS.sealedChars),
  /** The key once more, as its author alone can open it. */
  own: octets(80),
});
export type SealedContent = z.infer<typeof SealedContent>;

/** How often something may be opened, over all values that are given under it. */
export const Times = z.int().min(1).max(GRANT_LIMITS.openings);

/** The same with a number of openings, in `grant` of version 3 and `grant-updated` of version 2. */
export const CountedContent = SealedContent.extend({ times: Times });
export type CountedContent = z.infer<typeof CountedContent>;

/** The version of `grant` that is counted: whoever reads it says so with its key, and nobody else is given one. */
export const COUNTED = 3;

/** `reads`: which version of `grant` whoever has this key reads; 2, where it does not say. */
export const SealingKey = z.object({ salt, key: octets(43), reads: whole.optional() });

export const Stopped = z.object({ salt, grant: id, epoch: whole.optional() });

export const Ended = z.object({ salt });

export const OpenedBy = z.enum(['person', 'program']);

export const Opened = z.object({
  salt,
  grant: id,
  version: whole.nullable(),
  epoch: whole.nullable(),
  /** How often since the receipt before, and when for the last time. */
  count: whole,
  at: instant,
  by: OpenedBy,
  purpose: text,
});

/** What whoever had it says of what they were given: their node erased it; so are all copies; a law makes them keep some. */
export const DeletionStated = z.enum(['erased', 'all-erased', 'kept-by-law']);
export type DeletionStated = z.infer<typeof DeletionStated>;

export const Deleted = z.object({
  salt,
  grants: z.array(id).min(1).max(GRANT_LIMITS.perStatement),
  deletedAt: instant,
  what: DeletionStated,
  words: text,
  until: instant.nullable(),
});
