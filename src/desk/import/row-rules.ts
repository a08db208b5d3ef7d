import type { Amount } from '../../kernel/amount.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Fee, PlaceRef } from '../../market/index.ts';
import { deskLimits } from '../limits.ts';
import { ListingDraft } from '../model.ts';
import type { Numbered } from '../sign-listings.ts';
import type { CategoryReader } from './category-rules.ts';
import type { Field, Mapping, RawRow } from './model.ts';
import { readPrice } from './price-rules.ts';
import { readShipping } from './shipping-rules.ts';

const DAY_MS = 86_400_000;

/** A mapping in which nothing is open that every listing needs. */
interface SettledMapping extends Omit<Mapping, 'place' | 'acceptsTerms'> {
  readonly place: PlaceRef;
  readonly acceptsTerms: string[];
}

/** What a row is read with: everything that rows do not say themselves. */
export interface Reading {
  readonly mapping: SettledMapping;
  readonly categories: CategoryReader;
  readonly now: Instant;
}

/** A row that can be listed, with what was left out of it; or why it cannot. */
type ReadRow = { readonly numbered: Numbered; readonly remark?: string } | { readonly why: string };

/** Reads one row into a listing. Pure; a row is taken whole or not at all. */
export function readRow(raw: RawRow, reading: Reading): ReadRow {
  if (raw.broken !== undefined) return { why: raw.broken };
  const one = (field: Field): string | undefined => raw.fields[field]?.[0]?.trim() || undefined;
  const number = one('id');
  if (number === undefined) return { why: 'It has no id of its own, so importing it again would double it.' };
  const title = one('title');
  if (title === undefined) return { why: 'It has no title.' };
  const price = priceOf(one, reading);
  if (typeof price === 'string') return { why: price };
  const stock = stockOf(one, reading.mapping);
  if (typeof stock === 'string') return { why: stock };
  const until = untilOf(one, reading.now);
  if (typeof until === 'string') return { why: until };
  const category = reading.categories.read(raw.fields, title);
  if ('why' in category) return category;
  const { mapping } = reading;
  const shipping = readShipping(raw.fields.shipping ?? [], mapping.place.country, price.unit);
  if (typeof shipping === 'string') return { why: shipping };
  const { attributes, remark } = attributesOf(one);
  const draft = ListingDraft.safeParse({
    title: shortened(title),
    category: category.category,
    price,
    stock,
    mode: mapping.mode ?? 'first-come',
    place: mapping.place,
    reach: mapping.reach ?? { level: shipping ? 'country' : 'local' },
    attributes,
    acceptsTerms: mapping.acceptsTerms,
    demands: { asks: mapping.asks ?? [] },
    delivery: shipping?.delivery ?? mapping.delivery ?? { how: 'pickup' },
    until: until.at,
    fees: shipping ? [shipping.fee].filter((fee): fee is Fee => fee !== undefined) : [],
  });
  if (!draft.success)
    return { why: `${draft.error.issues[0]?.path.join('.')}: ${draft.error.issues[0]?.message}` };
  const lasting = { ...draft.data, until: until.isSaid ? until.at : 'while it is in the file' };
  const numbered = {
    number,
    draft: draft.data,
    isStockGuessed: stock > 0 && one('quantity') === undefined,
    signedFrom: lasting,
    ...(!until.isSaid && { renewBefore: reading.now + deskLimits.renewDays * DAY_MS }),
  };
  return remark === undefined ? { numbered } : { numbered, remark };
}

type One = (field: Field) => string | undefined;

/** The price in force: the sale price within its days, else the usual one. */
function priceOf(one: One, reading: Reading): Amount | string {
  const sale = one('sale_price');
  const days = one('sale_price_effective_date');
  const text = sale !== undefined && isWithin(days, reading.now) ? sale : one('price');
  if (text === undefined) return 'It has no price.';
  const price = readPrice(text, reading.mapping.currency);
  if (typeof price !== 'string' && price.value === '0') return 'Its price is nothing.';
  return price;
}

/** Whether now lies within two ISO 8601 dates parted by a slash; no dates mean always. */
function isWithin(days: string | undefined, now: Instant): boolean {
  if (days === undefined) return true;
  const [from, until] = days.split('/').map((text) => Date.parse(text.trim()));
  return from !== undefined && until !== undefined && from <= now && now <= until;
}

const IN_STOCK = new Set(['in_stock', 'instock', 'available', 'yes', 'true']);
const NOT_NOW = new Set([
  'out_of_stock',
  'outofstock',
  'preorder',
  'pre_order',
  'backorder',
  'back_order',
  'no',
  'false',
]);

function stockOf(one: One, mapping: Mapping): number | string {
  const said = one('availability')
    ?.toLowerCase()
    .replace(/^https?:\/\/schema\.org\//, '')
    .replaceAll(/[\s-]+/g, '_');
  if (said !== undefined && NOT_NOW.has(said)) return 0;
  if (said !== undefined && !IN_STOCK.has(said))
    return 'Its availability is none of in_stock, out_of_stock, preorder, backorder.';
  const quantity = one('quantity');
  if (quantity === undefined) return mapping.stock;
  const isCount = /^\d{1,10}$/.test(quantity) && Number(quantity) <= deskLimits.stock;
  return isCount ? Number(quantity) : 'Its quantity is not a whole number.';
}

/** Its last day when it says one, else a while from now, renewed as long as it stands in the file. */
function untilOf(one: One, now: Instant): { readonly at: Instant; readonly isSaid: boolean } | string {
  const said = one('expiration_date');
  if (said === undefined) return { at: now + deskLimits.importDays * DAY_MS, isSaid: false };
  const at = Date.parse(said);
  if (!/^\d{4}-\d{2}-\d{2}/.test(said) || !Number.isFinite(at))
    return 'Its expiration date is not a date that exists.';
  return at > now ? { at, isSaid: true } : 'Its expiration date has passed.';
}

const CONDITIONS = new Set(['new', 'refurbished', 'used']);

/** Fields that are called the same in schema.org. */
const SAME_NAME = ['brand', 'color', 'size', 'material', 'pattern', 'mpn'] as const;

function attributesOf(one: One): { attributes: Record<string, string>; remark?: string } {
  const attributes: Record<string, string> = {};
  const leftOut: string[] = [];
  for (const field of SAME_NAME) {
    const value = one(field);
    if (value !== undefined) attributes[field] = shortened(value);
  }
  const condition = one('condition')?.toLowerCase();
  if (condition !== undefined && CONDITIONS.has(condition)) attributes.itemCondition = condition;
  else if (condition !== undefined) leftOut.push('its condition is none of new, refurbished, used');
  const gtin = one('gtin')?.replaceAll(/[\s-]/g, '');
  if (gtin !== undefined && isGtin(gtin)) attributes.gtin = gtin;
  else if (gtin !== undefined) leftOut.push('its gtin has a wrong check digit');
  return leftOut.length === 0 ? { attributes } : { attributes, remark: `Left out: ${leftOut.join('; ')}.` };
}

/** GS1 General Specifications 7.9: 8, 12, 13 or 14 digits, the last one checking the others. */
function isGtin(digits: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return false;
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

function shortened(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  return plain.length <= 200 ? plain : `${plain.slice(0, 199).trimEnd()}…`;
}
