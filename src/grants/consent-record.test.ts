import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConsentRecord, consentRecordOf } from './consent-record.ts';
import type { GrantRow } from './model.ts';

const AT = Date.UTC(2026, 10, 2, 9);
const DAY = 86_400_000;
const ROW: GrantRow = {
  ...{ home_id: 'h', id: 'g1', rel: 'r1', is_mine: true, property: 'schema:email', label: 'Email' },
  ...{ value: 'maya@example.org', item: 'i1', purpose: 'to say when it is ready' },
  ...{ until_at: AT + 30 * DAY, state: 'active', since_at: AT + 5_000, stopped_at: null, record: 'x' },
  ...{
    version: 1,
    epoch: 1,
    carrier: null,
    planned: null,
    is_following: false,
    item_version: 1,
    times: null,
  },
  ...{ stopped_by: null, stop_record: null, opens: 3, untold: 1, opened_at: AT + DAY, opened_by: 'person' },
  ...{ told_at: AT + DAY, deletion: null, deleted_at: null, deletion_words: null, kept_until: null },
};
const SAID = { given: AT, stopped: null, records: ['x'], otherPurposes: [] };
const SIDES = {
  giver: 'me',
  receiver: 'them',
  receiverName: 'Fanfare',
  host: 'shop.example',
  agreement: 'a1',
};

const statusOf = (row: GrantRow, now: number): string[] =>
  consentRecordOf(row, SIDES, { ...SAID, stopped: row.stopped_at }, now)['dpv:hasConsentStatus'].map(
    (it) => `${it['dpv:hasConsentStatus']} ${it['dct:date']} ${it['dpv:isImplementedByEntity'].slice(-4)}`,
  );

test('a consent record has what the standard asks for, and not the value', () => {
  const record = consentRecordOf(ROW, SIDES, SAID, AT);
  assert.deepEqual(ConsentRecord.parse(record), record);
  assert.doesNotMatch(JSON.stringify(record), /maya@/);
  assert.equal(record['dpv:hasProcess']['dpv:hasPersonalData']['@id'], 'https://schema.org/email');
  assert.equal(record['dpv:hasProcess']['dpv:hasPurpose'], ROW.purpose);
  assert.equal(record['dpv:hasDataController']['dpv:hasName'], 'Fanfare');
  const own = consentRecordOf({ ...ROW, property: 'own:shoe' }, SIDES, SAID, AT);
  assert.equal(own['dpv:hasProcess']['dpv:hasPersonalData']['@id'], 'urn:parley:property:own:shoe');
  // Words that every object knows are no vocabulary.
  const odd = consentRecordOf({ ...ROW, property: 'constructor:x' }, SIDES, SAID, AT);
  assert.equal(odd['dpv:hasProcess']['dpv:hasPersonalData']['@id'], 'urn:parley:property:constructor:x');
});

test('it tells what became of the consent: given, withdrawn, revoked by the other side, or run out', () => {
  const given = 'dpv:ConsentGiven 2026-11-02T09:00:00.000Z y:me';
  const stopped = { ...ROW, state: 'stopped', stopped_at: AT + DAY } as const;
  assert.deepEqual(statusOf(ROW, AT + DAY), [given], 'as signed, and not as it came here');
  const withdrawn = [given, 'dpv:ConsentWithdrawn 2026-11-03T09:00:00.000Z y:me'];
  assert.deepEqual(statusOf({ ...stopped, stopped_by: 'mine' }, AT + 2 * DAY), withdrawn);
  assert.deepEqual(statusOf({ ...stopped, stopped_by: 'theirs', is_mine: false }, AT + 2 * DAY), withdrawn);
  const revoked = [given, 'dpv:ConsentRevoked 2026-11-03T09:00:00.000Z them'];
  assert.deepEqual(statusOf({ ...stopped, stopped_by: 'theirs' }, AT + 2 * DAY), revoked);
  assert.deepEqual(statusOf({ ...stopped, stopped_by: 'mine', is_mine: false }, AT + 2 * DAY), revoked);
  const expired = [given, 'dpv:ConsentExpired 2026-12-02T09:00:00.000Z y:me'];
  assert.deepEqual(statusOf(ROW, AT + 31 * DAY), expired);
  assert.deepEqual(statusOf({ ...stopped, stopped_by: 'time' }, AT + 31 * DAY), expired);
  // Whoever erased it afterwards stopped nothing.
  const late = { ...stopped, stopped_at: AT + 40 * DAY, stopped_by: 'mine' } as const;
  assert.deepEqual(statusOf(late, AT + 50 * DAY), expired);
});

test('it tells how often it was opened, and what is said of its deletion', () => {
  const used = consentRecordOf(ROW, SIDES, SAID, AT);
  assert.deepEqual(used['parley:hasOpenings'], {
    'parley:count': 4,
    'dct:date': '2026-11-03T09:00:00.000Z',
  });
  assert.equal(used['parley:hasDeletionStatement'], undefined);
  const due = consentRecordOf({ ...ROW, deletion: 'due' }, SIDES, SAID, AT);
  assert.equal(due['parley:hasDeletionStatement'], undefined);
  const said = { deletion: 'kept-by-law', deletion_words: 'The tax law.', deleted_at: AT + DAY } as const;
  const stated = consentRecordOf({ ...ROW, ...said, kept_until: AT + 2 * DAY }, SIDES, SAID, AT);
  assert.deepEqual(ConsentRecord.parse(stated), stated);
  assert.deepEqual(stated['parley:hasDeletionStatement'], {
    'parley:what': 'kept-by-law',
    'dct:date': '2026-11-03T09:00:00.000Z',
    'dpv:isImplementedByEntity': 'urn:parley:identity:them',
    'dct:description': 'The tax law.',
    'dct:valid': 'until 2026-11-04T09:00:00.000Z',
  });
});

test('it names the records that say so, and survives an end that no calendar has', () => {
  const records = ['given', 'stopped', 'deleted'];
  const far = { ...ROW, record: 'given', until_at: 9_000_000_000_000_000 };
  const said = { ...SAID, records, otherPurposes: ['to sell it on'] };
  const record = consentRecordOf(far, SIDES, said, AT);
  assert.deepEqual(ConsentRecord.parse(record), record);
  assert.equal(record['dpv:hasNotice']['dct:identifier'], 'urn:parley:record:given');
  assert.equal(record['dpv:hasNotice']['dct:isPartOf'], 'urn:parley:document:a1');
  assert.deepEqual(
    record['dct:source'],
    records.map((it) => `urn:parley:record:${it}`),
  );
  assert.deepEqual(record['parley:hasOpenings']['parley:otherPurposes'], ['to sell it on']);
  assert.match(JSON.stringify(record), /until \+275760-09-13/);
});
