import type { Categories } from '../../categories/index.ts';
import type { RawRow } from './model.ts';

/** A score below this is a guess; and the next best of another family has to be this far behind. */
const SURE = 0.6;
const AHEAD = 0.12;

export interface CategoryReader {
  /** The category that a row's words name, or a sentence that says why none is certain. */
  read(fields: RawRow['fields'], title: string): { readonly category: string } | { readonly why: string };
}

interface Told {
  readonly id: string;
  readonly isLeaf: boolean;
}

interface Choices {
  /** Texts of the vendor's own, and what each means. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
  /** For rows whose words do not tell. */
  readonly fallback?: string | undefined;
}

/**
 * Reads categories by what a row says of itself, the most reliable first: our own id, the vendor's mapping, the path
 * in Google's taxonomy, the vendor's product type, the title. What stays unclear is said and never guessed.
 */
export function categoryReader(categories: Categories, choices: Choices = {}): CategoryReader {
  const paths = pathsOf(categories);
  const texts = new Map(Object.entries(choices.texts ?? {}).map(([text, id]) => [plain(text), id]));
  // A file has few category texts and many rows, so each text is looked up once.
  const known = new Map<string, Told | undefined>();
  const told = (text: string): Told | undefined => {
    if (!known.has(text)) known.set(text, lookUp(text));
    return known.get(text);
  };
  const lookUp = (text: string): Told | undefined => {
    const key = plain(text);
    // A bare number names a category of Google's that only Google can look up.
    const id =
      texts.get(key) ?? paths.get(key) ?? (/\p{L}/u.test(text) ? clearest(categories, text) : undefined);
    return id === undefined ? undefined : { id, isLeaf: categories.get(id)?.leaf ?? true };
  };
  return {
    read(fields, title) {
      const [own] = fields.category ?? [];
      if (own !== undefined) {
        const id = categories.get(own) ? own : (texts.get(plain(own)) ?? paths.get(plain(own)));
        return id === undefined ? { why: 'Its category is not one of ours.' } : { category: id };
      }
      const said = [...(fields.google_product_category ?? []), ...(fields.product_type ?? [])];
      for (const text of said) {
        const category = told(text);
        if (category)
          return { category: category.isLeaf ? category.id : refined(categories, category.id, title) };
      }
      const category = clearest(categories, title) ?? choices.fallback;
      return category === undefined ? { why: unclear(categories, said, title) } : { category };
    },
  };
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s*>\s*/g, ' > ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Every category by its path; our taxonomy shares most of its paths with Google's. */
function pathsOf(categories: Categories): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const add = (id: string): void => {
    const path = categories.get(id)?.path;
    if (path !== undefined) paths.set(plain(path), id);
    for (const child of categories.children(id)) add(child);
  };
  for (const root of categories.roots()) add(root);
  return paths;
}

/** The best hit, when it is good and nothing outside its own line of ancestors comes near; undefined otherwise. */
function clearest(categories: Categories, words: string): string | undefined {
  const [best, ...others] = categories.search(words.slice(0, 300), 6);
  if (!best || best.score < SURE || categories.parent(best.id) === undefined) return undefined;
  const isKin = (id: string): boolean => categories.isWithin(id, best.id) || categories.isWithin(best.id, id);
  const rival = others.find((hit) => !isKin(hit.id));
  return rival && best.score - rival.score < AHEAD ? undefined : best.id;
}

/** A more exact category below the one that was named, when the title tells it for certain. */
function refined(categories: Categories, category: string, title: string): string {
  const exact = clearest(categories, title);
  return exact !== undefined && categories.isWithin(exact, category) ? exact : category;
}

function unclear(categories: Categories, said: readonly string[], title: string): string {
  const worded = said.find((text) => /\p{L}/u.test(text)) ?? title;
  const hits = categories.search(worded.slice(0, 300), 2);
  const names = hits.flatMap((hit) => categories.get(hit.id)?.path ?? []);
  if (names.length === 0) return 'Its category cannot be told from its words; give one in the mapping.';
  return `Its category is not clear: ${names.join(', or ')}? Give it in the mapping.`;
}
