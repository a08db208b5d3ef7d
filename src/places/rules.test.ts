import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { continentOf, countryCodes, knownRegions } from './countries.ts';
import type { Level, Point } from './model.ts';
import {
  areaContains,
  areaIdOf,
  areaWithin,
  boxAround,
  boxContains,
  canonicalPoint,
  cellOf,
  codeOf,
  distanceKm,
  gridBox,
  levelOf,
  parents,
} from './rules.ts';

const ghent = { latE6: 51_050_000, lonE6: 3_716_670, country: 'BE' };
const anywhere: fc.Arbitrary<Point> = fc.record({
  latE6: fc.oneof(
    fc.integer({ min: -90_000_000, max: 90_000_000 }),
    fc.constantFrom(-90_000_000, -89_999_999, 0, 89_999_999, 90_000_000),
  ),
  lonE6: fc.oneof(
    fc.integer({ min: -180_000_000, max: 180_000_000 }),
    fc.constantFrom(-180_000_000, -179_999_999, -1, 0, 179_999_999, 180_000_000),
  ),
});

test('distances agree with known ones', () => {
  const paris = { latE6: 48_853_410, lonE6: 2_348_800 };
  const newYork = { latE6: 40_714_270, lonE6: -74_005_970 };
  assert.ok(Math.abs(distanceKm(paris, newYork) - 5837) < 5);
  assert.ok(Math.abs(distanceKm({ latE6: 0, lonE6: 0 }, { latE6: 0, lonE6: 180_000_000 }) - 20_015.1) < 0.1);
  assert.ok(
    Math.abs(distanceKm({ latE6: 0, lonE6: 179_500_000 }, { latE6: 0, lonE6: -179_500_000 }) - 111.195) <
      0.01,
  );
  assert.equal(distanceKm(ghent, ghent), 0);
});

test('the areas of a place, from small to large', () => {
  const ids = ([0, 1, 2, 3, 4] as const).map((level) => areaIdOf(ghent, level));
  assert.deepEqual(ids, ['g0:403:524', 'g1:100:131', 'c:BE', 'k:EU', 'w']);
  assert.deepEqual(parents('g0:403:524', 'BE'), ids.slice(1));
  assert.deepEqual(parents('g0:403:524'), ['g1:100:131', 'w']);
  assert.deepEqual(parents('c:BE'), ['k:EU', 'w']);
  assert.deepEqual(parents('w'), []);
  assert.equal(areaIdOf({ ...ghent, country: 'QQ' }, 2), undefined);
});

test('every point lies in its cell, and the cell in its parent', () => {
  fc.assert(
    fc.property(anywhere, (point) => {
      const spot = canonicalPoint(point);
      const [small, large] = [cellOf(point, 0), cellOf(point, 1)];
      for (const id of [small, large]) {
        const box = gridBox(id);
        assert.ok(box !== undefined && boxContains(box, spot));
        assert.ok(areaContains(id, point));
        assert.ok(areaWithin(id, 'w'));
      }
      assert.deepEqual(parents(small), [large, 'w']);
      const [inner, outer] = [gridBox(small), gridBox(large)];
      assert.ok(inner !== undefined && outer !== undefined);
      assert.ok(inner.south >= outer.south && inner.north <= outer.north);
      assert.ok(inner.west >= outer.west && inner.east <= outer.east);
    }),
  );
});

test('cells next to each other share an edge and no point', () => {
  const box = gridBox('g0:403:524');
  assert.ok(box !== undefined);
  assert.equal(cellOf({ latE6: box.south, lonE6: box.west }, 0), 'g0:403:524');
  assert.equal(cellOf({ latE6: box.north, lonE6: box.west }, 0), 'g0:404:524');
  assert.equal(cellOf({ latE6: box.south, lonE6: box.east }, 0), 'g0:403:525');
});

