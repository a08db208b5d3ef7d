import type { Category, Kind, Property } from './model.ts';

/**
 * `schema:` names a schema.org term, `vcard:` a vCard property (RFC 6350, 6474, 6715, 9554), `own:` something for
 * which neither has a word.
 */
export const PROPERTY_NAME = /^(schema|vcard|own):[A-Za-z][A-Za-z0-9-]{0,59}$/;

/** What a value must be beyond its kind (rules.ts). */
export type Rule = 'length' | 'weight' | 'language' | 'zone' | 'geo' | 'currency';

export interface CatalogueEntry extends Property {
  readonly rule?: Rule;
}

type Row = readonly [property: string, label: string, kind: Kind, example: string, rule?: Rule];

const CONTACT: readonly Row[] = [
  ['schema:name', 'Name', 'text', 'Jane Doe'],
  ['schema:givenName', 'First name', 'text', 'Jane'],
  ['schema:additionalName', 'Middle name', 'text', 'Maria'],
  ['schema:familyName', 'Family name', 'text', 'Doe'],
  ['schema:honorificPrefix', 'Title before the name', 'text', 'Dr'],
  ['schema:honorificSuffix', 'Title after the name', 'text', 'MSc'],
  ['schema:alternateName', 'Nickname', 'text', 'Janie'],
  ['vcard:pronouns', 'Pronouns', 'text', 'she/her'],
  ['schema:email', 'E-mail', 'email', 'jane@example.org'],
  ['schema:telephone', 'Phone', 'phone', '+32 470 12 34 56'],
  ['schema:faxNumber', 'Fax', 'phone', '+32 9 123 45 67'],
  ['vcard:impp', 'Chat address', 'text', 'xmpp:jane@example.org'],
  ['schema:url', 'Website', 'url', 'https://jane.example.org'],
  ['vcard:socialprofile', 'Profile elsewhere', 'url', 'https://social.example/@jane'],
  ['schema:image', 'Picture (its web address)', 'url', 'https://jane.example.org/me.jpg'],
  ['schema:birthDate', 'Date of birth', 'date', '1980-02-29'],
  ['schema:birthPlace', 'Place of birth', 'text', 'Ghent'],
  ['vcard:anniversary', 'Anniversary', 'date', '2009-06-20'],
  ['schema:gender', 'Gender', 'text', 'female'],
  ['schema:nationality', 'Nationality', 'text', 'Belgian'],
  ['schema:jobTitle', 'Job title', 'text', 'Carpenter'],
  ['schema:hasOccupation', 'Occupation', 'text', 'Furniture making'],
  ['schema:worksFor', 'Works for', 'text', 'Doe & Daughters'],
  ['schema:department', 'Department', 'text', 'Workshop'],
  ['schema:memberOf', 'Member of', 'text', 'Ghent Brass Band'],
  ['vcard:related', 'Somebody close', 'text', 'John Doe (brother)'],
  ['schema:legalName', 'Legal name of the organisation', 'text', 'Doe & Daughters bv'],
  ['schema:vatID', 'VAT number', 'text', 'BE0123456789'],
  ['schema:taxID', 'Tax number', 'text', '85.02.29-123.45'],
];

const ADDRESS: readonly Row[] = [
  ['schema:address', 'Address', 'address', 'Kerkstraat 1\n9000 Ghent\nBelgium'],
  ['schema:deliveryAddress', 'Delivery address', 'address', 'Kerkstraat 1\n9000 Ghent\nBelgium'],
  ['schema:billingAddress', 'Billing address', 'address', 'Kerkstraat 1\n9000 Ghent\nBelgium'],
  ['schema:workLocation', 'Work address', 'address', 'Dok Noord 4\n9000 Ghent\nBelgium'],
  ['schema:postalCode', 'Postcode', 'text', '9000'],
  ['schema:addressLocality', 'Town', 'text', 'Ghent'],
  ['schema:addressRegion', 'Region', 'text', 'East Flanders'],
  ['schema:addressCountry', 'Country', 'text', 'Belgium'],
  ['schema:accessCode', 'Door or gate code', 'text', '12 then bell'],
  ['schema:hoursAvailable', 'When I can be found there', 'text', 'Weekdays after 17:00'],
  ['vcard:geo', 'Position', 'text', 'geo:51.0543,3.7174', 'geo'],
  ['vcard:tz', 'Time zone', 'text', 'Europe/Brussels', 'zone'],
];

