import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSentence } from '../sentence.ts';
import { readDistance } from './distance.ts';

test('distances around a place, in whole kilometres', () => {
  const rows: readonly (readonly [string, number | undefined])[] = [
    ['within 20 miles of Bath', 32],
    ['within 5 miles of portland', 8],
    ['10 km from Roeselare', 10],
    ['within a 15 km radius of Ghent', 15],
    ['in a radius of 15 km around Ghent', 15],
    ['max 5 km away', 5],
    ['not more than 30km from Ghent', 30],
    ['Ghent (10 km)', 10],
    ['within ten kilometres of Ghent', 10],
    ['must not go faster than 25 km/h', undefined],
    ['under 120k miles on it', undefined],
    ['less than 100,000 miles', undefined],
    ['e-bike with 80 km range', undefined],
    ['20 minutes from Ghent', undefined],
    ['garden hose of 20 m', undefined],
  ];
  for (const [text, km] of rows) assert.equal(readDistance(openSentence(text))?.km, km, text);
});
