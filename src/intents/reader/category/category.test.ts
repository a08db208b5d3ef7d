import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCategories } from '../../../categories/index.ts';
import { openSentence } from '../sentence.ts';
import { readCategory } from './category.ts';
import { everydayIds } from './everyday.ts';
import { FRAMES } from './service-frames.ts';
import { asksForWork } from './services.ts';
import { respelled, slips } from './spelling.ts';

const categories = openCategories();

/** The first proposal, 'ask' when it is not sure. */
function read(text: string): string {
  const sentence = openSentence(text);
  const { proposals, asks } = readCategory(sentence, sentence, categories);
  return asks ? 'ask' : (proposals[0]?.id ?? 'none');
}

const ROWS: readonly (readonly [string, string])[] = [
  ['a trumpet for a beginner', 'ae-2-8-3-5-3'],
  ['my son used to play the alto sax', 'ae-2-8-8-12-1'],
  ['trampoline with net for the birthday of our girl', 'tg-3-14'],
  ['matress', 'fr-2-6'],
  ['microwave', 'hg-11-7-31'],
  ['fish tank', 'ap-2-4-13'],
  ['wine glasses for a party', 'hg-11-10-5-7'],
  ['a bottle of cologne for my dad', 'hb-3-2-8-2'],
  ['motorcycle helmet', 'vp-1-6-1-7'],
  ['vacuum cleaner', 'hg-9-10-1'],
  ['nintendo switch', 'el-19'],
  ['rain coat for school child', 'aa-1-10-2-10'],
  ['a bass guitar amp', 'ae-2-7-10-2'],
  ['flat tire on my bike, can somebody repair it', 'sv-bicycle-repair'],
  ['need help moving a piano out of a 3rd floor apartment', 'sv-moving-help'],
  ['need my couch hauled to the dump', 'sv-moving-help'],
  ['someone with a van to take an old sofa to the tip', 'sv-moving-help'],
  ['my computer is dead slow, need someone to sort it out', 'sv-computer-help'],
  ['mow my lawn please', 'sv-gardening'],
  ['help in the garden', 'sv-gardening'],
  ['polish lessons', 'sv-language-lessons'],
  ['guitar teacher', 'sv-music-lessons'],
  ['physics tutor for A-levels', 'se-6-2'],
  ['can you babysit', 'sv-child-care'],
  ['can someone look after our rabbits', 'sv-pet-sitting'],
  ['fix my leaking tap', 'se-5-3'],
  ['someone to paint my kitchen', 'se-2-3'],
  ['tune my piano', 'se-5-4'],
  ['a bat for my lad', 'ask'],
  ['looking for a mouse for my daughter', 'ask'],
  ['a gift', 'ask'],
  ['bread machine', 'ask'],
];

describe('what is wanted', () => {
  for (const [text, expected] of ROWS) test(text, () => assert.equal(read(text), expected));
});

test('words that fit nothing propose nothing', () => {
  const sentence = openSentence('xyzzy qwrtzp');
  assert.deepEqual(readCategory(sentence, sentence, categories).proposals, []);
});

test('whether work is asked for, or a thing', () => {
  const work =
    'someone to walk my dog|piano lessons|can you repair a bike|my hair needs cutting|plumber in Thika';
  const things =
    'a vacuum cleaner|anyone got a bike|a lamp for my piano teacher|someone to sell me a drill|hedge cutter|a golf driver';
  for (const text of work.split('|')) assert(asksForWork(text), text);
  for (const text of things.split('|')) assert(!asksForWork(text), text);
});

test('every category that our words name exists', () => {
  for (const id of [...everydayIds, ...FRAMES.map((frame) => frame.id)]) assert(categories.get(id), id);
});

test('slips of the pen', () => {
  assert(slips('matress').includes('mattress'));
  assert(slips('accordian').includes('accordion'));
  assert(slips('bicylce').includes('bicycle'));
  const known = (word: string) => ['mattress', 'foam'].includes(word);
  assert.equal(respelled('foam matress', known), 'foam mattress');
  assert.equal(respelled('foam xyzzyx', known), undefined);
  assert.equal(respelled('foan', known), undefined, 'short words are left alone');
});
