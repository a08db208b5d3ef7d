import { type SchemaView, schemaView } from '../../src/doors/schema-view.ts';
import type { Operation } from '../../src/kernel/operation.ts';
import type { Deps } from '../../src/operations.ts';

type Way = readonly (string | number)[];

/** An input with one text that may be replaced by any other. */
interface TextInput {
  /** The members that lead to the text. */
  readonly way: string;
  with(text: string): object;
}

/**
 * One input for every text that an operation takes: everything else in it is made from the schema, or is what `known`
 * holds under the member's name, so that the call gets as far as it can.
 */
export function textInputs(
  operation: Operation<Deps>,
  known: Readonly<Record<string, unknown>>,
  whole: object = {},
): TextInput[] {
  const made = makeValue(schemaView(operation.input, 'input'), '', known);
  const input = { ...(made as object), ...whole }; // the input of every operation is an object
  return [...waysToTexts(input)].map((way) => ({
    way: way.join('.'),
    with: (text) => replaced(input, way, text) as object, // the way begins at a member
  }));
}

/** The least input that an operation takes, made from its schema. */
export function leastInput(operation: Operation<Deps>): object {
  const { properties = {}, required = [] } = schemaView(operation.input, 'input');
  return Object.fromEntries(required.map((name) => [name, makeValue(properties[name] ?? {}, name, {})]));
}

function makeValue(view: SchemaView, name: string, known: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(known, name)) return known[name];
  if (view.anyOf?.[0]) return makeValue(view.anyOf[0], name, known);
  if (view.const !== undefined) return view.const;
  if (view.enum) return view.enum[0];
  switch (view.type) {
    case 'integer':
    case 'number':
      return Math.max(view.minimum ?? 1, 1);
    case 'boolean':
      return false;
    case 'array':
      return [makeValue(view.items ?? {}, name, known)];
    case 'object':
      return membersOf(view, known);
    default:
      return 'x';
  }
}

function membersOf(view: SchemaView, known: Readonly<Record<string, unknown>>): object {
  const members = Object.entries(view.properties ?? {});
  const rest = typeof view.additionalProperties === 'object' ? { brand: view.additionalProperties } : {};
  return Object.fromEntries(
    [...members, ...Object.entries(rest)].map(([at, it]) => [at, makeValue(it, at, known)]),
  );
}

function* waysToTexts(value: unknown, way: Way = []): Generator<Way> {
  if (typeof value === 'string') yield way;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, it] of Object.entries(value)) yield* waysToTexts(it, [...way, name]);
}

function replaced(value: unknown, [name, ...rest]: Way, text: string): unknown {
  if (name === undefined) return text;
  if (Array.isArray(value)) return value.map((it, i) => (String(i) === name ? replaced(it, rest, text) : it));
  const members = value as Record<string, unknown>; // ways lead through objects and lists only
  return { ...members, [name]: replaced(members[name], rest, text) };
}
