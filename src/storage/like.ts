/** A pattern for `like ... escape '!'` that finds the text anywhere. */
export function likeAnywhere(text: string): string {
  return `%${text.replaceAll(/[!%_]/g, (sign) => `!${sign}`)}%`;
}
