import { z } from 'zod';
import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from './bytes.ts';
import { parseStrictJson } from './json.ts';
import { LIMITS } from './limits.ts';
import { type Failure, fail, ok, type Result } from './result.ts';

type Part = string | number;

/** The places of one list: what stands behind its `next` and `after`. */
interface Cursor<Place extends readonly Part[]> {
  /** The place to go on from; undefined at the top. Fails with `cursor-unknown`. */
  read(after: string | undefined): Result<Place | undefined>;
  /** Of the rows that were found, one more than the page holds if there are more: those of the page, and `next`. */
  cut<Row>(found: readonly Row[], limit: number, placeOf: (row: Row) => Place): Cut<Row>;
}

interface Cut<Row> {
  readonly shown: Row[];
  readonly next: { readonly next?: string };
}

/**
 * A cursor names its list and is taken only in the very form in which that list writes it; it shows nobody more than
 * the list itself would, so it needs no signature.
 */
export function cursorOf<const Parts extends readonly [z.ZodType<Part>, ...z.ZodType<Part>[]]>(
  list: string,
  parts: Parts,
): Cursor<{ -readonly [K in keyof Parts]: z.output<Parts[K]> }> {
  type Place = { -readonly [K in keyof Parts]: z.output<Parts[K]> };
  const shape = z.tuple([z.literal(list), ...parts]);
  const write = (place: Place): string => toBase64url(toUtf8(JSON.stringify([list, ...place])));
  const read = (after: string): Place | undefined => {
    const octets = after.length > LIMITS.cursorChars ? undefined : fromBase64url(after);
    const text = octets && fromUtf8(octets);
    const json = text === undefined ? undefined : parseStrictJson(text, 2);
    const parsed = json?.ok ? shape.safeParse(json.value) : undefined;
    if (!parsed?.success) return undefined;
    const place = parsed.data.slice(1) as unknown as Place; // the schema has just read these very parts
    return write(place) === after ? place : undefined;
  };
  return {
    read(after) {
      if (after === undefined) return ok(undefined);
      const place = read(after);
      return place ? ok(place) : cursorUnknown();
    },
    cut(found, limit, placeOf) {
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      return { shown, next: last === undefined ? {} : { next: write(placeOf(last)) } };
    },
  };
}

function cursorUnknown(): Failure {
  return fail('cursor-unknown', 'That is not a place in this list.', 'Begin again from the top.');
}
