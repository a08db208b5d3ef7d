import { readFileSync } from 'node:fs';

/** The categories that the sample market deals in, ten services among them. */
export const SAMPLE_CATEGORIES: readonly string[] = idsOf(
  JSON.parse(readFileSync(new URL('./data/sample-categories.json', import.meta.url), 'utf8')),
);

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id);
}
