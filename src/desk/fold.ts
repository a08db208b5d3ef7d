/** Text as searches compare it: no accents, lower case, single spaces. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** A pattern for `like ... escape '!'` that finds the text anywhere. */
export function likeAnywhere(text: string): string {
  return `%${foldText(text).replaceAll(/[!%_]/g, (sign) => `!${sign}`)}%`;
}
