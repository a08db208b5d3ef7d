import { z } from 'zod';
import { line } from '../../kernel/schema.ts';
import {
  Ask,
  categoryId,
  Delivery,
  Mode,
  marketLimits,
  PlaceRef,
  Reach,
  rosterId,
} from '../../market/index.ts';
import { deskLimits } from '../limits.ts';
import { currency } from './price-rules.ts';

/** What we read of a row, by the names of Google's product data specification; `category` is ours. */
export const FIELDS = [
  'id',
  'title',
  'category',
  'google_product_category',
  'product_type',
  'price',
  'sale_price',
  'sale_price_effective_date',
  'availability',
  'quantity',
  'expiration_date',
  'condition',
  'brand',
  'color',
  'size',
  'material',
  'pattern',
  'gtin',
  'mpn',
  'shipping',
] as const;
export type Field = (typeof FIELDS)[number];

/** One row of a file as it stands there: its texts by field, several where the format allows several. */
export interface RawRow {
  /** 1 for the first row after the header, or the first item. */
  readonly row: number;
  readonly fields: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Why it cannot be read, when it cannot. */
  readonly broken?: string;
}

/** What holds for all rows that do not say it themselves. */
export const Mapping = z.object({
  columns: z
    .partialRecord(z.enum(FIELDS), line)
    .optional()
    .describe('The header of the column that holds a field, where it has another name.'),
  categories: z
    .record(z.string().max(1000), categoryId)
    .optional()
    .describe(
      'Your own category texts (google_product_category or product_type) and the category each means.',
    ),
  category: categoryId.optional().describe('For every row whose own words do not tell.'),
  currency: currency.optional().describe('For prices without one.'),
  place: PlaceRef.optional().describe('Where the things are; that of your newest listing when left out.'),
  reach: Reach.optional(),
  delivery: Delivery.optional(),
  mode: Mode.optional(),
  acceptsTerms: z.array(rosterId).min(1).max(marketLimits.terms).optional(),
  asks: z.array(Ask).max(marketLimits.asks).optional(),
  stock: z
    .int()
    .min(1)
    .max(deskLimits.stock)
    .default(1)
    .describe('How many there are of what is in stock when the row gives no number.'),
});
export type Mapping = z.output<typeof Mapping>;
