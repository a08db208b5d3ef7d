import type { Json, JsonObject } from '../kernel/json.ts';
import { entryOf } from './catalogue.ts';
import type { Card, Found, Skipped } from './found.ts';
import { isObject, plainValue, propertyNamed } from './json-values.ts';
import { AddressParts } from './model.ts';

/** True for a Person or an Organization of schema.org in JSON-LD, whatever way its names are written. */
export function isPerson(node: JsonObject): boolean {
  const types = Array.isArray(node['@type']) ? node['@type'] : [node['@type']];
  return types.some(
    (t) => typeof t === 'string' && /^(https?:\/\/schema\.org\/|schema:)?(Person|Organization)$/.test(t),
  );
}

/** schema.org's Person and Organization as what may become items; `card` is also the place of its lines. */
export function personCard(person: JsonObject, card: number): Card {
  const readings = Object.entries(person).flatMap(([name, value], index) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) => readMember(name, one, index + 1)),
  );
  const found = readings.filter((r) => 'property' in r);
  const skipped = readings.filter((r) => 'code' in r);
  const name = found.find((f) => f.property === 'schema:name')?.value ?? '';
  return { card, line: card, name: name.slice(0, 200), found, skipped };
}

type Reading = Found | Skipped;

function readMember(what: string, value: Json, line: number): Reading[] {
  const name = what.replace(/^(https?:\/\/schema\.org\/|schema:)/, '');
  const at = { line, what: what.slice(0, 200) };
  if (what.startsWith('@') || name === 'identifier') {
    return [{ ...at, code: 'about-the-file', why: 'It is about the file and not about you.' }];
  }
  if (name === 'contactPoint' && isObject(value)) return contactPoint(value, at);
  const property = name === 'sameAs' ? 'vcard:socialprofile' : propertyNamed(`schema:${name}`);
  if (!property) return [{ ...at, code: 'unknown-property', why: 'My data has no name for this.' }];
  if (entryOf(property).kind === 'address' || name === 'homeLocation') return [address(value, property, at)];
  return [plain(value, property, at)];
}

type At = Pick<Found, 'line' | 'what'>;

/** Text, or a thing with a name, an address on the web, or a quantity and its unit. */
function plain(value: Json, property: string, at: At): Reading {
  const text = plainValue(value) ?? (isObject(value) ? nameOf(value) : undefined);
  if (text === undefined) return { ...at, code: 'value-unfit', why: 'It is not text, and has no name.' };
  const word = /^https?:\/\/schema\.org\/(\w+)$/.exec(text)?.[1];
  return { ...at, property, value: word ? word.toLowerCase() : text };
}

function nameOf(thing: JsonObject): string | undefined {
  const amount = plainValue(thing.value ?? null);
  const unit = plainValue(thing.unitText ?? thing.unitCode ?? null);
  if (amount !== undefined && unit !== undefined) return `${amount} ${UNITS[unit] ?? unit}`;
  return plainValue(thing.name ?? thing.url ?? thing.contentUrl ?? thing.alternateName ?? null);
}

/** UN/CEFACT codes that schema.org uses for units. */
const UNITS: Readonly<Record<string, string>> = {
  CMT: 'cm',
  MMT: 'mm',
  MTR: 'm',
  INH: 'in',
  FOT: 'ft',
  KGM: 'kg',
  LBR: 'lb',
};

/** Text, a PostalAddress, or a place that has one. */
function address(value: Json, property: string, at: At): Reading {
  const text = plainValue(value);
  const target = property === 'schema:homeLocation' ? 'schema:address' : property;
  if (text !== undefined) return { ...at, property: target, value: text };
  const inner = isObject(value) && isObject(value.address) ? value.address : value;
  const parts = AddressParts.safeParse(isObject(inner) ? flatParts(inner) : {});
  if (parts.success) return { ...at, property: target, parts: parts.data };
  return { ...at, code: 'value-unfit', why: 'Its parts are not those of an address.' };
}

function flatParts(address: JsonObject): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const [name, value] of Object.entries(address)) {
    const text = plainValue(value) ?? (isObject(value) ? nameOf(value) : undefined);
    if (text !== undefined) parts[name] = text.replaceAll(/\s*\n\s*/g, ', ');
  }
  return parts;
}

function contactPoint(point: JsonObject, at: At): Reading[] {
  const kind = plainValue(point.contactType ?? null);
  const readings = ['telephone', 'email', 'faxNumber', 'url', 'hoursAvailable'].flatMap((name) => {
    const value = plainValue(point[name] ?? null);
    const property = `schema:${name}`;
    const label = kind === undefined ? undefined : `${entryOf(property).label} (${kind})`;
    return value === undefined ? [] : [{ ...at, property, value, label }];
  });
  if (readings.length > 0) return readings;
  return [{ ...at, code: 'empty', why: 'There is no way in it to reach anybody.' }];
}
