import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConsentRecord, consentRecordOf } from './consent-record.ts';
import type { GrantRow } from './model.ts';

const AT = Date.UTC(2026, 10, 2, 9);
const DAY = 86_400_000;
const ROW: GrantRow = {
  ...{ home_id: 'h', id: 'g1', rel: 'r1', is_mine: true, property: 'schema:email', label: 'Email' },
  ...{ value: 'maya@example.org', item: 'i1', purpose: 'to say when it is ready' },
  ...{ until_at: AT + 30 * DAY, state: 'active', since_at: AT, stopped_at: null, record: 'x' },
};
const SIDES = {
  giver: 'me',
  receiver: 'them',
  receiverName: 'Fanfare',
  host: 'shop.example',
  agreement: 'a1',
};

const statusOf = (row: GrantRow, now: number): string[] =>
  consentRecordOf(row, SIDES, now)['dpv:hasConsentStatus'].map(
    (it) => `${it['dpv:hasConsentStatus']} ${it['dct:date']}`,
  );

test('a consent record has what the standard asks for, and not the value', () => {
  const record = consentRecordOf(ROW, SIDES, AT);
  assert.deepEqual(ConsentRecord.parse(record), record);
  assert.doesNotMatch(JSON.stringify(record), /maya@/);
  assert.equal(record['dpv:hasProcess']['dpv:hasPersonalData']['@id'], 'https://schema.org/email');
  assert.equal(record['dpv:hasProcess']['dpv:hasPurpose'], ROW.purpose);
  assert.equal(record['dpv:hasDataController']['dpv:hasName'], 'Fanfare');
  const own = consentRecordOf({ ...ROW, property: 'own:shoe' }, SIDES, AT);
  assert.equal(own['dpv:hasProcess']['dpv:hasPersonalData']['@id'], 'urn:parley:property:own:shoe');
});

test('it tells what became of the consent: given, withdrawn, or run out', () => {
  const given = 'dpv:ConsentGiven 2026-11-02T09:00:00.000Z';
  assert.deepEqual(statusOf(ROW, AT + DAY), [given]);
  assert.deepEqual(statusOf({ ...ROW, state: 'stopped', stopped_at: AT + DAY }, AT + 2 * DAY), [
    given,
    'dpv:ConsentWithdrawn 2026-11-03T09:00:00.000Z',
  ]);
  assert.deepEqual(statusOf(ROW, AT + 31 * DAY), [given, 'dpv:ConsentExpired 2026-12-02T09:00:00.000Z']);
  // Whoever erased it afterwards stopped nothing.
  assert.deepEqual(statusOf({ ...ROW, state: 'stopped', stopped_at: AT + 40 * DAY }, AT + 50 * DAY), [
    given,
    'dpv:ConsentExpired 2026-12-02T09:00:00.000Z',
  ]);
});
