import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { GrantRow } from './model.ts';

const DPV = 'https://w3id.org/dpv#';
/** Words that prefixes of our property names stand for; `own:` are words of nobody else's. */
const VOCABULARIES: Readonly<Record<string, string>> = {
  schema: 'https://schema.org/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
};

const literal = z.string();
const Event = z.object({
  '@type': literal,
  'dpv:hasConsentStatus': literal,
  'dct:date': literal,
  'dct:valid': literal.optional(),
  'dpv:isImplementedByEntity': literal,
});
const Party = z.object({ '@id': literal, '@type': literal, 'dpv:hasName': literal.optional() });

/** JSON-LD in the words of W3C's Data Privacy Vocabulary, with the fields of ISO/IEC TS 27560:2023. */
export const ConsentRecord = z.object({
  '@context': z.record(z.string(), literal),
  '@id': literal,
  '@type': z.literal('dpv:ConsentRecord'),
  'dct:conformsTo': literal,
  'dct:identifier': literal,
  'dpv:hasDataSubject': Party,
  'dpv:hasDataController': Party.extend({ 'dpv:hasContact': literal.optional() }),
  'dpv:hasLegalBasis': literal,
  'dpv:hasNotice': z.object({ '@type': literal, 'dct:identifier': literal, 'dct:language': literal }),
  'dpv:hasProcess': z.object({
    '@type': literal,
    'dpv:hasPurpose': literal,
    'dpv:hasPersonalData': z.object({
      '@id': literal,
      'dct:title': literal,
      'dpv:hasDataSource': literal,
    }),
    'dpv:hasRecipient': z.array(literal),
    'dpv:hasStorageCondition': z.object({ '@type': literal, 'dpv:hasDuration': literal }),
    'dpv:hasJurisdiction': literal,
  }),
  'dpv:hasConsentControl': z.object({ '@type': literal, 'dct:description': literal }),
  'dpv:hasConsentStatus': z.array(Event),
});
export type ConsentRecord = z.output<typeof ConsentRecord>;

/** Both sides of a grant, as they know each other there. */
interface Sides {
  readonly giver: string;
  readonly receiver: string;
  readonly receiverName: string | undefined;
  /** Where whoever received it is reached. */
  readonly host: string | undefined;
  /** SHA-256 of the octets that both signed, which say what it was for. */
  readonly agreement: string;
}

/**
 * The consent that a grant is. The value itself is left out: a record says what was given, and may be shown to others.
 * What nobody said (a jurisdiction, a place of storage) is said to be unknown, and not guessed.
 */
export function consentRecordOf(row: GrantRow, sides: Sides, now: Instant): ConsentRecord {
  const [prefix = '', name = ''] = row.property.split(':');
  const iri =
    prefix in VOCABULARIES ? `${VOCABULARIES[prefix]}${name}` : `urn:parley:property:${row.property}`;
  const partyOf = (id: string): string => `urn:parley:identity:${id}`;
  const { giver, receiver, receiverName, host, agreement } = sides;
  return {
    '@context': { dpv: DPV, dct: 'http://purl.org/dc/terms/' },
    '@id': `urn:parley:grant:${row.id}`,
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record',
    'dct:identifier': row.id,
    'dpv:hasDataSubject': { '@id': partyOf(giver), '@type': 'dpv:DataSubject' },
    'dpv:hasDataController': {
      ...{ '@id': partyOf(receiver), '@type': 'dpv:DataController' },
      ...(receiverName !== undefined && { 'dpv:hasName': receiverName }),
      ...(host !== undefined && { 'dpv:hasContact': `https://${host}` }),
    },
    'dpv:hasLegalBasis': 'dpv:ExplicitlyExpressedConsent',
    'dpv:hasNotice': {
      ...{ '@type': 'dpv:ConsentNotice', 'dct:identifier': `urn:parley:document:${agreement}` },
      'dct:language': 'en',
    },
    'dpv:hasProcess': {
      '@type': 'dpv:Process',
      'dpv:hasPurpose': row.purpose,
      'dpv:hasPersonalData': { '@id': iri, 'dct:title': row.label, 'dpv:hasDataSource': 'dpv:DataSubject' },
      'dpv:hasRecipient': [partyOf(receiver)],
      'dpv:hasStorageCondition': {
        '@type': 'dpv:StorageDuration',
        'dpv:hasDuration': row.until_at === null ? 'until it is withdrawn' : `until ${iso(row.until_at)}`,
      },
      'dpv:hasJurisdiction': 'not stated',
    },
    'dpv:hasConsentControl': {
      '@type': 'dpv:WithdrawConsent',
      'dct:description':
        'Stop sharing it, or end the relationship, at any time; the other side is told at once.',
    },
    'dpv:hasConsentStatus': eventsOf(row, partyOf(giver), now),
  };
}

function eventsOf(row: GrantRow, giver: string, now: Instant): ConsentRecord['dpv:hasConsentStatus'] {
  const event = (status: string, at: Instant) => ({
    ...{ '@type': 'dpv:Consent', 'dpv:hasConsentStatus': status, 'dct:date': iso(at) },
    'dpv:isImplementedByEntity': giver,
  });
  const { since_at: since, until_at: until, stopped_at: stopped } = row;
  if (since === null) return [];
  const given = event('dpv:ConsentGiven', since);
  const events = [until === null ? given : { ...given, 'dct:valid': `until ${iso(until)}` }];
  if (stopped !== null && (until === null || stopped < until))
    events.push(event('dpv:ConsentWithdrawn', stopped));
  else if (until !== null && until <= now) events.push(event('dpv:ConsentExpired', until));
  return events;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
