import { entryOf } from './catalogue.ts';
import type { Card, Found, SkipCode, Skipped } from './found.ts';
import type { AddressParts } from './model.ts';
import type { CardLines, ContentLine } from './vcard-lines.ts';
import { dateOf, distinction, plainLabel, splitValue, unescapeText } from './vcard-values.ts';

/** What one line gives: values under properties, or a reason. */
type Given = Pick<Found, 'property' | 'value' | 'parts'> & { readonly about?: string };
type Reading = readonly Given[] | readonly [SkipCode, string];
type Reader = (line: ContentLine, card: CardLines) => Reading;

/** A card's lines as what may become items, each line either found or skipped. */
export function cardOf(lines: CardLines, card: number): Card {
  const labels = groupLabels(lines);
  const found: Found[] = [];
  const skipped: Skipped[] = [...lines.skipped];
  for (const line of lines.lines) {
    const at = { line: line.line, what: line.name };
    const reading = readLine(line, lines);
    if (isReason(reading)) {
      skipped.push({ ...at, code: reading[0], why: reading[1] });
      continue;
    }
    const given = reading.filter((g) => g.parts !== undefined || (g.value ?? '').trim() !== '');
    if (given.length === 0) skipped.push({ ...at, code: 'empty', why: 'There is nothing in it.' });
    for (const { about, ...rest } of given) {
      const plain = entryOf(rest.property).label;
      const distinct = about ?? distinction(line, labels);
      const label = distinct && distinct !== plain ? `${plain} (${distinct})` : undefined;
      found.push({ ...at, ...rest, label });
    }
  }
  const name = found.find((f) => f.property === 'schema:name')?.value ?? '';
  return { card, line: lines.line, name: name.slice(0, 200), found, skipped };
}

function isReason(reading: Reading): reading is readonly [SkipCode, string] {
  return typeof reading[0] === 'string';
}

/** Apple's own labels of groups, by the group's name. */
function groupLabels(card: CardLines): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { name, group, value, version } of card.lines) {
    if (name === 'X-ABLABEL' && group) labels.set(group, plainLabel(unescapeText(value, version)));
  }
  return labels;
}

function readLine(line: ContentLine, card: CardLines): Reading {
  const encoding = line.params.get('ENCODING')?.[0]?.toUpperCase();
  if (encoding === 'B' || encoding === 'BASE64') return PICTURE;
  const property = TEXT[line.name];
  if (property) return one(property, unescapeText(line.value, line.version).trim());
  const service = CHAT[line.name];
  if (service) return one('vcard:impp', `${service}:${unescapeText(line.value, line.version).trim()}`);
  const reader = READERS[line.name];
  if (reader) return reader(line, card);
  if (ABOUT_THE_FILE.test(line.name)) return ['about-the-file', 'It is about the file and not about you.'];
  return ['unknown-property', 'My data has no name for this.'];
}

const one = (property: string, value: string): Given[] => [{ property, value }];
const PICTURE: Reading = ['not-kept-here', 'Pictures, sounds and keys are not kept in My data.'];

const TEXT: Readonly<Record<string, string>> = {
  FN: 'schema:name',
  EMAIL: 'schema:email',
  TITLE: 'schema:jobTitle',
  ROLE: 'schema:hasOccupation',
  URL: 'schema:url',
  NOTE: 'vcard:note',
  LANG: 'vcard:lang',
  TZ: 'vcard:tz',
  IMPP: 'vcard:impp',
  'X-MS-IMADDRESS': 'vcard:impp',
  BIRTHPLACE: 'schema:birthPlace',
  PRONOUNS: 'vcard:pronouns',
  HOBBY: 'vcard:hobby',
  INTEREST: 'vcard:interest',
  EXPERTISE: 'vcard:expertise',
};

const CHAT: Readonly<Record<string, string>> = {
  'X-AIM': 'aim',
  'X-GOOGLE-TALK': 'xmpp',
  'X-GTALK': 'xmpp',
  'X-ICQ': 'icq',
  'X-JABBER': 'xmpp',
  'X-MSN': 'msn',
  'X-QQ': 'qq',
  'X-SKYPE': 'skype',
  'X-SKYPE-USERNAME': 'skype',
  'X-YAHOO': 'ymsgr',
};

const ABOUT_THE_FILE =
  /^(PRODID|REV|UID|SOURCE|KIND|CLASS|MAILER|SORT-STRING|CLIENTPIDMAP|XML|PROFILE|CREATED|NAME|X-AB(UID|SHOWAS|ADR|ORDER)|X-IMAGETYPE|X-MOZILLA-.*|X-EVOLUTION-.*|X-MS-(OL-.*|SIGNATURE)|X-PHONETIC-.*|X-IMAGEHASH)$/;

const GENDERS: Readonly<Record<string, string>> = { M: 'male', F: 'female', O: 'other', N: 'none' };

const date =
  (property: string): Reader =>
  (line) => {
    const value = dateOf(line);
    return value ? one(property, value) : ['value-unfit', 'It is not a date as YYYY-MM-DD or --MM-DD.'];
  };