test('longitude 180 is -180, and a pole is one spot', () => {
  const suva = -18_100_000;
  for (const level of [0, 1] as const) {
    assert.equal(
      cellOf({ latE6: suva, lonE6: 180_000_000 }, level),
      cellOf({ latE6: suva, lonE6: -180_000_000 }, level),
    );
    for (const latE6 of [90_000_000, -90_000_000]) {
      const cells = [-180_000_000, -1, 0, 90_000_000, 180_000_000].map((lonE6) =>
        cellOf({ latE6, lonE6 }, level),
      );
      assert.equal(new Set(cells).size, 1);
    }
  }
  assert.equal(cellOf({ latE6: suva, lonE6: 179_999_999 }, 1), 'g1:51:256');
  assert.deepEqual(gridBox('g1:51:256'), {
    south: -18_600_000,
    west: 178_400_000,
    north: -17_200_000,
    east: 180_000_000,
  });
  assert.equal(gridBox('g0:514:0')?.north, 90_000_000);
});

test('no column along longitude 180 is a sliver', () => {
  for (const [id, least] of [
    ['g0:205:1027', 350_000],
    ['g1:51:256', 1_400_000],
  ] as const) {
    const box = gridBox(id);
    assert.ok(box !== undefined && box.east - box.west >= least);
  }
});

test('what is no area id is refused', () => {
  const wrong = [
    '',
    'g0',
    'g0:1',
    'g0:515:0',
    'g0:0:1028',
    'g1:129:0',
    'g1:0:257',
    'g0:01:2',
    'g0:-1:2',
    'g2:1:1',
  ];
  for (const id of [
    ...wrong,
    'c:',
    'c:be',
    'c:QQ',
    'k:XX',
    'c:BE:1',
    'ww',
    'g0:1e1:2',
    'g0: 1:2',
    'constructor',
  ]) {
    assert.equal(levelOf(id), undefined, id);
    assert.deepEqual(parents(id), [], id);
    assert.equal(areaContains(id, ghent), false, id);
    assert.equal(areaWithin(id, 'w'), false, id);
  }
  assert.equal(codeOf('c:BE'), 'BE');
  assert.equal(codeOf('w'), undefined);
});

test('an area contains what is known to lie in it, and nothing is guessed', () => {
  assert.equal(areaContains('c:BE', { country: 'BE' }), true);
  assert.equal(areaContains('c:BE', { country: 'NL' }), false);
  assert.equal(areaContains('k:EU', { country: 'NL' }), true);
  assert.equal(areaContains('c:BE', { latE6: ghent.latE6, lonE6: ghent.lonE6 }), false);
  assert.equal(areaContains('g0:403:524', { country: 'BE' }), false);
  assert.equal(areaWithin('g0:403:524', 'c:BE'), false);
  assert.equal(areaWithin('g0:403:524', 'c:BE', 'BE'), true);
  assert.equal(areaWithin('c:BE', 'g0:403:524'), false);
});

test('a spot off the globe throws', () => {
  for (const spot of [
    { latE6: 90_000_001, lonE6: 0 },
    { latE6: 0, lonE6: 180_000_001 },
    { latE6: 0.5, lonE6: 0 },
    { latE6: Number.NaN, lonE6: 0 },
  ]) {
    assert.throws(() => cellOf(spot, 0), RangeError);
  }
});

test('a box around points crosses longitude 180 where that is narrower', () => {
  const east = { latE6: 1, lonE6: 178_000_000 };
  const west = { latE6: -1, lonE6: -179_000_000 };
  const box = boxAround([west, east]);
  assert.deepEqual(box, { south: -1, west: 178_000_000, north: 1, east: -179_000_000 });
  assert.equal(boxContains(box, { latE6: 0, lonE6: 180_000_000 }), true);
  assert.equal(boxContains(box, { latE6: 0, lonE6: 0 }), false);
  assert.deepEqual(boxAround([ghent]), {
    south: ghent.latE6,
    north: ghent.latE6,
    west: ghent.lonE6,
    east: ghent.lonE6,
  });
});

test('every country has one continent, and every level of it an id', () => {
  assert.equal(new Set(countryCodes).size, countryCodes.length);
  for (const country of countryCodes) {
    assert.ok(continentOf(country) !== undefined);
    const levels: readonly Level[] = [2, 3, 4];
    for (const level of levels) assert.equal(levelOf(areaIdOf({ ...ghent, country }, level) ?? ''), level);
  }
  for (const region of knownRegions) assert.ok(countryCodes.includes(region.country) && region.name !== '');
});
