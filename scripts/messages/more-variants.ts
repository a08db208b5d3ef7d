import { toBase64url } from '../../src/kernel/bytes.ts';
import type { Json, JsonObject } from '../../src/kernel/json.ts';
import { type SigningKey, thumbprint } from '../../src/kernel/signing.ts';
import { isObject } from '../../src/records/index.ts';
import { changed, type Given, inside, other, partAt, withBody } from './changed.ts';
import { type KeyBook, STRANGER } from './key-book.ts';
import { MEETING } from './meeting-variants.ts';
import { type Path, payloadOf, signedAnew, signedParts, textOf } from './signed-parts.ts';
import type { LooseEnvelope, Variant } from './variants.ts';

/** What can be wrong with one type of message alone: each rule of docs/reference/wire.md that names a member. */
export function moreOf(name: string, envelope: LooseEnvelope, book: KeyBook, knows: JsonObject): Variant[] {
  return MORE[name]?.({ envelope, book, knows }) ?? [];
}

const MORE: Readonly<Record<string, (given: Given) => Variant[]>> = {
  ...MEETING,
  accept: (given) => [
    changed(given, 'for another seller', ['agreement'], {
      seller: { ...inside(given, ['agreement']).seller, key: other },
    }),
    changed(given, 'by another buyer', ['agreement'], { buyer: { identity: other, key: other } }),
    changed(given, 'an amount that is none', ['agreement'], {
      does: amountOf(given, { unit: 'EUR', value: '1.5' }),
    }),
    changed(given, 'a unit that nobody knows', ['agreement'], {
      does: amountOf(given, { unit: 'ZZZ', value: '1' }),
    }),
    changed(given, 'a day that does not exist', ['agreement'], { reviewDay: '2027-02-29' }),
    changed(given, 'a line of 201 characters', ['agreement'], { title: 'x'.repeat(201) }),
    changed(given, 'a line of 200 characters', ['agreement'], { title: '🎺'.repeat(100) }),
  ],
  'agreement-interaction': (given) => [
    changed(given, 'between others', ['interaction'], { hasFirstParty: other }),
    changed(given, 'to a storefront that is not here', ['interaction'], { hasSecondParty: other }),
    changed(given, 'with another outcome', ['interaction'], {
      hasStatus: `${inside(given, ['interaction']).hasStatus}x`,
    }),
    changed(given, 'terms that are not in the roster', ['interaction'], {
      hasAgreement: ['https://example.org/mine'],
    }),
    changed(given, 'terms twice, in two spellings', ['interaction'], { hasAgreement: ['SD-BASE', 'sd-by'] }),
    changed(given, 'until a time that is over', ['interaction'], { until: 1 }),
    changed(given, 'an answer to nothing', ['interaction'], { move: 'decline' }),
  ],
  'agreement-interaction-answer': (given) => [
    changed(given, 'terms that were not proffered', ['interaction'], { hasAgreement: ['TPR'] }),
    changed(given, 'with another outcome', ['interaction'], { move: 'decline' }),
    changed(given, 'after its time', ['interaction'], {
      at: Number(inside(given, ['interaction']).until) + 1,
    }),
    changed(given, 'no terms', ['interaction'], { hasAgreement: [] }),
    changed(given, 'the roster’s other spelling', ['interaction'], { hasAgreement: ['p7012:sd-by'] }),
  ],
  'agreement-refused': (given) => [
    changed(given, 'of another agreement', ['refusal'], { agreement: other }),
    changed(given, 'for a reason that nobody knows', ['refusal'], { code: 'mood' }),
  ],
  'agreement-signed': (given) => [
    changed(given, 'for another identity', ['introduction'], { identity: other }),
    changed(given, 'of another agreement', ['introduction'], { agreement: other }),
    changed(given, 'for another key', ['ticket'], { key: other }),
    changed(given, 'of another storefront', ['ticket'], { storefront: other }),
    {
      ...changed(given, 'one signature only', ['agreement'], {}),
      envelope: withBody(given, ['agreement', 'signatures'], [signatureOf(given, ['agreement'])]),
    },
  ],
  answer: (given) => [
    changed(given, 'to another want', ['answer'], { alias: other }),
    changed(given, 'after its day', ['answer'], { until: 1 }),
    changed(given, 'a price below nothing', ['answer'], { price: { unit: 'EUR', value: '-1' } }),
  ],
  answers: (given) => [
    changed(given, 'fees in another unit', ['answers', 0, 'answer'], { fees: [fee('hours')] }),
    { name: 'without its standing', envelope: withBody(given, ['answers', 0, 'standing'], undefined) },
  ],
  cast: (given) => [
    changed(given, 'after its day', ['cast'], { until: 1 }),
    changed(given, 'for longer than 800 days', ['cast'], {
      until: Number(given.envelope.iat) + 801 * 86_400_000,
    }),
    changed(given, 'with an attestation that does not hold', ['cast'], { attestation: brokenWire(given) }),
    changed(given, 'a budget that is no step', ['cast'], {
      cell: cellOf(given, { budget: { unit: 'EUR', upTo: '30000' } }),
    }),
    changed(given, 'an area that is none', ['cast'], { cell: cellOf(given, { area: 'g0:515:1028' }) }),
    changed(given, 'a country that is none', ['cast'], { cell: cellOf(given, { area: 'c:XX' }) }),
    changed(given, 'with another key', ['cast'], { key: toBase64url(STRANGER.publicKey) }, STRANGER),
  ],
  cells: (given) => [
    changed(given, 'steps that do not ascend', ['table'], { steps: [5, 5] }),
    changed(given, 'a step below the smallest', ['table'], { smallest: 1000 }),
    changed(given, 'a row of a step that is not there', ['table'], {
      steps: [1000],
      smallest: 1,
      rows: [['x', 1]],
    }),
    changed(given, 'a part beyond the last', ['table'], { part: 2, parts: 1 }),
    changed(given, 'of another market', ['table'], { market: other }),
  ],
  'founding-told': (given) => [
    { name: 'of another relationship', envelope: withBody(given, ['rel'], 'x'.repeat(26)) },
    {
      name: 'somebody else’s identity as the receiver’s',
      envelope: withBody(given, ['yours'], given.envelope.body.identity),
    },
    {
      ...changed(given, 'one signature only', ['founding'], {}),
      envelope: withBody(given, ['founding', 'signatures'], [signatureOf(given, ['founding'])]),
    },
    changed(given, 'by another guest', ['founding'], {
      invited: { identity: other, key: other, name: null },
    }),
    changed(given, 'at another address', ['yours'], { address: { host: 'mallory.example', inbox: 'x' } }),
    { name: 'with a change that is none', envelope: withBody(given, ['changes'], [{}]) },
  ],
  'hold-answered': (given) => [
    changed(given, 'under another alias', ['hold'], { alias: other }),
    changed(given, 'of another listing', ['hold'], { listing: other }),
    changed(given, 'of another storefront', ['hold'], { storefront: other }),
    changed(given, 'that is over', ['hold'], { until: 1 }),
    { name: 'none is set aside', envelope: withBody(given, ['hold'], null) },
    { name: 'under an alias that nobody asked for', envelope: withBody(given, ['alias'], other) },
  ],
  'hold-ended': (given) => [
    { name: 'of an alias that nothing is set aside for', envelope: withBody(given, ['alias'], other) },
  ],
  'hold-wanted': (given) => [
    { name: 'under an alias that has been used', envelope: withBody(given, ['alias'], usedAlias(given)) },
    { name: 'of a listing that is not there', envelope: withBody(given, ['listing'], other) },
    { name: 'until a time that is over', envelope: withBody(given, ['until'], 1) },
    { name: 'for another storefront', envelope: withBody(given, ['storefront'], other) },
  ],
  'identity-changed': changesOfKeys,
  'listing-publish': (given) => [
    changed(given, 'a price below nothing', ['listings', 0], { price: { unit: 'EUR', value: '-1' } }),
    changed(given, 'a price with a leading zero', ['listings', 0], { price: { unit: 'EUR', value: '01' } }),
    changed(given, 'an attribute with a name that is none', ['listings', 0], {
      attributes: { 'no name': 'x' },
    }),
    changed(given, 'a line with a line break', ['listings', 0], { title: 'two\nlines' }),
    changed(given, 'a line of spaces', ['listings', 0], { title: '   ' }),
    changed(given, 'a line between spaces', ['listings', 0], { title: ` ${'x'.repeat(200)} ` }),
  ],
  'listing-stock': (given) => [changed(given, 'two left', ['stock'], { left: 2 })],
  'listing-withdraw': (given) => [
    changed(given, 'of another storefront', ['withdrawal'], { storefront: other }),
  ],
  outcome: (given) => [
    changed(given, 'of another storefront', ['outcome'], { storefront: other }),
    changed(given, 'a result that nobody knows', ['outcome'], { result: 'fine' }),
    changed(given, 'a day that does not exist', ['outcome'], { on: '2026-11-31' }),
    changed(given, 'of a storefront that is not here', ['ticket'], { storefront: other }),
  ],
  quotes: (given) => [
    changed(given, 'fees in another unit', ['quotes', 0, 'listing'], { fees: [fee('hours')] }),
    changed(given, 'a price below nothing', ['quotes', 0, 'listing'], {
      price: { unit: 'EUR', value: '-1' },
    }),
    { name: 'without its standing', envelope: withBody(given, ['quotes', 0, 'standing'], undefined) },
    { name: 'no quotes', envelope: withBody(given, ['quotes'], []) },
  ],
  'quote-declined': (given) => [
    changed(given, 'of another want', ['declined'], { castId: other }),
    changed(given, 'of a listing that was not quoted', ['declined'], { listing: other }),
  ],
  'quotes-ended': (given) => [
    changed(given, 'of another listing', ['ended', 0, 'withdrawal'], { listing: other }),
    { name: 'of another want', envelope: withBody(given, ['castId'], other) },
    { name: 'nothing', envelope: withBody(given, ['ended'], []) },
    { name: '61 of nothing', envelope: withBody(given, ['ended'], Array(61).fill(7)) },
  ],
  'record-new-key': (given) => {
    const before = keyBefore(given, 'nodeKey');
    const [part] = signedParts(given.envelope.body);
    const wire = part && signedAnew(part, textOf(part.wire.payload), given.book, { key: before });
    return [
      {
        name: 'signed by the key before, and so is its request',
        envelope: withBody(given, ['record'], wire),
        key: before,
      },
      {
        name: 'signed by the key before, in a request by the new one',
        envelope: withBody(given, ['record'], wire),
      },
    ];
  },
  'storefront-moved': (given) => [
    changed(given, 'signed by neither root nor recovery key', ['change'], { signer: other }, STRANGER),
    changed(given, 'of another identity', ['change'], { identity: other }),
    changed(given, 'number 2', ['change'], { number: 2 }),
    changed(given, 'number 0', ['change'], { number: 0 }),
    changed(given, 'after another one', ['change'], { prev: other }),
    { name: 'of a storefront that is not here', envelope: withBody(given, ['storefront'], other) },
  ],
  'storefront-open': (given) => [
    changed(given, 'for another market', ['storefront'], { market: other }),
    changed(given, 'at another address', ['storefront'], { address: { host: 'shop.example', inbox: 'x' } }),
    changed(given, 'with another key', ['storefront'], { key: toBase64url(STRANGER.publicKey) }, STRANGER),
  ],
};

