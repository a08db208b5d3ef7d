import { fail, ok, type Result } from '../kernel/result.ts';
import { entryOf } from './catalogue.ts';
import { fold } from './fold.ts';
import type { AddressParts, Content } from './model.ts';
import { addressText, checkValue, takesParts } from './rules.ts';

/** What somebody has written of an item; what is left out keeps what it was. */
export interface Written {
  readonly property: string;
  readonly value?: string | undefined;
  readonly parts?: AddressParts | undefined;
  readonly label?: string | undefined;
  readonly note?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** The parts of an address, in the order in which they are kept. */
export const PART_NAMES = [
  'streetAddress',
  'extendedAddress',
  'postOfficeBoxNumber',
  'postalCode',
  'addressLocality',
  'addressRegion',
  'addressCountry',
] as const satisfies readonly (keyof AddressParts)[];

/** What is to be kept: the input, checked, over what was there before. */
export function contentOf(input: Written, before: Content | undefined): Result<Content> {
  const entry = entryOf(input.property);
  const old = before?.property === input.property ? before : undefined;
  if (input.parts && !takesParts(entry)) {
    return fail('value-unfit', 'Only an address has parts.', 'Write it as one value.', {
      parts: 'Only an address has parts.',
    });
  }
  const given = input.parts ? addressText(input.parts) : input.value;
  const value = given === undefined && old ? ok(old.value) : checkValue(input.property, given ?? '');
  if (!value.ok) return value;
  // Text that replaces an address in parts has no parts; the same text keeps them.
  const parts = input.parts ?? (old?.value === value.value ? old.parts : undefined);
  return ok({
    property: input.property,
    value: value.value,
    parts,
    label: input.label ?? old?.label ?? entry.label,
    note: (input.note ?? before?.note) || undefined,
    tags: input.tags ? distinct(input.tags) : (before?.tags ?? []),
  });
}

/** Tags that differ only in case or accents are one. */
function distinct(tags: readonly string[]): string[] {
  return [...new Map(tags.toReversed().map((t) => [fold(t), t])).values()].toReversed();
}

/** The same text for the same content. */
export function packContent(content: Content): string {
  const { property, label, value, parts, note, tags } = content;
  return JSON.stringify({ property, label, value, parts: parts && inOrder(parts), note, tags });
}

function inOrder(parts: AddressParts): AddressParts {
  return Object.fromEntries(PART_NAMES.map((name) => [name, parts[name]]));
}
