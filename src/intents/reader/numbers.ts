/** An exact number as it was written: `digits` divided by ten to the power of `places`. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

const SMALL = new Map(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
    'seventeen eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, BigInt(value)]),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, BigInt(20 + 10 * index)]),
);
const LARGE = new Map([
  ['hundred', 100n],
  ['thousand', 1000n],
  ['grand', 1000n],
  ['dozen', 12n],
]);

const UNIT_WORD = [...SMALL.keys(), ...TENS.keys()].join('|');
const LARGE_WORD = [...LARGE.keys()].join('|');

/** Pattern source: a number in digits, grouped or not: 1500, 1.200,50, 1,500, 1 200, 1'200. */
export const FIGURES = String.raw`(?:\d{1,3}(?:[ '.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)`;
/** Pattern source: digits, perhaps with a k; or words: two hundred, a thousand, twenty-five. */
export const NUMBER =
  `(?:${FIGURES}(?: ?k\\b| (?:${LARGE_WORD})\\b)?` +
  `|\\b(?:an? )?(?:half a |couple (?:of )?)?\\b(?:${UNIT_WORD}|${LARGE_WORD})(?:(?:[ -]| and )(?:${UNIT_WORD}|${LARGE_WORD}))*\\b)`;
/** Pattern source: a whole number under a thousand in digits or words. */
export const COUNT = `(?:\\d{1,3}(?![.,]?\\d)|\\b(?:an? )?\\b(?:${UNIT_WORD}|dozen)(?:-(?:${UNIT_WORD}))?\\b)`;

/** Reads what NUMBER matches; undefined when it makes no number. */
export function readNumber(text: string): Decimal | undefined {
  const written = text.trim().toLowerCase();
  const [, figures, large] = /^([\d.,' ]*\d) ?(k|hundred|thousand|grand|dozen)?$/.exec(written) ?? [];
  if (figures === undefined) return readWords(written);
  const number = readFigures(figures, large === 'k');
  const factor = large === undefined ? 1n : large === 'k' ? 1000n : (LARGE.get(large) ?? 1n);
  return number && { digits: number.digits * factor, places: number.places };
}

/**
 * The last of two different marks is the decimal one. A mark that stands once with three digits behind it groups
 * ("1.200" and "1,200" are twelve hundred: money has no three decimals), unless a k follows or it begins with 0.
 */
function readFigures(text: string, isThousands: boolean): Decimal | undefined {
  const marks = text.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  const behind = last === undefined ? 0 : text.length - text.lastIndexOf(last) - 1;
  const isRepeated = marks.filter((mark) => mark === last).length > 1;
  const isGrouping = new Set(marks).size === 1 && behind === 3 && !isThousands && !text.startsWith('0');
  const places = last === undefined || isRepeated || isGrouping ? 0 : behind;
  const digits = text.replaceAll(/[^\d]/g, '');
  return digits.length > 18 ? undefined : { digits: BigInt(digits), places };
}

function readWords(text: string): Decimal | undefined {
  let total = 0n;
  let part = 0n;
  let isHalf = false;
  for (const word of text.split(/[ -]+/)) {
    const large = LARGE.get(word);
    const value = SMALL.get(word) ?? TENS.get(word);
    if (value !== undefined) part += value;
    else if (word === 'half') isHalf = true;
    else if (word === 'couple') part = 2n;
    else if (large === undefined) {
      if (!['a', 'an', 'and', 'of'].includes(word)) return undefined;
    } else if (large < 1000n) part = (part || 1n) * large;
    else {
      total += (part || 1n) * large;
      part = 0n;
    }
  }
  const digits = total + part;
  if (digits === 0n) return undefined;
  return isHalf ? { digits: digits * 5n, places: 1 } : { digits, places: 0 };
}

/** The number in smallest units, `scale` of which make one; halves go up. */
export function scaled(number: Decimal, scale: number): bigint {
  const divisor = 10n ** BigInt(number.places);
  return (number.digits * BigInt(scale) * 2n + divisor) / (divisor * 2n);
}

/** A whole number under a thousand, from what COUNT matches. */
export function readCount(text: string): number | undefined {
  const number = readNumber(text);
  return number === undefined || number.places > 0 || number.digits > 999n
    ? undefined
    : Number(number.digits);
}
