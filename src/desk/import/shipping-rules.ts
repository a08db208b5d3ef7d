import type { Delivery, Fee } from '../../market/index.ts';
import { readPrice } from './price-rules.ts';

interface Shipping {
  readonly delivery: Delivery;
  /** What sending costs the buyer; undefined when it is free. */
  readonly fee: Fee | undefined;
}

/**
 * Reads `country:region:service:price` (also with days before the price), the way Google's specification writes
 * shipping in one field, for the country the thing is in. Undefined when nothing is said; a sentence when it cannot be
 * read.
 */
export function readShipping(
  texts: readonly string[],
  country: string,
  unit: string,
): Shipping | undefined | string {
  const entries = texts
    .flatMap((text) => text.split(/,(?=\s*[A-Z]{2}:)/))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const read = entries.map(readEntry);
  const here =
    read.find((entry) => entry?.country === country) ?? read.find((entry) => entry?.country === '');
  if (entries.length === 0) return undefined;
  if (read.some((entry) => entry === undefined)) return 'Its shipping cannot be read; write BE:::4.95 EUR.';
  if (!here) return undefined;
  const price = readPrice(here.price, unit);
  if (typeof price === 'string') return `Shipping: ${price}`;
  if (price.unit !== unit) return 'Shipping is in another currency than the price.';
  const delivery: Delivery = { how: 'post', ...(here.days !== undefined && { days: here.days }) };
  const fee: Fee = { label: 'Shipping', payer: 'buyer', to: 'the seller', amount: price };
  return { delivery, fee: price.value === '0' ? undefined : fee };
}

interface Entry {
  readonly country: string;
  readonly price: string;
  readonly days?: number;
}

/** `country:region:service:price` or `country:region:service:price:minHandling:maxHandling:minTransit:maxTransit`. */
function readEntry(text: string): Entry | undefined {
  const parts = text.split(':').map((part) => part.trim());
  if (parts.length === 1) return { country: '', price: text };
  const [country = '', , , price, ...days] = parts;
  if (!/^([A-Z]{2})?$/.test(country) || !price) return undefined;
  const [, handling, , transit] = days;
  const most = [handling, transit].map((day) => (day && /^\d{1,3}$/.test(day) ? Number(day) : 0));
  const sum = most.reduce((a, b) => a + b, 0);
  return { country, price, ...(sum > 0 && sum <= 365 && { days: sum }) };
}
