import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toUtf8 } from '../kernel/bytes.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { signingKey } from '../kernel/signing.ts';
import {
  addSignature,
  documentId,
  fromWire,
  readDocument,
  readRecord,
  recordFromWire,
  recordHolds,
  recordToWire,
  signDocument,
  signedBy,
  signRecord,
  toWire,
} from './index.ts';
import { headerKid, signPayload } from './jws.ts';

const random = seededRandom('records');
const [alice, bob] = [signingKey(random.bytes(32)), signingKey(random.bytes(32))];
const position = { author: 'a', rel: 'r', seq: 1, prev: null, seen: null, at: 1_000 };

test('a record holds over the wire, and its body can be erased', () => {
  const record = signRecord(position, 'message', 1, { words: 'hello' }, alice, random);
  const back = recordFromWire(JSON.parse(JSON.stringify(recordToWire(record))));
  assert.ok(back.ok);
  const payload = readRecord(back.value);
  assert.ok(payload.ok);
  assert.equal(recordHolds(back.value, payload.value, alice.publicKey), true);
  assert.equal(recordHolds({ ...back.value, body: undefined }, payload.value, alice.publicKey), true);
  assert.equal(recordHolds(back.value, payload.value, bob.publicKey), false);
});

test('a record with another body, or one bit changed anywhere, does not hold', () => {
  const record = signRecord(position, 'message', 1, { words: 'hello' }, alice, random);
  const payload = readRecord(record);
  assert.ok(payload.ok);
  assert.equal(
    recordHolds({ ...record, body: toUtf8('{"salt":"x"}') }, payload.value, alice.publicKey),
    false,
  );
  for (let round = 0; round < 200; round++) {
    const copy = { ...record, payload: record.payload.slice(), signature: record.signature.slice() };
    const part = random.pick([copy.payload, copy.signature]);
    const at = random.below(part.length);
    part[at] = (part[at] ?? 0) ^ (1 << random.below(8));
    const read = readRecord(copy);
    assert.equal(read.ok && recordHolds(copy, read.value, alice.publicKey), false);
  }
});

test('two equal bodies have different hashes, so that a hash tells nothing', () => {
  const [one, two] = [1, 2].map(() =>
    readRecord(signRecord(position, 'message', 1, { words: 'yes' }, alice, random)),
  );
  assert.ok(one?.ok && two?.ok);
  assert.notEqual(one.value.bodyHash, two.value.bodyHash);
});

test('a record with an unknown crit, a missing or an added member is refused', () => {
  const record = signRecord(position, 'message', 1, {}, alice, random);
  const text = new TextDecoder().decode(record.payload);
  const changed = [
    text.replace('"crit":[]', '"crit":["new"]'),
    text.replace('"seen":null,', ''),
    text.replace('{', '{"extra":1,'),
    text.replace('"seq":1', '"seq":"1"'),
    text.replace('"seq":1', '"seq":1,"seq":1'),
  ];
  for (const payload of changed) {
    assert.notEqual(payload, text);
    assert.equal(readRecord({ ...record, payload: toUtf8(payload) }).ok, false, payload);
  }
});

test('an agreement carries two signatures over identical octets', () => {
  const one = signDocument({ type: 'agreement', v: 1, words: 'ours' }, alice);
  const both = addSignature(one, bob);
  assert.equal(documentId(one), documentId(both));
  const back = fromWire(JSON.parse(JSON.stringify(toWire(both))));
  assert.ok(back.ok);
  assert.equal(signedBy(back.value, alice.publicKey) && signedBy(back.value, bob.publicKey), true);
  assert.equal(readDocument(back.value, 'agreement', 1).ok, true);
  assert.equal(readDocument(back.value, 'refusal', 1).ok, false);
  assert.equal(readDocument(back.value, 'agreement', 2).ok, false);
});

test('a signature for one kind of thing never passes for another, and the header is exactly alg, kid, typ', () => {
  const payload = toUtf8('{"type":"agreement","v":1}');
  const asRecord = signPayload(payload, alice, 'parley-record');
  assert.equal(signedBy({ payload, signatures: [asRecord] }, alice.publicKey), false);
  const header = (text: string): string | undefined => headerKid(toUtf8(text), 'parley-record');
  assert.equal(header('{"alg":"Ed25519","kid":"k","typ":"parley-record"}'), 'k');
  for (const text of [
    '{"alg":"none","kid":"k","typ":"parley-record"}',
    '{"alg":"EdDSA","kid":"k","typ":"parley-record"}',
    '{"alg":"Ed25519","kid":"k","typ":"parley-document"}',
    '{"alg":"Ed25519","kid":"k","typ":"parley-record","crit":[]}',
    '{"alg":"Ed25519","typ":"parley-record"}',
    '{"alg":"Ed25519","alg":"Ed25519","kid":"k","typ":"parley-record"}',
  ]) {
    assert.equal(header(text), undefined, text);
  }
});

test('wire forms with padding, too many signatures or missing parts are refused', () => {
  const wire = toWire(signDocument({ type: 'x', v: 1 }, alice));
  const [signature] = wire.signatures;
  assert.ok(signature);
  for (const bad of [
    { ...wire, payload: `${wire.payload}=` },
    { ...wire, signatures: [] },
    { ...wire, signatures: Array(5).fill(signature) },
    { ...wire, signatures: [{ ...signature, signature: 1 }] },
    { signatures: wire.signatures },
    null,
  ]) {
    assert.equal(fromWire(bad).ok, false);
  }
});
