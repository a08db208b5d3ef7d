import { z } from 'zod';
import { type Instant, LAST_INSTANT } from '../kernel/clock.ts';
import { DeletionStated } from './content.ts';
import type { GrantRow } from './model.ts';

const DPV = 'https://w3id.org/dpv#';
/** Words that prefixes of our property names stand for; `own:` are words of nobody else's. */
const VOCABULARIES: Readonly<Record<string, string>> = {
  schema: 'https://schema.org/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
};

/** Of the members of this export. */
const VERSION = '3';
const NOT_STATED = 'not stated';
const recordName = (id: string): string => `urn:parley:record:${id}`;

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
  'dct:hasVersion': literal,
  'dct:identifier': literal,
  'dpv:hasDataSubject': Party,
  'dpv:hasDataController': Party.extend({ 'dpv:hasContact': literal.optional() }),
  'dpv:hasLegalBasis': literal,
  'dpv:hasNotice': z.object({
    '@type': literal,
    'dct:identifier': literal,
    'dct:isPartOf': literal,
    'dct:language': literal,
  }),
  'dpv:hasProcess': z.object({
    '@type': literal,
    'dpv:hasPurpose': literal,
    'dpv:hasPersonalData': z.object({
      '@id': literal,
      'dct:title': literal,
      'dpv:hasDataSource': literal,
      'parley:sensitivity': literal,
    }),
    'dpv:hasFrequency': literal.optional(),
    'dpv:hasNecessity': literal,
    'parley:collectionMethod': literal,
    'parley:processingMethod': literal,
    'dpv:hasRecipient': z.array(literal),
    'dpv:hasStorageCondition': z.object({
      '@type': literal,
      'dpv:hasDuration': literal,
      'dpv:hasLocation': literal,
    }),
    'dpv:hasJurisdiction': literal,
  }),
  'dpv:hasConsentControl': z.object({ '@type': literal, 'dct:description': literal }),
  'dpv:hasConsentStatus': z.array(Event),
  'parley:hasOpenings': z.object({
    'parley:count': z.int().min(0),
    'dct:date': literal.optional(),
    'parley:otherPurposes': z.array(literal).optional(),
  }),
  'parley:hasDeletionStatement': z
    .object({
      'parley:what': DeletionStated,
      'dct:date': literal,
      'dct:description': literal.optional(),
      'dct:valid': literal.optional(),
      'dpv:isImplementedByEntity': literal,
    })
    .optional(),
  'dct:source': z.array(literal),
});
export type ConsentRecord = z.output<typeof ConsentRecord>;

/** When its records were signed, by whoever signed them. */
interface Said {
  readonly given: Instant;
  readonly stopped: Instant | null;
  /** The records that gave it, stopped it and stated its deletion: whoever holds the chain finds there what is told here. */
  readonly records: readonly string[];
  /** What it was opened for beside what it was given for, as receipts say. */
  readonly otherPurposes: readonly string[];
}

/** Both sides of a grant, as they know each other there. */
interface Sides {
  readonly giver: string;
  readonly receiver: string;
  readonly receiverName: string | undefined;
  /** Where whoever received it is reached. */
  readonly host: string | undefined;
  /** SHA-256 of the octets that both signed. What it was for, the record that gave it says. */
  readonly agreement: string;
}

/**
 * The consent that a grant is. The value itself is left out: a record says what was given, and may be shown to others.
 * What nobody said (a jurisdiction, a place of storage, how sensitive it is) is said to be not stated, and not guessed.
 */
