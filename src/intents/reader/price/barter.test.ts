import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openSentence } from '../sentence.ts';
import { readBarter } from './barter.ts';

function read(text: string): string {
  const barter = readBarter(openSentence(text));
  if (barter?.give) return `${barter.give.unit} ${barter.give.value} ${barter.give.what}`;
  return barter?.budget ? `budget ${barter.budget.unit} ${barter.budget.value}` : 'none';
}

const HEDGE = 'someone to cut my hedge';
const rows: readonly (readonly [string, string])[] = [
  [`${HEDGE}, I can give two hours of German lessons`, 'hours 120 German lessons'],
  [`${HEDGE}, I offer 90 minutes of English lessons in return`, 'hours 90 English lessons'],
  [`${HEDGE} against 2 hours of sewing`, 'hours 120 sewing'],
  [`${HEDGE} - two hours of babysitting in return`, 'hours 120 babysitting'],
  [`${HEDGE}, can repay with two hours of French conversation`, 'hours 120 French conversation'],
  ['can offer 3 hours of ironing for somebody who fixes my bike', 'hours 180 ironing'],
  [`${HEDGE}, up to 2 hours of my time`, 'budget hours 120'],
  [`${HEDGE}, max 3 hours of my time and I am handy with wood`, 'budget hours 180'],
  [`${HEDGE}, I can pay with 90 minutes of my time`, 'budget hours 90'],
  [`${HEDGE}, I can give 3 hours back`, 'budget hours 180'],
  [`${HEDGE}, a crate of beer in return`, 'goods 1 a crate of beer'],
  [`${HEDGE}, I pay with a bag of apples from my own tree`, 'goods 1 a bag of apples'],
  [`${HEDGE}? bag of home-grown potatoes in return`, 'goods 1 bag of home-grown potatoes'],
  [`${HEDGE}, in exchange for four jars of honey`, 'goods 4 four jars of honey'],
  [`${HEDGE}, will bake a cake in exchange`, 'goods 1 a cake'],
  [`${HEDGE} for a bottle of gin`, 'goods 1 a bottle of gin'],
  [`${HEDGE}, a crate of beer for you`, 'goods 1 a crate of beer'],
  [`${HEDGE}, paid in vegetables from my garden`, 'goods 1 vegetables'],
  ['looking to swap my road bike for an electric guitar', 'goods 1 my road bike'],
  ['a trumpet, swap for my clarinet', 'goods 1 my clarinet'],
  [`${HEDGE}, I can water your plants in return`, 'favour 1 water your plants'],
  [`${HEDGE} and I mow your lawn`, 'favour 1 mow your lawn'],
  [`${HEDGE}, in return I'd help with your taxes`, 'favour 1 help with your taxes'],
  ['French conversation, I can offer Dutch conversation in return', 'favour 1 Dutch conversation'],
  [`${HEDGE} for a favour`, 'budget favour 1'],
  [`${HEDGE}, a favour in return`, 'budget favour 1'],
  [`${HEDGE}, I owe you one`, 'budget favour 1'],
  ['I can pay a fair price', 'none'],
  ['a basket for a bottle of wine', 'none'],
  ['looking for someone for 2 hours of gardening', 'none'],
  ['cleaner for 3 hours every Friday', 'none'],
  ['a kitten, I can offer a good home', 'none'],
];

describe('what is given instead of money', () => {
  for (const [text, expected] of rows) test(text, () => assert.equal(read(text), expected));
});