const structuredName: Reader = (line) => {
  const [family = '', given = '', middle = '', before = '', behind = ''] = splitValue(line, ';');
  const some = (text: string): string => text.replaceAll(/,(?=\S)/g, ', ');
  return [
    ...one('schema:familyName', some(family)),
    ...one('schema:givenName', some(given)),
    ...one('schema:additionalName', some(middle)),
    ...one('schema:honorificPrefix', some(before)),
    ...one('schema:honorificSuffix', some(behind)),
  ];
};

const address: Reader = (line) => {
  const inLine = (text = ''): string | undefined => text.replaceAll(/\s*\n\s*/g, ', ').trim() || undefined;
  const [box, extended, street, town, region, code, country] = splitValue(line, ';').map(inLine);
  const parts: AddressParts = {
    streetAddress: street,
    extendedAddress: extended,
    postOfficeBoxNumber: box,
    postalCode: code,
    addressLocality: town,
    addressRegion: region,
    addressCountry: country,
  };
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  return Object.keys(given).length > 0 ? [{ property: 'schema:address', parts: given }] : [];
};

const organisation: Reader = (line) => {
  const [name = '', ...units] = splitValue(line, ';');
  const department = units.filter((u) => u !== '').join(', ');
  return [...one('schema:worksFor', name), ...one('schema:department', department)];
};

const picture: Reader = (line) =>
  /^https?:/i.test(line.value) ? one('schema:image', unescapeText(line.value, line.version)) : PICTURE;

const related: Reader = (line) => {
  const isText = line.name !== 'RELATED' || line.params.get('VALUE')?.[0]?.toLowerCase() === 'text';
  if (!isText) return ['somebody-else', 'It points to the card of somebody else.'];
  return one('vcard:related', unescapeText(line.value, line.version));
};

/** Android keeps what has no property of its own as `kind;value;type;label;...`. */
const androidCustom: Reader = (line) => {
  const [kind = '', value = ''] = splitValue(line, ';');
  if (kind.endsWith('/nickname')) return one('schema:alternateName', value);
  if (kind.endsWith('/relation')) return one('vcard:related', value);
  return ['unknown-property', 'My data has no name for this.'];
};

const READERS: Readonly<Record<string, Reader>> = {
  N: structuredName,
  ADR: address,
  LABEL: (line, card) =>
    card.lines.some((other) => other.name === 'ADR')
      ? ['about-the-file', 'It prints an address that the file also has in parts.']
      : one('schema:address', unescapeText(line.value, line.version)),
  TEL: (line) => {
    const isFax = [...line.types].some((type) => type.includes('FAX'));
    return one(isFax ? 'schema:faxNumber' : 'schema:telephone', unescapeText(line.value, line.version));
  },
  NICKNAME: (line) => splitValue(line, ',').map((value) => ({ property: 'schema:alternateName', value })),
  BDAY: date('schema:birthDate'),
  ANNIVERSARY: date('vcard:anniversary'),
  'X-ANNIVERSARY': date('vcard:anniversary'),
  'X-MS-ANNIVERSARY': date('vcard:anniversary'),
  'X-EVOLUTION-ANNIVERSARY': date('vcard:anniversary'),
  'X-ABDATE': date('vcard:anniversary'),
  GENDER: (line) => {
    const [sex = '', words = ''] = splitValue(line, ';');
    return one('schema:gender', words || (GENDERS[sex.toUpperCase()] ?? ''));
  },
  ORG: organisation,
  GEO: (line) => {
    const old = /^(-?[\d.]+);(-?[\d.]+)$/.exec(line.value.trim());
    if (line.version === '2.1') return ['value-unfit', 'Programs disagree which number comes first in 2.1.'];
    return one('vcard:geo', old ? `geo:${old[1]},${old[2]}` : line.value.trim());
  },
  PHOTO: picture,
  LOGO: () => PICTURE,
  SOUND: () => PICTURE,
  KEY: () => PICTURE,
  'X-SOCIALPROFILE': (line) => social(line),
  SOCIALPROFILE: (line) => social(line),
  RELATED: related,
  'X-ABRELATEDNAMES': related,
  'X-SPOUSE': related,
  'X-EVOLUTION-SPOUSE': related,
  AGENT: () => ['somebody-else', 'It is the card of somebody else inside this one.'],
  MEMBER: () => ['somebody-else', 'It points to the card of somebody else.'],
  CATEGORIES: () => ['not-kept-here', 'Groups of an address book are not tags of yours.'],
  'X-ANDROID-CUSTOM': androidCustom,
  'X-ABLABEL': () => ['about-the-file', 'It names another line and went with that one.'],
};

function social(line: ContentLine): Reading {
  const value = unescapeText(line.value, line.version);
  const service = line.params.get('SERVICE-TYPE')?.[0] ?? [...line.types].find((type) => type !== 'PREF');
  return [{ property: 'vcard:socialprofile', value, ...(service && { about: service.toLowerCase() }) }];
}
