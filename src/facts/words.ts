import type { Json } from '../kernel/json.ts';

/** Kinds of proof that pages and examples offer; any other name is a kind too. */
const KINDS: Readonly<Record<string, string>> = {
  'urn:parley:proof:age': 'Proof of age',
  'urn:parley:proof:residence': 'Proof of where somebody lives',
  'urn:parley:proof:mail': 'Proof of a mail address',
  'urn:eudi:pid:1': 'European identity card',
};

const FACTS: Readonly<Record<string, readonly [you: string, they: string]>> = {
  region: ['the region you live in', 'the region they live in'],
  locality: ['the town you live in', 'the town they live in'],
  country: ['the country you live in', 'the country they live in'],
  postal_code: ['your postcode', 'their postcode'],
  street_address: ['your street and number', 'their street and number'],
  address: ['your whole address', 'their whole address'],
  email: ['your mail address', 'their mail address'],
  email_verified: [
    'that your mail address was checked (yes or no only)',
    'that their mail address was checked',
  ],
  given_name: ['your first name', 'their first name'],
  family_name: ['your family name', 'their family name'],
  birthdate: ['your day of birth', 'their day of birth'],
  nationalities: ['your nationalities', 'their nationalities'],
};

export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind;
}

/** A fact as people say it, of whoever reads or of the other side. */
export function factWords(path: readonly string[], whose: 'you' | 'they'): string {
  const [first, last = ''] = [path[0], path.at(-1)];
  if (first === undefined) return `that ${whose} have this proof, and nothing that is in it`;
  const age = path.length === 1 ? /^age_over_([0-9]{1,3})$/.exec(last)?.[1] : undefined;
  const years = first === 'age_equal_or_over' && path.length === 2 ? last : age;
  if (years !== undefined) return `that ${whose} are over ${years} (yes or no only)`;
  const known = Object.hasOwn(FACTS, last) ? FACTS[last] : undefined;
  return known?.[whose === 'you' ? 0 : 1] ?? `“${path.join(', ')}”`;
}

export function valueWords(value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
