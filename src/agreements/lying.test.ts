import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agreement } from './model.ts';
import { agreesWithOffer, type OwnOffer } from './rules.ts';

const OFFER: OwnOffer = {
  title: 'Student trumpet',
  name: 'Fanfare',
  terms: ['SD-BASE'],
  totalFor: (quantity) => ({ unit: 'EUR', value: String(26_500 * quantity) }),
  takes: [{ unit: 'hours', value: '120', what: 'Lessons, or help in the shop' }],
  days: 3,
  asks: [
    { property: 'schema:email', purpose: 'to say when', days: 30, required: true },
    { property: 'schema:telephone', purpose: 'to ring', days: 30, required: false },
  ],
};
const TODAY = '2026-11-21';

const HONEST = {
  type: 'agreement',
  v: 1,
  rel: '0123456789abcdefghjkmnpqrs',
  offer: 'o',
  alias: null,
  buyer: { identity: 'i', key: 'k' },
  seller: { storefront: 's', key: 'k', name: 'Fanfare' },
  terms: 'SD-BASE',
  title: 'Student trumpet',
  quantity: 1,
  does: [
    { side: 'seller', what: 'Student trumpet', amount: { unit: 'goods', value: '1' }, due: '2026-11-24' },
    { side: 'buyer', what: 'Payment', amount: { unit: 'EUR', value: '26500' }, due: null },
  ],
  gives: [{ property: 'schema:email', purpose: 'to say when', until: Date.UTC(2026, 11, 20) }],
  expectations: 'In one piece.',
  reviewDay: null,
  at: 1,
  salt: 'x',
};
type Form = typeof HONEST;

/** True when a seller's node would sign this. */
function wouldSign(change: (form: Form) => object): boolean {
  const parsed = Agreement.safeParse(change(structuredClone(HONEST)));
  return parsed.success && agreesWithOffer(parsed.data, OFFER, TODAY);
}

const [SELLS, PAYS] = HONEST.does;
const [EMAIL] = HONEST.gives;
const HOURS = { ...PAYS, amount: { unit: 'hours', value: '120' } };

test('a seller signs what it has offered, and a barter it takes', () => {
  assert.equal(
    wouldSign((f) => f),
    true,
  );
  for (const what of ['Lessons, or help in the shop', 'two hours of German lessons', 'help']) {
    const hours = { ...PAYS, what, amount: { unit: 'hours', value: '120' } };
    assert.equal(
      wouldSign((f) => ({ ...f, does: [SELLS, hours] })),
      true,
      what,
    );
  }
});

const LIES: Readonly<Record<string, (form: Form) => object>> = {
  'another thing': (f) => ({ ...f, does: [{ ...SELLS, what: 'A grand piano, tuned' }, PAYS] }),
  'another title': (f) => ({ ...f, title: 'A grand piano' }),
  'another seller': (f) => ({ ...f, seller: { ...f.seller, name: 'Not this shop' } }),
  'a day that has passed': (f) => ({ ...f, does: [{ ...SELLS, due: '2020-01-01' }, PAYS] }),
  'a day that is too early': (f) => ({ ...f, does: [{ ...SELLS, due: '2026-11-21' }, PAYS] }),
  'a lower price': (f) => ({ ...f, does: [SELLS, { ...PAYS, amount: { unit: 'EUR', value: '26499' } }] }),
  'another currency': (f) => ({ ...f, does: [SELLS, { ...PAYS, amount: { unit: 'JPY', value: '26500' } }] }),
  'fewer hours': (f) => ({ ...f, does: [SELLS, { ...PAYS, amount: { unit: 'hours', value: '60' } }] }),
  'two pieces for the price of one': (f) => ({ ...f, quantity: 2 }),
  'two pieces promised, one paid': (f) => ({
    ...f,
    does: [{ ...SELLS, amount: { unit: 'goods', value: '2' } }, PAYS],
  }),
  'a promise more': (f) => ({ ...f, does: [SELLS, PAYS, { ...SELLS, what: 'And a case' }] }),
  'sides swapped': (f) => ({ ...f, does: [PAYS, SELLS] }),
  'pay one day': (f) => ({ ...f, does: [SELLS, { ...PAYS, due: '2030-01-01' }] }),
  'other terms': (f) => ({ ...f, terms: 'TPR' }),
  'nothing of what it asks': (f) => ({ ...f, gives: [] }),
  'something nobody asked for': (f) => ({
    ...f,
    gives: [...f.gives, { property: 'schema:birthDate', purpose: 'x', until: null }],
  }),
  'a member of its own': (f) => ({ ...f, penalty: 'the seller owes 10000' }),
  'a member of its own inside': (f) => ({ ...f, seller: { ...f.seller, owes: 1 } }),
  'a relationship name that is no id': (f) => ({ ...f, rel: 'a.b:c' }),
  'a relationship name that is too long': (f) => ({ ...f, rel: 'a'.repeat(64) }),
  'money that is given back, with more on top': (f) => ({
    ...f,
    does: [SELLS, { ...PAYS, what: 'Payment, which the seller gives back in full on request' }],
  }),
  'hours of what it does not take': (f) => ({
    ...f,
    does: [SELLS, { ...HOURS, what: 'two hours of silence' }],
  }),
  'hours with a clause': (f) => ({
    ...f,
    does: [SELLS, { ...HOURS, what: 'German lessons, which the seller pays with 1000 EUR' }],
  }),
  'money as hours': (f) => ({ ...f, does: [SELLS, { ...HOURS, what: 'Payment' }] }),
  'a field for something else': (f) => ({ ...f, gives: [{ ...EMAIL, purpose: 'to send me money' }] }),
  'a field that has run out': (f) => ({ ...f, gives: [{ ...EMAIL, until: 5 }] }),
  'a field for longer than it asked': (f) => ({ ...f, gives: [{ ...EMAIL, until: Date.UTC(2027, 11, 20) }] }),
  'a field without end': (f) => ({ ...f, gives: [{ ...EMAIL, until: null }] }),
};

for (const [lie, change] of Object.entries(LIES)) {
  test(`a seller does not sign ${lie}`, () => {
    assert.equal(wouldSign(change), false);
  });
}