export function consentRecordOf(row: GrantRow, sides: Sides, said: Said, now: Instant): ConsentRecord {
  const [prefix = '', name = ''] = row.property.split(':');
  const isKnown = Object.hasOwn(VOCABULARIES, prefix);
  const iri = isKnown ? `${VOCABULARIES[prefix]}${name}` : `urn:parley:property:${row.property}`;
  const partyOf = (id: string): string => `urn:parley:identity:${id}`;
  const { giver, receiver, receiverName, host, agreement } = sides;
  return {
    '@context': { dpv: DPV, dct: 'http://purl.org/dc/terms/', parley: 'urn:parley:vocabulary:' },
    '@id': `urn:parley:grant:${row.id}`,
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record',
    'dct:hasVersion': VERSION,
    'dct:identifier': row.id,
    'dpv:hasDataSubject': { '@id': partyOf(giver), '@type': 'dpv:DataSubject' },
    'dpv:hasDataController': {
      ...{ '@id': partyOf(receiver), '@type': 'dpv:DataController' },
      ...(receiverName !== undefined && { 'dpv:hasName': receiverName }),
      ...(host !== undefined && { 'dpv:hasContact': `https://${host}` }),
    },
    'dpv:hasLegalBasis': 'dpv:ExplicitlyExpressedConsent',
    'dpv:hasNotice': {
      ...{ '@type': 'dpv:ConsentNotice', 'dct:identifier': recordName(row.record ?? '') },
      ...{ 'dct:isPartOf': `urn:parley:document:${agreement}`, 'dct:language': 'en' },
    },
    'dpv:hasProcess': {
      '@type': 'dpv:Process',
      'dpv:hasPurpose': row.purpose,
      'dpv:hasPersonalData': {
        ...{ '@id': iri, 'dct:title': row.label, 'dpv:hasDataSource': 'dpv:DataSubject' },
        'parley:sensitivity': NOT_STATED,
      },
      ...(row.times !== null && { 'dpv:hasFrequency': `opened at most ${row.times} times` }),
      'dpv:hasNecessity': NOT_STATED,
      'parley:collectionMethod': 'given by the data subject in a signed record',
      'parley:processingMethod': NOT_STATED,
      'dpv:hasRecipient': [partyOf(receiver)],
      'dpv:hasStorageCondition': {
        '@type': 'dpv:StorageDuration',
        'dpv:hasDuration': row.until_at === null ? 'until it is withdrawn' : `until ${iso(row.until_at)}`,
        'dpv:hasLocation': NOT_STATED,
      },
      'dpv:hasJurisdiction': NOT_STATED,
    },
    'dpv:hasConsentControl': {
      '@type': 'dpv:WithdrawConsent',
      'dct:description':
        'Stop sharing it, or end the relationship, at any time; the other side is told as soon as its node is reached.',
    },
    'dpv:hasConsentStatus': eventsOf(row, said, { giver: partyOf(giver), receiver: partyOf(receiver) }, now),
    ...usesOf(row, said.otherPurposes, partyOf(receiver)),
    'dct:source': said.records.map(recordName),
  };
}

/** How often the receiver says to have opened it, and what it says of its deletion. */
function usesOf(
  row: GrantRow,
  otherPurposes: readonly string[],
  receiver: string,
): Pick<ConsentRecord, 'parley:hasOpenings' | 'parley:hasDeletionStatement'> {
  const { deletion, deleted_at: at, deletion_words: words, kept_until: until } = row;
  const openings = {
    'parley:count': Math.min(row.opens + row.untold, Number.MAX_SAFE_INTEGER),
    ...(row.opened_at !== null && { 'dct:date': iso(row.opened_at) }),
    ...(otherPurposes.length > 0 && { 'parley:otherPurposes': [...otherPurposes] }),
  };
  if (deletion === null || deletion === 'due' || at === null) return { 'parley:hasOpenings': openings };
  return {
    'parley:hasOpenings': openings,
    'parley:hasDeletionStatement': {
      ...{ 'parley:what': deletion, 'dct:date': iso(at), 'dpv:isImplementedByEntity': receiver },
      ...(words !== null && words !== '' && { 'dct:description': words }),
      ...(until !== null && { 'dct:valid': `until ${iso(until)}` }),
    },
  };
}

/** Withdrawn by whoever gave it, revoked by whoever had it, run out, or opened as often as it might be. */
function eventsOf(
  row: GrantRow,
  said: Said,
  { giver, receiver }: { readonly giver: string; readonly receiver: string },
  now: Instant,
): ConsentRecord['dpv:hasConsentStatus'] {
  const event = (status: string, at: Instant, by: string) => ({
    ...{ '@type': 'dpv:Consent', 'dpv:hasConsentStatus': status, 'dct:date': iso(at) },
    'dpv:isImplementedByEntity': by,
  });
  const { until_at: until, stopped_by: by } = row;
  const given = event('dpv:ConsentGiven', said.given, giver);
  const events = [until === null ? given : { ...given, 'dct:valid': `until ${iso(until)}` }];
  const isSpent = said.stopped !== null && by === 'count';
  const isStopped = said.stopped !== null && by !== 'time' && (until === null || said.stopped < until);
  if (said.stopped !== null && isSpent) events.push(event('dpv:ConsentExpired', said.stopped, giver));
  else if (said.stopped !== null && isStopped) {
    const isWithdrawn = by === null || (by === 'mine') === row.is_mine;
    events.push(
      isWithdrawn
        ? event('dpv:ConsentWithdrawn', said.stopped, giver)
        : event('dpv:ConsentRevoked', said.stopped, receiver),
    );
  } else if (until !== null && until <= now) events.push(event('dpv:ConsentExpired', until, giver));
  return events;
}

function iso(at: Instant): string {
  return new Date(Math.min(at, LAST_INSTANT)).toISOString();
}
