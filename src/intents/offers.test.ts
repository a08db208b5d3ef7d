import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import { toBase64url } from '../kernel/bytes.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import { must } from '../kernel/result.ts';
import { signingKey } from '../kernel/signing.ts';
import {
  type ListingContent,
  type OutcomeResult,
  type Signed,
  signAnswer,
  signOutcome,
  signTicket,
  wireJson,
} from '../market/index.ts';
import { getOffer } from './get-offer.ts';
import {
  castAs,
  entry,
  type KnownCast,
  type Loop,
  NO_STANDING,
  openLoop,
  quoteTo,
  type Vendor,
} from './loop/testing.ts';
import type { IntentFields, Offer } from './model.ts';
import { DAY_MS, eur, wantFields } from './testing.ts';
import type { Intent } from './view.ts';

type List = { rows: Offer[]; next?: string; total: number; order: string };

const CELL = 'ae-2-8-3-5-3|g0:403:524|EUR|50000|any|SD-BASE|person';
const LOOSE_CELL = CELL.replace('SD-BASE', 'SD-BASE-A');

for (const engine of engines()) {
  describe(`offers on ${engine}`, () => {
    let loop: Loop;
    let vendor: Vendor;
    let anna: string;
    /** How many wants were cast: each has words of its own. */
    let wanted = 0;

    before(async () => {
      loop = await openLoop(engine, 'offers');
      vendor = await loop.vendor('Brass & Co');
      anna = await loop.person('Anna');
      await loop.idle();
      await loop.crowd(CELL, 4);
      await loop.crowd(LOOSE_CELL, 4);
      await loop.publish();
      await loop.done(anna, 'preview-cast', { fields: wantFields() });
      await loop.idle();
    });
    after(() => loop.close());

    const cast = (changes: Partial<IntentFields> = {}, choice = CELL): Promise<KnownCast> =>
      castAs(loop, anna, wantFields({ words: `want ${wanted++}`, ...changes }), choice);
    const quote = (to: KnownCast, quotes: Json[], from?: string): Promise<string> =>
      quoteTo(loop, to, quotes, from);
    /** A listing that the market knows nothing of. */
    const sign = (changes: Partial<ListingContent> = {}, by = vendor): Signed => loop.sign(by, changes);
    const offers = (to: KnownCast, input: object = {}): Promise<List> =>
      loop.done<List>(anna, 'list-offers', { intent: to.intent, ...input });

    test('what is forged, altered or sent to another path is refused; the good beside it is kept, once', async () => {
      const want = await cast();
      const other = await cast();
      const good = sign({ title: 'Real' });
      const forged = {
        ...good.wire,
        payload: toBase64url(Buffer.from(JSON.stringify({ type: 'listing', v: 1 }))),
      };
      const stranger = signingKey(loop.deps.random.bytes(32));
      const impostor = sign({ title: 'Impostor' }, { ...vendor, key: stranger });
      const otherFees = sign({
        fees: [{ label: 'Fee', payer: 'buyer', to: 'us', amount: { unit: 'USD', value: '1' } }],
      });
      assert.equal(
        await quote(want, [{ listing: wireJson(forged), standing: NO_STANDING }]),
        'offers-malformed',
      );
      assert.equal(await quote(want, [entry(impostor)]), 'offers-malformed');
      assert.equal(await quote(want, [entry(otherFees)]), 'offers-malformed');
      assert.equal(await quote({ ...want, inbox: other.inbox }, [entry(good)]), 'cast-unknown');
      assert.equal(await quote(want, [entry(good)], 'somebody'), 'cast-unknown');
      assert.equal(await quote({ ...want, castId: 'x' }, [entry(good)]), 'cast-unknown');
      assert.deepEqual((await offers(want, { showFiltered: true })).total, 0);
      assert.equal(await quote(want, [entry(impostor), entry(good), 'nonsense']), 'acted');
      assert.equal(await quote(want, [entry(good)]), 'acted');
      assert.deepEqual(
        (await offers(want, { showFiltered: true })).rows.map((it) => it.title),
        ['Real'],
      );
    });

    test('no more offers of a cast are kept than may be, however many are sent', async () => {
      const want = await cast();
      for (let i = 0; i < 4; i++) {
        const batch: JsonObject[] = [];
        for (let j = 0; j < 20; j++) batch.push(entry(sign({ title: `Offer ${i} ${j}` })));
        assert.equal(await quote(want, batch), 'acted');
      }
      assert.equal((await offers(want, { limit: 200 })).total, 60);
      const seen: string[] = [];
      for (let after: string | undefined, turn = 0; turn < 10; turn++) {
        const page = await offers(want, { limit: 7, ...(after !== undefined && { after }) });
        seen.push(...page.rows.map((it) => it.id));
        after = page.next;
        if (after === undefined) break;
      }
      assert.equal(new Set(seen).size, 60);
      assert.deepEqual(
        seen,
        (await offers(want, { limit: 200 })).rows.map((it) => it.id),
      );
      assert.equal(
        (await loop.refused(anna, 'list-offers', { intent: want.intent, after: 'x' })).code,
        'cursor-unknown',
      );
    });

    test('promises are counted from records that verify, and only for the key that signed the offer', async () => {
      const { random } = loop.deps;
      const record = (result: OutcomeResult, storefront = vendor.ref.id, by = vendor.key): JsonObject => {
        const once = signingKey(random.bytes(32));
        const ticket = signTicket({ storefront, key: toBase64url(once.publicKey) }, by, random);
        const outcome = signOutcome({ storefront, result, on: '2027-01-01' }, once, random);
        return { ticket: wireJson(ticket.wire), outcome: wireJson(outcome.wire) };
      };
      const twice = record('kept');
      const stranger = signingKey(random.bytes(32));
      const { ticket } = record('kept');
      const records: JsonObject[] = [
        record('kept'),
        twice,
        twice,
        record('repaired'),
        record('kept', 'another'),
        record('kept', vendor.ref.id, stranger),
        { ...record('late'), ...(ticket && { ticket }) },
      ];
      const want = await cast();
      const standing = { kept: 900, late: 0, broken: 0, repaired: 1, records };
      assert.equal(await quote(want, [entry(sign(), standing)]), 'acted');
      const [offer] = (await offers(want)).rows;
      assert.deepEqual(offer?.standing, {
        kept: 2,
        late: 0,
        broken: 0,
        repaired: 1,
        records: 3,
        claimed: 901,
      });
    });

    test('an answer by hand is kept with the name the vendor knows the want by', async () => {
      const want = await cast();
      const content = {
        alias: 'alias-1',
        storefront: vendor.ref,
        title: 'By hand',
        price: eur(25_000),
        fees: [],
        terms: ['SD-BASE', 'SD-BASE-A'],
        delivery: { how: 'post' as const, days: 2 },
        until: loop.deps.clock.now() + 5 * DAY_MS,
        asks: [{ property: 'schema:address', purpose: 'delivery', days: 30, required: true }],
        note: 'I can polish it.',
      };
      const answer = signAnswer(content, vendor.key, loop.deps.random);
      const body = {
        castId: want.castId,
        answers: [{ answer: wireJson(answer.wire), standing: NO_STANDING }],
      };
      assert.equal(await loop.post(want.inbox, loop.market.id, 'answers', body), 'acted');
      const [offer] = (await offers(want)).rows;
      assert.deepEqual(
        [offer?.how, offer?.note, offer?.distanceKm],
        ['by-hand', 'I can polish it.', undefined],
      );
      assert.deepEqual(offer?.asks, [
        { property: 'schema:address', purpose: 'delivery', until: '2027-02-14', required: true },
      ]);
      const found = must(
        await loop.deps.storage.read((view) => getOffer(view, anna, offer?.id ?? '', loop.deps.clock.now())),
      );
      assert.deepEqual(
        [found.kind, found.alias, found.offeredTerms],
        ['answer', 'alias-1', ['SD-BASE', 'SD-BASE-A']],
      );
      loop.deps.clock.advance(5 * DAY_MS);
      assert.deepEqual(
        (await offers(want)).rows.map((it) => it.state),
        ['expired'],
      );
      const intent = await loop.done<Intent>(anna, 'get-intent', { id: want.intent });
      assert.equal(intent.offers.fitting, 0);
    });

    test('conflicts with my terms are told in words and put an offer behind one without', async () => {
      const want = await cast({ requiredTerms: ['SD-BASE-A', 'SD-BASE'] }, LOOSE_CELL);
      const loose = sign({ title: 'Loose', terms: ['SD-BASE-A'], price: eur(100) });
      const strict = sign({ title: 'Strict', terms: ['SD-BASE'], price: eur(29_000) });
      assert.equal(await quote(want, [entry(loose), entry(strict)]), 'acted');
      const { rows } = await offers(want);
      assert.deepEqual(
        rows.map((it) => [it.title, it.terms.id, it.terms.conflicts.length > 0]),
        [
          ['Strict', 'SD-BASE', false],
          ['Loose', 'SD-BASE-A', true],
        ],
      );
    });
  });
}
