import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { buildGazetteer } from './build-gazetteer.ts';
import { countryCodes } from './countries.ts';
import { englishNames, nicknames } from './english-names.ts';
import { readPlaces } from './gazetteer-source.ts';
import type { Level } from './model.ts';
import { openPlaces } from './open-places.ts';
import { boxContains, distanceKm, levelOf } from './rules.ts';
import { gazetteerForTests, gazetteerSource } from './testing.ts';

const path = gazetteerForTests();
const places = openPlaces(path);
const all = readPlaces(readFileSync(gazetteerSource, 'utf8'));
let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-places-test-'));
});
after(() => {
  places.close();
  rmSync(folder, { recursive: true });
});

test('a place is got by its GeoNames id', () => {
  const ghent = places.get(2_797_656);
  assert.deepEqual(ghent && { ...ghent, names: 0 }, {
    id: 2_797_656,
    name: 'Ghent',
    localName: 'Gent',
    names: 0,
    latE6: 51_050_000,
    lonE6: 3_716_670,
    country: 'BE',
    region: 'VLG',
    continent: 'EU',
    population: 231_493,
    timeZone: 'Europe/Brussels',
    seat: 'none',
  });
  assert.equal(places.get(1), undefined);
});

test('every place of the source is there and is found by its own name', () => {
  assert.ok(all.length > 130_000);
  for (const place of all.filter((_, i) => i % 997 === 0)) {
    const found = places.get(place.id);
    assert.equal(found?.localName, place.localName);
    assert.equal(found?.timeZone, place.timeZone);
    const near = places.find(place.localName, { near: place, country: place.country });
    assert.ok(
      near.matches.some((match) => match.place.id === place.id),
      place.localName,
    );
  }
});

test('every English name and nickname of our tables belongs to a place', () => {
  for (const [table, isName] of [
    [englishNames, true],
    [nicknames, false],
  ] as const) {
    for (const [country, pairs] of Object.entries(table)) {
      for (const pair of pairs) {
        const [local = '', english = ''] = pair.split('=');
        const { matches } = places.find(english, { country });
        const match = matches.find(({ place }) => place.localName === local && place.country === country);
        assert.ok(match !== undefined, pair);
        if (isName) assert.equal(match.place.name, english);
      }
    }
  }
});

test('the nearest place is the nearest, at the poles and across longitude 180 too', () => {
  const spots = [
    [90_000_000, 0],
    [-90_000_000, 5],
    [-16_500_000, 180_000_000],
    [-16_500_000, -180_000_000],
    [-17_000_000, 179_990_000],
  ];
  for (let i = 0; i < 60; i += 1)
    spots.push([
      ((i * 37_003_001) % 180_000_000) - 90_000_000,
      ((i * 91_000_733) % 360_000_000) - 180_000_000,
    ]);
  for (const [latE6 = 0, lonE6 = 0] of spots) {
    const found = places.nearest(latE6, lonE6);
    assert.ok(found !== undefined);
    const least = all.reduce((km, place) => Math.min(km, distanceKm({ latE6, lonE6 }, place)), Infinity);
    assert.ok(Math.abs(distanceKm({ latE6, lonE6 }, found) - least) < 1e-9, `${latE6} ${lonE6}`);
  }
  assert.equal(places.nearest(51_000_000, 3_600_000, 1_000_000)?.name, 'Brussels');
});

test('an area holds the place it was made for, at every level', () => {
  for (const place of all.filter((_, i) => i % 499 === 0)) {
    const levels: readonly Level[] = [0, 1, 2, 3, 4];
    for (const level of levels) {
      const area = places.areaOf(place, level);
      assert.equal(area.level, level);
      assert.ok(boxContains(area.box, place), `${area.id} ${place.localName}`);
      assert.deepEqual(places.area(area.id), area);
      if (level < 2) assert.ok(places.countriesOf(area.id).includes(place.country));
    }
  }
});

