import type { Json, JsonObject } from '../../kernel/json.ts';
import { must } from '../../kernel/result.ts';
import { isObject } from '../../records/index.ts';
import { readParts } from '../sd-jwt/compact.ts';
import { type Disclosed, disclose } from '../sd-jwt/disclose.ts';
import { disclosuresFor } from '../sd-jwt/make.ts';

type Path = readonly string[];

/** A proof as it was issued: what its issuer signed, and where each disclosure stands. */
export interface Whole {
  readonly payload: JsonObject;
  readonly placed: Disclosed['placed'];
}

/** What every proof says of itself, as the page says: whose word it is, of what kind, since when and until when. */
const OF_ITSELF = ['iss', 'vct', 'iat', 'nbf', 'exp', 'cnf'];

/** A proof of mine, which was checked when it came. */
export function readWhole(text: string): Whole {
  const { issued, disclosures } = must(readParts(text));
  return { payload: issued.payload, placed: must(disclose(issued.payload, disclosures)).placed };
}

/**
 * What goes out with a line beyond what was asked for: an issuer may hide several facts behind one digest, or none at all.
 * `others` are lines that are shown with it anyway.
 */
export function alsoShown({ payload, placed }: Whole, line: Path, others: readonly Path[] = []): Path[] {
  const chosen = disclosuresFor({ placed }, line.length === 0 ? [] : [line]);
  const { claims } = must(disclose(payload, chosen));
  const asked = [line, ...others].filter((path) => path.length > 0);
  return leavesOf(claims, []).filter(
    (leaf) =>
      !(leaf.length === 1 && OF_ITSELF.includes(leaf[0] ?? '')) &&
      !asked.some((path) => path.every((step, i) => step === leaf[i])),
  );
}

/** Where something is said; a list is one thing. What an empty object or list hides stays hidden. */
function leavesOf(value: Json, path: Path): Path[] {
  if (Array.isArray(value) && value.length === 0) return [];
  if (!isObject(value)) return [path];
  if (path.length === 1 && path[0] === 'cnf') return [path];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}
