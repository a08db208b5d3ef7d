import type { In } from '../../api/operations.ts';
import type { Amount, Listing, Place } from '../../api/shapes.ts';
import { civilToday, endOfDay } from '../../components/now.ts';

export interface AskDraft {
  property: string;
  purpose: string;
  days: string;
}

/** A listing while it is written. */
interface ListingForm {
  title: string;
  category: { id: string; path: string } | undefined;
  price: Amount | undefined;
  stock: string;
  mode: Listing['mode'];
  place: Place | undefined;
  reach: Listing['reach']['level'];
  km: string;
  how: Listing['delivery']['how'];
  days: string;
  until: string;
  attributes: Record<string, string>;
  acceptsTerms: string[];
  minBudget: Amount | undefined;
  asks: AskDraft[];
  takes: (Amount & { what: string }) | undefined;
}

/** What every line of the sheet gets: the whole form, and how to change some of it. */
export interface ListingProps {
  form: ListingForm;
  set: (change: Partial<ListingForm>) => void;
}

const UNTIL_DAYS = 90;

export function newListing(): ListingForm {
  return {
    title: '',
    category: undefined,
    price: undefined,
    stock: '1',
    mode: 'first-come',
    place: undefined,
    reach: 'local',
    km: '20',
    how: 'pickup',
    days: '',
    until: civilToday(UNTIL_DAYS),
    attributes: {},
    acceptsTerms: ['SD-BASE'],
    minBudget: undefined,
    asks: [],
    takes: undefined,
  };
}

export function formOf(listing: Listing): ListingForm {
  const { reach, delivery, demands } = listing;
  const [take] = listing.takes ?? [];
  return {
    title: listing.title,
    category: { id: listing.category, path: listing.category },
    price: listing.price,
    stock: String(listing.stock),
    mode: listing.mode,
    place: listing.place,
    reach: reach.level,
    km: reach.km === undefined ? '' : String(reach.km),
    how: delivery.how,
    days: delivery.days === undefined ? '' : String(delivery.days),
    until: new Date(listing.until).toISOString().slice(0, 10),
    attributes: { ...listing.attributes },
    acceptsTerms: [...listing.acceptsTerms],
    minBudget: demands.minBudget,
    asks: demands.asks.map((ask) => ({ ...ask, days: String(ask.days) })),
    takes: take,
  };
}

/** What is still missing before it can be published: the fields without which there is no listing. */
export function isWhole(form: ListingForm): boolean {
  const { title, category, price, place, acceptsTerms } = form;
  return (
    title.trim() !== '' && category !== undefined && price !== undefined && !!place && acceptsTerms.length > 0
  );
}

/** The form as the operation takes it; undefined while it is not whole. */
export function toListing(form: ListingForm): In<'publish-listing'> | undefined {
  const { category, price, place } = form;
  if (!category || !price || !place) return undefined;
  const km = Number(form.km);
  return {
    title: form.title,
    category: category.id,
    price,
    stock: Math.max(0, Math.trunc(Number(form.stock)) || 0),
    mode: form.mode,
    place,
    reach: { level: form.reach, ...(form.reach === 'local' && km > 0 ? { km } : {}) },
    attributes: form.attributes,
    acceptsTerms: form.acceptsTerms,
    demands: {
      ...(form.minBudget ? { minBudget: form.minBudget } : {}),
      asks: form.asks.map((ask) => ({ ...ask, days: Number(ask.days) })),
    },
    delivery: { how: form.how, ...(form.days === '' ? {} : { days: Number(form.days) }) },
    until: endOfDay(form.until),
    ...(form.takes ? { takes: [form.takes] } : {}),
  };
}
