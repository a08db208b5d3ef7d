/** What an envelope that carries a record is about: those of one relationship stand together in every index. */
export function aboutRecord(rel: string, id: string): string {
  return `${rel}/${id}`;
}

/** The record that an envelope is about; undefined for anything else. */
export function recordAbout(about: string): { readonly rel: string; readonly id: string } | undefined {
  const [rel, id, ...rest] = about.split('/');
  return rel && id && rest.length === 0 ? { rel, id } : undefined;
}
