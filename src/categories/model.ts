/** Goods come from the Shopify taxonomy; services are its own `se` branch and ours, under `sv`. */
export type CategoryKind = 'goods' | 'service';

/**
 * A property by which things of one category differ. Keys are schema.org property names where one exists.
 * Choice values are the words shown on the screen; a number is in `unit` where one is given.
 */
export type Attribute =
  | {
      readonly key: string;
      readonly label: string;
      readonly kind: 'choice';
      readonly values: readonly string[];
    }
  | { readonly key: string; readonly label: string; readonly kind: 'number'; readonly unit?: string }
  | { readonly key: string; readonly label: string; readonly kind: 'text' };

/** Usual price from low to high, in whole euro cents: of a new thing, or of one job of a service. A hint only. */
type PriceRange = readonly [low: number, high: number];

/** What we wrote about a category, as it stands in `data/curated.json`. */
export interface CuratedCategory {
  readonly id: string;
  /** What people type for it, besides its name. */
  readonly synonyms: readonly string[];
  readonly attributes: readonly Attribute[];
  readonly price: PriceRange;
  /** Being known to want it could harm. */
  readonly sensitive?: boolean;
}

export interface Category {
  readonly id: string;
  readonly name: string;
  /** Names from the root down, joined by ' > '. */
  readonly path: string;
  readonly kind: CategoryKind;
  /** True when nothing lies below it. */
  readonly leaf: boolean;
  /** Being known to want it could harm; inherited from above. */
  readonly sensitive: boolean;
  readonly synonyms: readonly string[];
  readonly price?: PriceRange;
}

/** Preorder positions [from, to) of a category and all below it: `from <= order(x) && order(x) < to`. */
interface OrderRange {
  readonly from: number;
  readonly to: number;
}

export interface SearchHit {
  readonly id: string;
  /** 0 to 1, four decimals. From 0.97: its very name or a synonym. Under 0.5: little more than a word in common. */
  readonly score: number;
  /** The words of the query that speak for this category, in lower case, without accents and possessive s. */
  readonly matched: readonly string[];
}

/** The categories of one release. Every function is total: an unknown id gives `undefined`, nothing or false. */
export interface Categories {
  /** Names the release. Orders and ranges that were stored are valid only for the same version. */
  readonly version: string;
  readonly size: number;
  get(id: string): Category | undefined;
  /** The top categories, in order. */
  roots(): readonly string[];
  parent(id: string): string | undefined;
  /** Nearest first, without the category itself. */
  ancestors(id: string): readonly string[];
  children(id: string): readonly string[];
  /** True for the category itself and for all below it. */
  isWithin(id: string, ancestorId: string): boolean;
  /** Preorder position, 0 for the first root. */
  order(id: string): number | undefined;
  range(id: string): OrderRange | undefined;
  /** Own attributes, else those that most of its nearest curated relatives share; goods begin with itemCondition. */
  attributesOf(id: string): readonly Attribute[];
  /** Ranked, best first; equal input gives equal output. At most `limit` hits, itself at most 100. */
  search(words: string, limit: number): SearchHit[];
}
