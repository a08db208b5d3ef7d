import { unitScale } from '../../kernel/amount.ts';
import { type Json, type JsonObject, parseStrictJson } from '../../kernel/json.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { isAmount, kindOf, type SchemaView } from '../schema-view.ts';
import { usage } from './words.ts';

/**
 * Puts `--name value` pairs into an input, each as its schema wants it: `--stock 3`, `--title "A trumpet"`,
 * `--price "12.50 EUR"`, `--fields.kind goods`, `--scopes reads,writes`, lists also by repeating. Fails with `usage`.
 */
export function putFields(
  input: JsonObject,
  schema: SchemaView,
  fields: readonly (readonly [name: string, value: string | undefined])[],
): Result<JsonObject> {
  for (const [flag, text] of fields) {
    const path = flag.split('.').map(camelCase);
    const view = path.reduce<SchemaView | undefined>(memberOf, schema);
    if (!view) return usage('This operation has no input of that name', `--${flag}`);
    const value = text === undefined ? withoutValue(view) : readValue(view, text);
    if (value === undefined) return fail('usage', `--${flag} takes: ${kindOf(view)}.`, 'Correct it.');
    place(input, path, value);
  }
  return ok(input);
}

/** `new-passphrase` as `newPassphrase`; what is camel case already stays. */
export function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function memberOf(view: SchemaView | undefined, name: string): SchemaView | undefined {
  const own = view?.properties;
  if (own && Object.hasOwn(own, name)) return own[name];
  for (const choice of view?.anyOf ?? []) {
    const found = memberOf(choice, name);
    if (found) return found;
  }
  const rest = view?.additionalProperties;
  return typeof rest === 'object' ? rest : undefined;
}

function withoutValue(view: SchemaView): Json | undefined {
  return view.type === 'boolean' ? true : undefined;
}

function readValue(view: SchemaView, text: string): Json | undefined {
  if (view.anyOf) {
    for (const choice of view.anyOf) {
      const value = readValue(choice, text);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  if (view.type === 'string' || view.enum) return text;
  if (view.type === 'boolean')
    return text === 'true' || text === 'yes' ? true : text === 'false' || text === 'no' ? false : undefined;
  if (view.type === 'integer' || view.type === 'number')
    return /^-?\d{1,16}$/.test(text) ? Number(text) : undefined;
  if (isAmount(view) && !text.startsWith('{')) return amountOf(text);
  if (view.type === 'array' && !text.startsWith('[')) return listOf(view.items ?? {}, text);
  const parsed = parseStrictJson(text);
  return parsed.ok ? parsed.value : undefined;
}

/** Ids and names out of a fixed set hold no comma, so one separates them; other texts are one entry. */
function listOf(items: SchemaView, text: string): Json[] | undefined {
  const isPlain = items.enum !== undefined || items.pattern !== undefined;
  const values = (isPlain ? text.split(',') : [text]).map((entry) => readValue(items, entry.trim()));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** `12.50 EUR`, `2 hours`, `1 favour` in smallest units; undefined for what has a finer part than the unit. */
export function amountOf(text: string): { unit: string; value: string } | undefined {
  const [, sign = '', whole = '', part = '', name = ''] =
    /^(-?)(\d{1,18})(?:[.](\d{1,4}))?\s*([a-zA-Z]+)$/.exec(text.trim()) ?? [];
  const unit = unitScale(name.toUpperCase()) === undefined ? unitNamed(name) : name.toUpperCase();
  const scale = unit === undefined ? undefined : unitScale(unit);
  if (unit === undefined || scale === undefined) return undefined;
  const numerator = BigInt(part || '0') * BigInt(scale);
  const denominator = 10n ** BigInt(part.length);
  if (numerator % denominator !== 0n) return undefined;
  const value = BigInt(whole) * BigInt(scale) + numerator / denominator;
  return { unit, value: `${value === 0n ? '' : sign}${value}` };
}

function unitNamed(name: string): string | undefined {
  const lower = name.toLowerCase();
  return [lower, `${lower}s`, lower.replace(/s$/, '')].find(
    (candidate) => unitScale(candidate) !== undefined,
  );
}

function place(input: JsonObject, path: readonly string[], value: Json): void {
  let object = input;
  for (const name of path.slice(0, -1)) {
    const inner = object[name];
    object =
      typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : put(object, name, {});
  }
  const last = path.at(-1) ?? '';
  const before = Object.hasOwn(object, last) ? object[last] : undefined;
  put(object, last, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value);
}

/** As own data, also under a name such as `__proto__`. */
function put<T extends Json>(object: JsonObject, name: string, value: T): T {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  return value;
}