function changesOfKeys(given: Given): Variant[] {
  const root = keyBefore(given, 'root');
  const before = documentKnown(given);
  const change = inside(given, ['change']);
  const moved = {
    ...change,
    signer: toBase64url(root.publicKey),
    root: before.root ?? null,
    recovery: before.recovery ?? null,
  };
  return [
    changed(given, 'the root moves the address and the node’s key', ['change'], moved, root),
    changed(given, 'the root names its successor', ['change'], { ...moved, root: change.root ?? null }, root),
    changed(
      given,
      'the root names another recovery key',
      ['change'],
      { ...moved, recovery: change.recovery ?? null },
      root,
    ),
    changed(given, 'signed by neither root nor recovery key', ['change'], { signer: other }, STRANGER),
    changed(given, 'of an identity that is not known', ['change'], { identity: other }),
    changed(given, 'number 2', ['change'], { number: 2 }),
    changed(given, 'number 0', ['change'], { number: 0 }),
    changed(given, 'after another one', ['change'], { prev: other }),
    changed(given, 'an address without a host', ['change'], { address: { host: '', inbox: 'x' } }),
  ];
}

/** The one identity that the change or the record is of, as it began. */
function documentKnown({ envelope, knows, book }: Given): JsonObject {
  const [part] = signedParts(envelope.body);
  const { identity, author } = part ? payloadOf(part) : {};
  const known = Array.isArray(knows.counterparts) ? knows.counterparts.filter(isObject) : [];
  const found = known.find(({ id }) => id === (identity ?? author));
  if (!isObject(found?.document)) throw new Error('the receiver knows whose it is');
  const read: unknown = JSON.parse(textOf(found.document.payload));
  if (!isObject(read) || book.size === 0) throw new Error('an identity is an object');
  return read;
}

