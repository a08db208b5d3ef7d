import { type Failure, fail, ok, type Result } from '../src/kernel/result.ts';
import { readLine, readText } from '../src/kernel/text.ts';
import { PROPERTY_NAME } from '../src/vault/catalogue.ts';
import { PART_NAMES, type Written } from '../src/vault/content.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { AddressParts } from '../src/vault/model.ts';

/** An item that is to be kept; with `id` it is the next version of one. */
export interface Put extends Written {
  readonly id?: string | undefined;
  /** The version that was seen; refused when there is a newer one. */
  readonly ifVersion?: number | undefined;
}

/** What somebody has written as it is kept, by the rules by which the node reads it. Fails with `input-invalid`. */
export function readPut(input: Put): Result<Written> {
  if (!PROPERTY_NAME.test(input.property)) return invalid('property', 'Write it like schema:email.');
  const label = input.label === undefined ? ok(undefined) : readLine(input.label);
  if (!label.ok) return invalid('label', label.message);
  const note = input.note === undefined ? ok(undefined) : readText(input.note);
  if (!note.ok) return invalid('note', note.message);
  const tags = readTags(input.tags);
  if (!tags.ok) return tags;
  const parts = readParts(input.parts);
  if (!parts.ok) return parts;
  const { property, value } = input;
  return ok({
    ...{ property, value, label: label.value, note: note.value },
    ...{ tags: tags.value, parts: parts.value },
  });
}

function readTags(given: readonly string[] | undefined): Result<string[] | undefined> {
  if (given === undefined) return ok(undefined);
  if (given.length > VAULT_LIMITS.tags) return invalid('tags', `At most ${VAULT_LIMITS.tags} tags.`);
  const tags: string[] = [];
  for (const [at, one] of given.entries()) {
    const tag = readLine(one, VAULT_LIMITS.tagChars);
    if (!tag.ok) return invalid(`tags.${at}`, tag.message);
    tags.push(tag.value);
  }
  return ok(tags);
}

function readParts(given: AddressParts | undefined): Result<AddressParts | undefined> {
  if (given === undefined) return ok(undefined);
  const parts: Record<string, string> = {};
  for (const name of PART_NAMES) {
    const written = given[name];
    if (written === undefined) continue;
    const part = readLine(written);
    if (!part.ok) return invalid(`parts.${name}`, part.message);
    parts[name] = part.value;
  }
  return Object.keys(parts).length > 0 ? ok(parts) : invalid('parts', 'Write at least one part.');
}

function invalid(field: string, sentence: string): Failure {
  return fail('input-invalid', 'Something that was filled in does not fit.', 'Correct it and try again.', {
    [field]: sentence,
  });
}
