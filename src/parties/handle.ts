/** A handle made from a name: lower-case letters, digits, hyphens, at most 32; `party` when nothing is left. */
export function handleFrom(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replaceAll(/^-+|-+$/g, '');
  return plain || 'party';
}
