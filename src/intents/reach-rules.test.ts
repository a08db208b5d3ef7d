import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { marketLimits } from '../market/index.ts';
import { NEAR_KM, reachOf } from './reach-rules.ts';
import { ANTWERP, GHENT, offerFacts, wantFields } from './testing.ts';

const pickup = offerFacts({ delivery: { how: 'pickup' } });
const LYON = { label: 'Lyon', country: 'FR', latE6: 45_748_460, lonE6: 4_846_710, id: '2996944' };
const NEW_YORK = { label: 'New York', country: 'US', latE6: 40_714_270, lonE6: -74_005_970, id: '5128581' };

const misfits = (changes: Parameters<typeof wantFields>[0], offer = pickup): readonly string[] =>
  reachOf(wantFields(changes), offer).misfits;

/** A want without a place. */
function nowhere() {
  const { place: _place, ...rest } = wantFields();
  return rest;
}

test('what is fetched has to be within my distance, the known one when I name none', () => {
  assert.equal(reachOf(wantFields(), pickup).distanceKm, 51);
  assert.equal(NEAR_KM, 50);
  assert.match(misfits({})[0] ?? '', /fetched in Antwerp, 51 km away: more than 50 km/);
  assert.deepEqual(misfits({ radiusKm: 51 }), []);
  assert.match(misfits({ radiusKm: 20 })[0] ?? '', /you said within 20 km/);
});

test('my distance does not limit what is sent; the reach of the vendor does', () => {
  assert.deepEqual(misfits({ radiusKm: 1 }, offerFacts()), []);
  assert.match(misfits({ place: LYON }, offerFacts())[0] ?? '', /do not serve your country/);
  assert.deepEqual(misfits({ place: LYON }, offerFacts({ reach: { level: 'continent' } })), []);
  assert.match(
    misfits({ place: NEW_YORK }, offerFacts({ reach: { level: 'continent' } }))[0] ?? '',
    /your continent/,
  );
  assert.deepEqual(misfits({ place: NEW_YORK }, offerFacts({ reach: { level: 'world' } })), []);
});

test('a local vendor comes as far as they say', () => {
  const local = (km?: number) =>
    offerFacts({ reach: { level: 'local', ...(km !== undefined && { km }) }, delivery: { how: 'at-yours' } });
  assert.match(
    misfits({}, local())[0] ?? '',
    new RegExp(`up to ${marketLimits.localKm} km around Antwerp; you are 51 km`),
  );
  assert.deepEqual(misfits({}, local(51)), []);
});

test('without a place what must be fetched or is served around a place does not fit, the rest is left to me', () => {
  assert.match(reachOf(nowhere(), pickup).misfits[0] ?? '', /you named no place/);
  assert.match(
    reachOf(nowhere(), offerFacts({ reach: { level: 'local' } })).misfits[0] ?? '',
    /you named no place/,
  );
  const country = reachOf(nowhere(), offerFacts());
  assert.deepEqual([country.misfits, country.unsaid], [[], ['They serve their country only.']]);
  const online = reachOf(nowhere(), offerFacts({ delivery: { how: 'online' } }));
  assert.deepEqual([online.misfits, online.unsaid], [[], []]);
});

test('a wider radius never loses an offer', () => {
  const latitude = fc.integer({ min: -85_000_000, max: 85_000_000 });
  const longitude = fc.integer({ min: -180_000_000, max: 180_000_000 });
  const km = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(latitude, longitude, km, km, (latE6, lonE6, a, b) => {
      const offer = offerFacts({ delivery: { how: 'pickup' }, place: { ...ANTWERP, latE6, lonE6 } });
      const at = (radiusKm: number) => misfits({ place: GHENT, radiusKm }, offer).length;
      assert.ok(at(Math.max(a, b)) <= at(Math.min(a, b)));
    }),
  );
});
