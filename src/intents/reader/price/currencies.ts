import { isCurrency } from '../../../kernel/amount.ts';
import type { Sentence, Span } from '../sentence.ts';
import { currencyOf } from './countries.ts';

/** What a word or sign for money may mean: the country decides, else the first one if it is `usual`, else nobody. */
interface Sign {
  readonly names: string;
  readonly currencies: string;
  readonly usual?: boolean;
  /** What only people of one country mean by it. */
  readonly by?: Readonly<Record<string, string>>;
}

/** Pattern source of names -> what they mean. */
const SIGNS: readonly Sign[] = [
  { names: 'quid', currencies: 'GBP', usual: true, by: { IE: 'EUR' } },
  { names: '€|euros?|eur', currencies: 'EUR', usual: true },
  {
    names: '£|pounds?(?: sterling)?|british pounds?|sterling',
    currencies: 'GBP EGP LBP SYP SDG SSP',
    usual: true,
  },
  { names: 'us ?\\$|us dollars?|american dollars?', currencies: 'USD', usual: true },
  { names: 'c\\$|ca ?\\$|can\\$|canadian dollars?', currencies: 'CAD', usual: true },
  { names: 'a\\$|au ?\\$|australian dollars?|aussie dollars?', currencies: 'AUD', usual: true },
  { names: 'nz ?\\$|new zealand dollars?', currencies: 'NZD', usual: true },
  { names: 'hk ?\\$', currencies: 'HKD', usual: true },
  { names: 's\\$|sg ?\\$|singapore dollars?', currencies: 'SGD', usual: true },
  { names: 'r\\$|reais', currencies: 'BRL', usual: true },
  {
    names: '\\$|dollars?|bucks?',
    currencies: 'USD CAD AUD NZD SGD HKD TWD JMD TTD BBD BSD BZD NAD FJD LRD GYD SRD XCD BND SBD',
    usual: true,
  },
  { names: 'swiss francs?|sfr\\.?|franken|stutz', currencies: 'CHF', usual: true },
  { names: 'francs?|frs?\\.?', currencies: 'CHF XOF XAF CDF RWF BIF GNF DJF KMF XPF', usual: true },
  { names: 'kenyan? shillings?|kshs?\\.?|kes', currencies: 'KES', usual: true },
  { names: 'ugandan? shillings?|ushs?', currencies: 'UGX', usual: true },
  { names: 'tanzanian? shillings?|tshs?', currencies: 'TZS', usual: true },
  { names: 'shillings?|bob|shs?\\.?|/=', currencies: 'KES TZS UGX SOS' },
  { names: '¥|yen', currencies: 'JPY CNY', usual: true },
  { names: 'yuan|rmb|renminbi', currencies: 'CNY', usual: true },
  { names: 'swedish (?:kron(?:or|a)|crowns?)|kronor|krona', currencies: 'SEK', usual: true },
  { names: 'danish (?:kroner?|crowns?)', currencies: 'DKK', usual: true },
  { names: 'norwegian (?:kroner?|crowns?)', currencies: 'NOK', usual: true },
  { names: 'czech crowns?|korun[ay]?|kc', currencies: 'CZK', usual: true },
  { names: 'kr\\.?|kroner?|crowns?', currencies: 'SEK NOK DKK ISK CZK' },
  { names: 'zl|zlot(?:y|ys|ych|e)', currencies: 'PLN', usual: true },
  { names: 'forints?', currencies: 'HUF', usual: true },
  { names: 'indian rupees?|₹', currencies: 'INR', usual: true },
  { names: 'rupees?|rs\\.?', currencies: 'INR PKR LKR NPR MUR SCR' },
  { names: 'rands?', currencies: 'ZAR', usual: true },
  { names: '₩', currencies: 'KRW', usual: true },
  { names: '₺|liras?|tl', currencies: 'TRY', usual: true },
  { names: '₪|shekels?|nis', currencies: 'ILS', usual: true },
  { names: '₴|hryvni?as?', currencies: 'UAH', usual: true },
  { names: '₽|roubles?|rubles?', currencies: 'RUB', usual: true },
  { names: '₦|nairas?', currencies: 'NGN', usual: true },
  { names: '₵|cedis?', currencies: 'GHS', usual: true },
  { names: '฿|bahts?', currencies: 'THB', usual: true },
  { names: '₫|dongs?', currencies: 'VND', usual: true },
  { names: '₱', currencies: 'PHP', usual: true },
  { names: 'ringgits?|rm', currencies: 'MYR', usual: true },
  { names: 'rupiahs?|rp\\.?', currencies: 'IDR', usual: true },
  { names: 'pesos?', currencies: 'MXN ARS CLP COP PHP UYU DOP CUP' },
  { names: 'dirhams?', currencies: 'AED MAD' },
  { names: 'dinars?', currencies: 'RSD TND DZD JOD KWD BHD IQD LYD' },
  { names: 'ri[yj]als?', currencies: 'SAR QAR OMR YER' },
  { names: 'lei|leu', currencies: 'RON MDL', usual: true },
  { names: 'birrs?', currencies: 'ETB', usual: true },
];