function keyBefore(given: Given, member: 'root' | 'nodeKey'): SigningKey {
  const text = String(documentKnown(given)[member]);
  const key = given.book.get(thumbprint(new Uint8Array(Buffer.from(text, 'base64url'))));
  if (!key) throw new Error('the story has every key');
  return key;
}

function usedAlias({ knows }: Given): Json {
  const [hold] = Array.isArray(knows.holds) ? knows.holds.filter(isObject) : [];
  if (!hold?.alias) throw new Error('something was set aside before');
  return hold.alias;
}

function signatureOf(given: Given, path: Path): Json {
  const { signatures } = partAt(given, path).wire;
  return Array.isArray(signatures) ? (signatures[0] ?? null) : null;
}

function amountOf(given: Given, amount: JsonObject): Json {
  const does = inside(given, ['agreement']).does;
  return Array.isArray(does) ? does.map((it) => (isObject(it) ? { ...it, amount } : it)) : null;
}

function cellOf(given: Given, change: JsonObject): JsonObject {
  const { cell } = inside(given, ['cast']);
  return isObject(cell) ? { ...cell, ...change } : {};
}

function brokenWire(given: Given): Json {
  const { attestation } = inside(given, ['cast']);
  return isObject(attestation) ? { ...attestation, payload: `${String(attestation.payload)}AAAA` } : null;
}

function fee(unit: string): JsonObject {
  return { label: 'Postage', payer: 'buyer', to: 'Post', amount: { unit, value: '100' } };
}
