import { countryCodes, moreCountryNames } from './countries.ts';
import type { SourcePlace } from './gazetteer-source.ts';
import { formsOf, keyOf } from './names.ts';

const LARGE_LANGUAGES = 'fr de es it nl pt'.split(' ');
const LANGUAGES =
  `sv da nb nn fi is pl cs sk hu ro el ru uk be bg hr sr bs sl mk sq et lv lt tr ar he fa ps ur hi bn
  ta te mr gu pa ne si zh zh-Hant ja ko th vi lo km my id ms fil ca eu gl ga cy mt lb rm hy ka az kk uz mn sw am so
  af zu ha yo`.split(/\s+/u);
/** A town of this size is not taken for what some third language calls a country ('Granada' for Grenada). */
const LARGE_TOWN = 20_000;

/** The keys of the own names of large towns. */
export function largeOwnNames(places: readonly SourcePlace[]): ReadonlySet<string> {
  const large = places.filter((place) => place.population >= LARGE_TOWN);
  return new Set(
    large.flatMap((place) => [place.localName, place.english ?? ''].flatMap(formsOf)).map(keyOf),
  );
}

/**
 * Keys of the names of countries. A name that means two countries goes to the English, then the native one, or to
 * none. What a third language calls a country gives way to `towns` and, where it is short, to other words.
 */
export function countryRows(towns: ReadonlySet<string>): [key: string, country: string][] {
  const taken = new Map<string, string>();
  const claim = (names: readonly NameOfCountry[], allowed: (key: string) => boolean = () => true) => {
    const claims = new Map<string, Set<string>>();
    for (const [name, country] of names) {
      const key = keyOf(name);
      if (key === '' || taken.has(key) || !allowed(key)) continue;
      claims.set(key, (claims.get(key) ?? new Set()).add(country));
    }
    for (const [key, countries] of claims) {
      const [first, second] = countries;
      if (first !== undefined && second === undefined) taken.set(key, first);
    }
  };
  claim(namesIn('en', countryCodes));
  claim(
    Object.entries(moreCountryNames).flatMap(([code, names]) =>
      names.map((name): NameOfCountry => [name, code]),
    ),
  );
  claim(countryCodes.flatMap((code) => namesIn(new Intl.Locale(`und-${code}`).maximize().language, [code])));
  const foreign = (shortest: number) => (key: string) =>
    !towns.has(key) && (key.length >= shortest || !/^[a-z ]+$/u.test(key));
  claim(
    LARGE_LANGUAGES.flatMap((language) => namesIn(language, countryCodes)),
    foreign(4),
  );
  claim(
    LANGUAGES.flatMap((language) => namesIn(language, countryCodes)),
    foreign(5),
  );
  return [...taken];
}

type NameOfCountry = readonly [name: string, country: string];

function namesIn(language: string, codes: readonly string[]): NameOfCountry[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  return codes.flatMap((code) => formsOf(names.of(code) ?? '').map((name): NameOfCountry => [name, code]));
}

/** The name of a country on an English page. */
export function englishCountryName(code: string): string {
  const short: Readonly<Record<string, string>> = {
    CD: 'Democratic Republic of the Congo',
    CG: 'Republic of the Congo',
    HK: 'Hong Kong',
    MM: 'Myanmar',
    MO: 'Macao',
  };
  return short[code] ?? new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
}