/** Codes that people also write in lower case without meaning a word. */
const CODES = new Set(
  'usd gbp chf jpy sek nok dkk pln czk huf cad aud nzd zar inr cny ron ugx tzs ngn brl mxn sgd hkd isk thb'.split(
    ' ',
  ),
);

const NAMES = SIGNS.map((sign) => sign.names).join('|');
const BEFORE = new RegExp(`(?<![a-z0-9])(?:${NAMES}|[a-z]{3}) ?$`);
const AFTER = new RegExp(`^ ?(?:${NAMES}|[a-z]{3})(?![a-z0-9])`);
const SIGN_PATTERNS = SIGNS.map((sign) => ({ ...sign, whole: new RegExp(`^(?:${sign.names})$`) }));

/** A currency's name beside a number. */
export interface FoundSign extends Span {
  readonly sign: MoneySign;
}

export type MoneySign = Omit<Sign, 'names'>;

/** The sign or name of a currency that ends right before a position. */
export function signBefore(sentence: Sentence, at: number): FoundSign | undefined {
  const start = Math.max(0, at - 24);
  const match = BEFORE.exec(sentence.plain.slice(start, at));
  return match ? readSign(sentence, { from: start + match.index, to: at }) : undefined;
}

/** The sign or name of a currency that begins right after a position. */
export function signAfter(sentence: Sentence, at: number): FoundSign | undefined {
  const match = AFTER.exec(sentence.plain.slice(at, at + 24));
  return match ? readSign(sentence, { from: at, to: at + match[0].length }) : undefined;
}

function readSign(sentence: Sentence, span: Span): FoundSign | undefined {
  const plain = sentence.plain.slice(span.from, span.to).trim();
  const text = sentence.text.slice(span.from, span.to).trim();
  const sign = SIGN_PATTERNS.find(({ whole }) => whole.test(plain));
  if (sign) return { ...span, sign };
  const isCode = CODES.has(plain) || (isShout(sentence.text, text) && isCurrency(text));
  return isCode ? { ...span, sign: { currencies: plain.toUpperCase(), usual: true } } : undefined;
}

/** Whether a code stands in capitals in a sentence that does not. */
function isShout(sentence: string, code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && /\p{Ll}/u.test(sentence);
}

/** Countries in the order in which they decide: the person's home, then the place that was named. */
type Deciders = readonly (string | undefined)[];

/** The one currency that a sign means here; undefined when that has to be asked. */
export function decideCurrency(sign: MoneySign, deciders: Deciders): string | undefined {
  const possible = sign.currencies.split(' ');
  for (const country of deciders) {
    const own = country === undefined ? undefined : sign.by?.[country];
    if (own !== undefined) return own;
    const theirs = currencyOf(country);
    if (theirs !== undefined && possible.includes(theirs)) return theirs;
  }
  return sign.usual || possible.length === 1 ? possible[0] : undefined;
}

/** The currency of a number that nothing was written beside; undefined when that has to be asked. */
export function decideBare(deciders: Deciders): string | undefined {
  return deciders.map(currencyOf).find((currency) => currency !== undefined);
}