const SIZE: readonly Row[] = [
  ['schema:height', 'Height', 'size', '183 cm', 'length'],
  ['schema:weight', 'Weight', 'size', '72 kg', 'weight'],
  ['schema:BodyMeasurementChest', 'Chest', 'size', '96 cm', 'length'],
  ['schema:BodyMeasurementBust', 'Bust', 'size', '92 cm', 'length'],
  ['schema:BodyMeasurementUnderbust', 'Under the bust', 'size', '78 cm', 'length'],
  ['schema:BodyMeasurementWaist', 'Waist', 'size', '80 cm', 'length'],
  ['schema:BodyMeasurementHips', 'Hips', 'size', '98 cm', 'length'],
  ['schema:BodyMeasurementInsideLeg', 'Inside leg', 'size', '81 cm', 'length'],
  ['schema:BodyMeasurementArm', 'Arm', 'size', '64 cm', 'length'],
  ['schema:BodyMeasurementNeck', 'Neck', 'size', '38 cm', 'length'],
  ['schema:BodyMeasurementHead', 'Head', 'size', '57 cm', 'length'],
  ['schema:BodyMeasurementHand', 'Hand', 'size', '20 cm', 'length'],
  ['schema:BodyMeasurementFoot', 'Foot', 'size', '26.5 cm', 'length'],
  ['own:shoe-size', 'Shoe size', 'size', 'EU 42'],
  ['own:top-size', 'Shirt or jumper size', 'size', 'M'],
  ['own:trouser-size', 'Trouser size', 'size', 'W32 L34'],
  ['own:dress-size', 'Dress size', 'size', 'EU 40'],
  ['own:coat-size', 'Coat size', 'size', 'EU 50'],
  ['own:glove-size', 'Glove size', 'size', '8.5'],
  ['own:hat-size', 'Hat size', 'size', '57'],
  ['own:ring-size', 'Ring size', 'size', 'EU 54'],
  ['schema:WearableMeasurementCup', 'Bra size', 'size', '75B'],
  ['schema:WearableMeasurementCollar', 'Collar size', 'size', '39'],
];

const PREFERENCE: readonly Row[] = [
  ['vcard:lang', 'Language to write to me in', 'text', 'nl-BE', 'language'],
  ['schema:knowsLanguage', 'Languages I speak', 'text', 'Dutch, English'],
  ['own:contact-hours', 'When to reach me', 'text', 'Evenings, by message'],
  ['schema:suitableForDiet', 'Diet', 'text', 'Vegetarian'],
  ['own:allergy', 'Allergy', 'text', 'Peanuts'],
  ['own:access-needs', 'What I need to get in and around', 'text', 'No steps'],
  ['schema:servesCuisine', 'Food I like', 'text', 'Vietnamese'],
  ['schema:color', 'Colour', 'text', 'Dark green'],
  ['schema:material', 'Material', 'text', 'Wool, no leather'],
  ['schema:brand', 'Brand', 'text', 'Any that can be repaired'],
  ['schema:genre', 'Music or books', 'text', 'Brass, crime novels'],
  ['vcard:interest', 'Interest', 'text', 'Old bicycles'],
  ['vcard:hobby', 'Hobby', 'text', 'Playing the trumpet'],
  ['vcard:expertise', 'What I know well', 'text', 'German'],
  ['schema:availableDeliveryMethod', 'Delivery', 'text', 'Pick up by bicycle'],
  ['schema:acceptedPaymentMethod', 'Payment', 'text', 'Bank transfer'],
  ['schema:currenciesAccepted', 'Currency', 'text', 'EUR', 'currency'],
  ['own:household-size', 'People in the household', 'number', '4'],
];

const NOTE: readonly Row[] = [
  ['schema:description', 'About me', 'long', 'Beginner on the trumpet, plays in a band on Tuesdays.'],
  ['vcard:note', 'Note', 'long', 'Whatever else should be at hand.'],
];

function entries(category: Category, rows: readonly Row[]): CatalogueEntry[] {
  return rows.map(([property, label, kind, example, rule]) => {
    const entry = { property, label, category, kind, example };
    return rule ? { ...entry, rule } : entry;
  });
}

/** Everything that My data has a name for, in the order in which it is listed. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...entries('contact', CONTACT),
  ...entries('address', ADDRESS),
  ...entries('size', SIZE),
  ...entries('preference', PREFERENCE),
  ...entries('note', NOTE),
];

/**
 * What only devices open of a file: its name is the label, the value says how long it is and what opens it (device/files.ts).
 * Nobody writes one as an item, so the catalogue does not list it.
 */
export const FILE = 'parley:file';
/** The same while parts of it are still to come. */
export const BEGUN_FILE = 'parley:file-begun';

export function isFile(property: string): boolean {
  return property === FILE || property === BEGUN_FILE;
}

const BY_NAME: ReadonlyMap<string, CatalogueEntry> = new Map(CATALOGUE.map((e) => [e.property, e]));
const ORDER: ReadonlyMap<string, number> = new Map(CATALOGUE.map((e, index) => [e.property, index]));

/** The entry of a property; one without an entry is `other`, plain text, named by itself. */
export function entryOf(property: string): CatalogueEntry {
  const known = BY_NAME.get(property);
  if (known) return known;
  if (isFile(property)) return { property, label: 'File', category: 'file', kind: 'text', example: '' };
  const label = property.slice(property.indexOf(':') + 1);
  return { property, label, category: 'other', kind: 'text', example: '' };
}

export function isInCatalogue(property: string): boolean {
  return BY_NAME.has(property);
}

/** Where a property stands in the catalogue; those without an entry come last. */
export function orderOf(property: string): number {
  return ORDER.get(property) ?? CATALOGUE.length;
}
