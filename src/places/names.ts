// Names are compared by key: without accents, case, punctuation, and with the usual abbreviations folded.

const APOSTROPHES = /['’‘‛`´ʼʻʽʹ′ʿʾ]/gu;
// Latin, Greek and Cyrillic accents, Hebrew points and Arabic vowel signs; other scripts keep their marks.
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670]/gu;
const SPECIAL = /[ßøæœłđðþıħŋ]/gu;
const SPECIAL_AS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
};
const NOT_A_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
const ABBREVIATED = /(?<![^ ])(?:saint|sankt|sint|sainte|mount|fort)(?![^ ])/gu;
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  saint: 'st',
  sankt: 'st',
  sint: 'st',
  sainte: 'ste',
  mount: 'mt',
  fort: 'ft',
};

/** The spelling of a name with case, accents and punctuation folded: 'St. Gallen' becomes 'st gallen'. */
export function spellingOf(name: string): string {
  const plain = name.replace(APOSTROPHES, '').replaceAll('&', ' and ');
  const bare = /^[ -~]*$/u.test(plain) ? plain.toLowerCase() : withoutAccents(plain);
  return bare.replace(NOT_A_WORD, ' ').trim();
}

function withoutAccents(name: string): string {
  return name
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => SPECIAL_AS[letter] ?? letter)
    .normalize('NFC');
}

/** The key under which a name is found: its spelling with 'Saint', 'Mount' and 'Fort' abbreviated. */
export function keyOf(name: string): string {
  return keyOfSpelling(spellingOf(name));
}

/** As `keyOf`, for text that went through `spellingOf`. */
export function keyOfSpelling(spelling: string): string {
  return spelling.replace(ABBREVIATED, (word) => ABBREVIATIONS[word] ?? word);
}

/**
 * The forms that a place's own name is written in: 'Donostia / San Sebastián' is each of its halves too, and
 * 'Halle (Saale)' is also Halle.
 */
export function formsOf(name: string): string[] {
  const bare = name.replace(/\s*\([^)]*\)/gu, '').trim();
  const parts = bare.includes('/') ? bare.split('/') : [];
  return [...new Set([name, bare, ...parts].map((form) => form.trim()))].filter((form) => form !== '');
}

const LATIN = /^[\p{Script=Latin}\p{M}\p{P}\p{N}\p{Z}\p{S}\p{Lm}]+$/u;

/**
 * Whether an entry of the source's other names is no name: an airport code, an address on the web, a dated or
 * numbered form, or a machine romanisation, which the source writes without any capital ('ken t' for Ghent).
 */
export function isJunkName(name: string): boolean {
  if (name.length > 80 || !/\p{L}/u.test(name)) return true;
  if (/:\/\/|www\.|[%[\]=]/u.test(name)) return true;
  if (/^[A-Z]{2,5}$/u.test(name)) return true;
  return LATIN.test(name) && !/[\p{Lu}\p{Lt}]/u.test(name);
}
