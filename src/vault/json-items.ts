import { type Json, type JsonObject, parseStrictJson } from '../kernel/json.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { Card, Found, SkipCode, Skipped } from './found.ts';
import { isPerson, personCard } from './json-person.ts';
import { isObject, plainValue, propertyNamed } from './json-values.ts';
import { AddressParts } from './model.ts';

/**
 * Items in strict JSON (kernel/json.ts), in one of three forms: one object of properties and values, an array of
 * items (also as `rows` or `items`, as lists answer), or people of schema.org in JSON-LD.
 * Fails with `json-malformed`, `file-not-understood`.
 */
export function readJsonItems(text: string): Result<Card[]> {
  const parsed = parseStrictJson(text);
  if (!parsed.ok) return parsed;
  const value = parsed.value;
  const people = peopleIn(value);
  if (people.length > 0) return ok(people.map((person, index) => personCard(person, index + 1)));
  const list = listIn(value);
  if (list) return ok([cardOf(list.map((entry, index) => readItem(entry, index + 1)))]);
  if (isObject(value)) return ok([cardOf(readProperties(value))]);
  return fail(
    'file-not-understood',
    'This JSON is neither an object of properties, nor a list of items, nor a person of schema.org.',
    'Write it like {"schema:email": "jane@example.org"}.',
  );
}

function peopleIn(value: Json): JsonObject[] {
  const graph = isObject(value) ? value['@graph'] : undefined;
  const nodes = Array.isArray(graph) ? graph : Array.isArray(value) ? value : [value];
  return nodes.filter(isObject).filter(isPerson);
}

function listIn(value: Json): Json[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const list = value.items ?? value.rows;
  return Array.isArray(list) ? list : undefined;
}

function cardOf(readings: readonly (Found | Skipped)[]): Card {
  const found = readings.filter((r) => 'property' in r);
  const skipped = readings.filter((r) => 'code' in r);
  const name = found.find((f) => f.property === 'schema:name')?.value ?? '';
  return { card: 1, line: 1, name: name.slice(0, 200), found, skipped };
}

/** `{property, value | parts, label?, note?, tags?}`; further members, as lists answer them, are passed over. */
function readItem(entry: Json, line: number): Found | Skipped {
  const what = `entry ${line}`;
  if (!isObject(entry)) return skip(line, what, 'malformed', 'It is not an item: an object with a property.');
  const property = typeof entry.property === 'string' ? propertyNamed(entry.property) : undefined;
  if (!property)
    return skip(line, what, 'unknown-property', 'It has no property that My data has a name for.');
  const { label, note, tags } = entry;
  const parts = entry.parts === undefined ? undefined : AddressParts.safeParse(entry.parts);
  if (parts && !parts.success)
    return skip(line, property, 'value-unfit', 'Its parts are not those of an address.');
  const value = plainValue(entry.value ?? '');
  if (value === undefined) return skip(line, property, 'value-unfit', NOT_TEXT);
  const isText = [label, note].every((text) => text === undefined || typeof text === 'string');
  const isTags = tags === undefined || (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string'));
  if (!isText || !isTags) return skip(line, property, 'malformed', 'Its label, note or tags are not text.');
  return {
    line,
    what: property,
    property,
    ...(parts ? { parts: parts.data } : { value }),
    label: typeof label === 'string' ? label : undefined,
    note: typeof note === 'string' ? note : undefined,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : undefined,
  };
}

const NOT_TEXT = 'Its value is neither text nor a whole number.';

/** `{"schema:email": "...", "note": ["...", "..."], "address": {...}}` */
function readProperties(object: JsonObject): (Found | Skipped)[] {
  return Object.entries(object).flatMap(([name, value], index) => {
    const line = index + 1;
    const property = propertyNamed(name);
    if (!property) return [skip(line, name, 'unknown-property', 'My data has no name for this.')];
    const values = Array.isArray(value) ? value : [value];
    return values.map((one): Found | Skipped => readValue(line, name, property, one));
  });
}

function readValue(line: number, what: string, property: string, value: Json): Found | Skipped {
  if (isObject(value)) {
    const parts = AddressParts.safeParse(value);
    return parts.success
      ? { line, what, property, parts: parts.data }
      : skip(line, what, 'value-unfit', 'Its parts are not those of an address.');
  }
  const text = plainValue(value);
  return text === undefined
    ? skip(line, what, 'value-unfit', NOT_TEXT)
    : { line, what, property, value: text };
}

function skip(line: number, what: string, code: SkipCode, why: string): Skipped {
  return { line, what: what.slice(0, 200), code, why };
}
