import { toBase64url } from '../../src/kernel/bytes.ts';
import type { Json, JsonObject } from '../../src/kernel/json.ts';
import { isObject } from '../../src/records/index.ts';
import { changed, type Given, inside, other, partAt, turned, withBody } from './changed.ts';
import { type KeyBook, STRANGER } from './key-book.ts';
import { KEYS } from './key-variants.ts';
import { MEETING } from './meeting-variants.ts';
import type { Path } from './signed-parts.ts';
import type { LooseEnvelope, Variant } from './variants.ts';

/** What can be wrong with one type of message alone: each rule of docs/reference/wire.md that names a member. */
export function moreOf(name: string, envelope: LooseEnvelope, book: KeyBook, knows: JsonObject): Variant[] {
  return MORE[name]?.({ envelope, book, knows }) ?? [];
}

const MORE: Readonly<Record<string, (given: Given) => Variant[]>> = {
  ...MEETING,
  ...KEYS,
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
    changed(given, 'no terms', ['interaction'], { hasAgreement: [] }),
    changed(given, 'an answer to nothing', ['interaction'], { move: 'decline' }),
  ],
  'agreement-interaction-answer': (given) => [
    changed(given, 'terms that were not proffered', ['interaction'], { hasAgreement: ['TPR'] }),
    changed(given, 'with another outcome', ['interaction'], { move: 'decline' }),
    changed(given, 'after its time', ['interaction'], {
      at: Number(inside(given, ['interaction']).until) + 1,
    }),
    changed(given, 'no terms', ['interaction'], { hasAgreement: [] }),
    changed(given, 'terms that are not in the roster', ['interaction'], {
      hasAgreement: ['https://example.org/mine'],
    }),
    changed(given, 'terms twice, in two spellings', ['interaction'], { hasAgreement: ['SD-BASE', 'sd-by'] }),
    changed(given, 'the roster’s other spelling', ['interaction'], { hasAgreement: ['p7012:sd-by'] }),
    changed(given, 'between spaces, and the prefix in capitals', ['interaction'], {
      hasAgreement: [' P7012:SD-BY '],
    }),
    changed(given, 'an alternative of the first party’s', ['interaction'], {
      move: 'offer-alternative',
      hasAgreement: ['TPR'],
    }),
    changed(given, 'proffered again', ['interaction'], { move: 'request' }),
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
    { name: 'the signatures the other way round', envelope: turned(given, ['agreement']) },
    {
      name: 'a relationship that is not there',
      envelope: changed(given, '', ['agreement'], { rel: 'x'.repeat(26) }).envelope,
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
    changed(given, 'with an attestation that does not hold', ['cast'], {
      attestation: partAt(given, ['cast']).wire,
    }),
    changed(given, 'with an attestation that is none', ['cast'], { attestation: null }),
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
    { name: '61 of nothing', envelope: withBody(given, ['quotes'], Array(61).fill(7)) },
    { name: 'one of nothing beside it', envelope: withBody(given, ['quotes'], [quoteOf(given), 7]) },
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
  'records-told': (given) => [
    { name: 'nothing', envelope: withBody(given, ['records'], []) },
    { name: '201 of nothing', envelope: withBody(given, ['records'], Array(201).fill(7)) },
    { name: 'an answer to a day in words', envelope: withBody(given, ['answers'], 'today') },
  ],
  'heads-wanted': (given) => [{ name: 'asked before time began', envelope: withBody(given, ['at'], -1) }],
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

function quoteOf({ envelope }: Given): Json {
  const { quotes } = envelope.body;
  return Array.isArray(quotes) ? (quotes[0] ?? null) : null;
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

function fee(unit: string): JsonObject {
  return { label: 'Postage', payer: 'buyer', to: 'Post', amount: { unit, value: '100' } };
}