test('a bare spot is in the country of the nearest place', () => {
  assert.equal(places.areaOf({ latE6: 51_050_000, lonE6: 3_716_670 }, 2).id, 'c:BE');
  assert.equal(places.areaOf({ latE6: -16_500_000, lonE6: 180_000_000 }, 3).id, 'k:OC');
});

test('areas are told in words', () => {
  const label = (text: string, level: Level) => {
    const [best] = places.find(text).matches;
    assert.ok(best !== undefined);
    return places.areaLabel(places.areaOf(best.place, level).id);
  };
  assert.equal(label('Ghent', 0), 'around Ghent, Evergem and Maldegem');
  assert.equal(label('Ghent', 1), 'the wider area of Brussels, Antwerp and Ghent');
  assert.equal(label('Ghent', 2), 'Belgium');
  assert.equal(label('Ghent', 3), 'Europe');
  assert.equal(label('Ghent', 4), 'anywhere');
  assert.equal(label('Geneva, New York', 0), 'around Geneva, Seneca Falls and Waterloo (New York)');
  assert.match(places.areaLabel('g0:0:0') ?? '', /^an empty area about \d+ km from /u);
  assert.equal(places.areaLabel('nonsense'), undefined);
  for (const code of countryCodes) assert.ok(places.countryName(code).length > 2, code);
});

test('a cell on a border lists its countries', () => {
  const [geneva] = places.find('Geneva').matches;
  assert.ok(geneva !== undefined);
  assert.deepEqual(places.countriesOf(places.areaOf(geneva.place, 0).id), ['CH', 'FR']);
  assert.deepEqual(places.countriesOf('c:BE'), ['BE']);
  assert.deepEqual(places.countriesOf('g0:0:0'), []);
});

test('the file is compact, whole, and holds nothing that cannot be read', () => {
  assert.ok(statSync(path).size < 22_000_000);
  const db = new DatabaseSync(path, { readOnly: true });
  assert.equal(db.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
  for (const { id } of db.prepare('SELECT id FROM area').all()) assert.ok(levelOf(String(id)) !== undefined);
  db.close();
});

test('a file that is missing, of another version, or no gazetteer is refused with its reason', () => {
  assert.throws(() => openPlaces(join(folder, 'none.sqlite')), /has not been built/u);
  assert.equal(existsSync(join(folder, 'none.sqlite')), false);
  const old = join(folder, 'old.sqlite');
  new DatabaseSync(old).close();
  assert.throws(() => openPlaces(old), /has version 0/u);
  const text = join(folder, 'text.sqlite');
  writeFileSync(text, 'no database'.repeat(500));
  assert.throws(() => openPlaces(text));
});

test('the gazetteer cannot be written through the room', () => {
  const before = statSync(path).mtimeMs;
  places.find('Ghent');
  assert.deepEqual(
    readdirSync(join(path, '..')).filter((name) => /-(wal|shm|journal)$/u.test(name)),
    [],
  );
  assert.equal(statSync(path).mtimeMs, before);
});

test('a build replaces what was there, and a source that is not understood leaves it', () => {
  const source = join(folder, 'source.txt');
  const out = join(folder, 'out.sqlite');
  const line =
    '7\tÅby\tAby\tAaby,ABY\t59.5\t-17.25\tP\tPPL\tSE\t\t28\t\t\t\t1200\t\t10\tEurope/Stockholm\t2020-01-01';
  writeFileSync(source, `${line}\n`);
  assert.equal(buildGazetteer(source, out).places, 1);
  const small = openPlaces(out);
  assert.deepEqual(
    small.find('Aaby').matches.map((match) => match.place.latE6),
    [59_500_000],
  );
  assert.equal(small.find('ABY').outcome, 'clear');
  small.close();
  const kept = readFileSync(out);
  for (const wrong of ['7\tÅby', line.replace('59.5', 'north'), line.replace('\tSE\t', '\tQQ\t')]) {
    writeFileSync(source, wrong);
    assert.throws(() => buildGazetteer(source, out));
    assert.deepEqual(readFileSync(out), kept);
  }
});
