import type { Continent, Region } from './model.ts';

const BY_CONTINENT: Readonly<Record<Continent, string>> = {
  AF: `AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ
    NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW`,
  AN: 'AQ BV GS HM TF',
  AS: `AE AF AM AZ BD BH BN BT CC CN CX GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY
    NP OM PH PK PS QA SA SG SY TH TJ TM TR TW UZ VN YE`,
  EU: `AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD
    ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK`,
  NA: `AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX
    TC TT US VC VG VI`,
  OC: 'AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS',
  SA: 'AR BO BR CL CO EC FK GF GY PE PY SR UY VE',
};

/** English names of the continents, as a page shows them. */
export const continentNames: Readonly<Record<Continent, string>> = {
  AF: 'Africa',
  AN: 'Antarctica',
  AS: 'Asia',
  EU: 'Europe',
  NA: 'North America',
  OC: 'Oceania',
  SA: 'South America',
};

const CONTINENT_OF: ReadonlyMap<string, Continent> = new Map(
  Object.entries(BY_CONTINENT).flatMap(([continent, codes]) =>
    codes.split(/\s+/u).map((code): [string, Continent] => {
      return [code, continent as Continent]; // Object.entries widens the keys of the record above
    }),
  ),
);

/** The continent of a country (ISO 3166-1 alpha-2, and XK for Kosovo), as GeoNames assigns it. */
export function continentOf(country: string): Continent | undefined {
  return CONTINENT_OF.get(country);
}

/** Every known country code. */
export const countryCodes: readonly string[] = [...CONTINENT_OF.keys()];

/** Names in daily use that the Unicode names of countries lack. */
export const moreCountryNames: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE', 'Emirates'],
  BA: ['Bosnia'],
  CD: ['DRC', 'DR Congo', 'Democratic Republic of the Congo'],
  CG: ['Congo', 'Republic of the Congo'],
  CI: ['Ivory Coast'],
  CN: ["People's Republic of China", 'PRC'],
  CV: ['Cape Verde'],
  CZ: ['Czech Republic'],
  GB: ['UK', 'Great Britain', 'Britain'],
  HK: ['Hong Kong'],
  IE: ['Republic of Ireland', 'Eire'],
  KR: ['Korea', 'Republic of Korea'],
  MK: ['Macedonia'],
  MM: ['Burma'],
  MO: ['Macau', 'Macao'],
  NL: ['Holland', 'The Netherlands'],
  PH: ['The Philippines'],
  PS: ['Palestine'],
  RU: ['Russian Federation'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey'],
  US: [
    'USA',
    'US',
    'United States of America',
    'America',
    'The United States',
    'The States',
    'The US',
    'The USA',
  ],
  VA: ['Vatican', 'Holy See'],
};

/** The English exonyms and codes of first-level divisions: GeoNames code | English name | other forms. */
const REGIONS: Readonly<Record<string, string>> = {
  US: `AL|Alabama;AK|Alaska;AZ|Arizona;AR|Arkansas;CA|California;CO|Colorado;CT|Connecticut;DE|Delaware;
    DC|District of Columbia|D.C.;FL|Florida;GA|Georgia;HI|Hawaii;ID|Idaho;IL|Illinois;IN|Indiana;IA|Iowa;
    KS|Kansas;KY|Kentucky;LA|Louisiana;ME|Maine;MD|Maryland;MA|Massachusetts;MI|Michigan;MN|Minnesota;
    MS|Mississippi;MO|Missouri;MT|Montana;NE|Nebraska;NV|Nevada;NH|New Hampshire;NJ|New Jersey;NM|New Mexico;
    NY|New York|New York State|Upstate New York;NC|North Carolina;ND|North Dakota;OH|Ohio;OK|Oklahoma;OR|Oregon;
    PA|Pennsylvania;RI|Rhode Island;SC|South Carolina;SD|South Dakota;TN|Tennessee;TX|Texas;UT|Utah;VT|Vermont;
    VA|Virginia;WA|Washington|Washington State;WV|West Virginia;WI|Wisconsin;WY|Wyoming`,
  CA: `01|Alberta|AB;02|British Columbia|BC;03|Manitoba|MB;04|New Brunswick|NB;05|Newfoundland and Labrador|NL|
    Newfoundland|Labrador;07|Nova Scotia|NS;08|Ontario|ON;09|Prince Edward Island|PE|PEI;10|Quebec|QC|Québec;
    11|Saskatchewan|SK;12|Yukon|YT;13|Northwest Territories|NT;14|Nunavut|NU`,
  AU: `01|Australian Capital Territory|ACT;02|New South Wales|NSW;03|Northern Territory|NT;04|Queensland|QLD;
    05|South Australia|SA;06|Tasmania|TAS;07|Victoria|VIC;08|Western Australia|WA`,
  GB: 'ENG|England;NIR|Northern Ireland|Ulster;SCT|Scotland;WLS|Wales|Cymru',
  BE: 'BRU|Brussels Region;VLG|Flanders|Vlaanderen|Flandre;WAL|Wallonia|Wallonie|Wallonië',
  DE: `01|Baden-Württemberg;02|Bavaria|Bayern;03|Bremen;04|Hamburg;05|Hesse|Hessen;06|Lower Saxony|Niedersachsen;
    07|North Rhine-Westphalia|Nordrhein-Westfalen|NRW;08|Rhineland-Palatinate|Rheinland-Pfalz;09|Saarland;
    10|Schleswig-Holstein;11|Brandenburg;12|Mecklenburg-Western Pomerania|Mecklenburg-Vorpommern;
    13|Saxony|Sachsen;14|Saxony-Anhalt|Sachsen-Anhalt;15|Thuringia|Thüringen;16|Berlin`,
};

/** Every division whose names are known, with all its forms; a US code is a form of itself. */
export const knownRegions: readonly (Region & { readonly forms: readonly string[] })[] = Object.entries(
  REGIONS,
).flatMap(([country, lines]) =>
  lines.split(';').map((line) => {
    const [code = '', name = '', ...others] = line.split('|').map((part) => part.trim());
    const forms = country === 'US' ? [code, name, ...others] : [name, ...others];
    return { country, code, name, forms };
  }),
);

/** The English name of a division, where it is known. */
export function regionName(country: string, code: string): string | undefined {
  return knownRegions.find((region) => region.country === country && region.code === code)?.name;
}
