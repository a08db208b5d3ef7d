import type { Json, JsonObject } from '../kernel/json.ts';
import { isInCatalogue } from './catalogue.ts';
import { PropertyName } from './model.ts';

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text, or a whole number as text; undefined for anything else. */
export function plainValue(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** A property's name as it stands, or the one of the catalogue that it is short for. */
export function propertyNamed(name: string): string | undefined {
  if (PropertyName.safeParse(name).success) return name;
  const local = name.replace(/^https?:\/\/schema\.org\//, '');
  return ['schema', 'vcard', 'own'].map((space) => `${space}:${local}`).find(isInCatalogue);
}
