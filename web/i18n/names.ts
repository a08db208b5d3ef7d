/** Properties whose schema.org name is not what people call them. */
const CALLED: Readonly<Record<string, string>> = {
  educationalLevel: 'Level',
  itemCondition: 'Condition',
  suggestedGender: 'For',
};

/** `woodType` as people read it: "Wood type". */
export function readableName(key: string): string {
  const called = CALLED[key];
  if (called !== undefined) return called;
  const words = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What somebody types as the name of a quality, as a schema.org property is written: "wood type" is `woodType`. */
export function propertyKey(text: string): string {
  const words = text
    .normalize('NFD')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const key = words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return key.replace(/^[0-9]+/, '').slice(0, 60);
}
