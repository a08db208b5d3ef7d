import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from './facts-rules.ts';
import { type ActiveRule, decide, type KnownItem } from './rules.ts';

const NOW = 1_000 * 86_400_000;
const NAMED = { id: 'e1', property: 'schema:email' };
const EMAIL: KnownItem = { ...NAMED, category: 'contact', label: 'E-mail', version: 1 };
const THRICE: ActiveRule = {
  ...{ id: 'r', name: 'Rule', purpose: 'to write', whom: { kind: 'everybody', relationships: [] } },
  steps: [
    {
      when: { kind: 'agreed', atLeast: 1, of: 'relationship' },
      gives: [{ kind: 'property', value: EMAIL.property }],
      ...{ alsoUnasked: false, howOften: 'once', times: 3 },
    },
  ],
};
const FACTS: Facts = {
  ...{ rel: 'rel', side: 'buyer', isOpen: true, agreedAt: NOW, kept: [], keptByShop: [], isCounting: true },
  ...{ asks: [{ property: EMAIL.property, purpose: 'to write', days: 30 }], given: [], answered: [] },
};

function decided(change: Partial<Facts>) {
  const [it] = decide([THRICE], { never: [], items: [EMAIL] }, { ...FACTS, ...change }, NOW);
  return [it?.releases.map(({ item, times }) => [item, times]), it?.notGiven.map(({ reason }) => reason)];
}

test('a number of openings is given with it, to nobody who counts none, and one that is used up is no taking back', () => {
  assert.deepEqual(decided({}), [[['e1', 3]], []]);
  assert.deepEqual(decided({ isCounting: false }), [[], ['uncounted']]);
  const stopped = { state: 'stopped', since: NOW, until: null, stoppedAt: NOW, isReplaced: false } as const;
  const given = { id: 'g1', item: EMAIL.id, property: EMAIL.property, ...stopped };
  assert.deepEqual(decided({ given: [{ ...given, isSpent: true }] }), [[], ['given']]);
  assert.deepEqual(decided({ given: [{ ...given, isSpent: false }] }), [[], ['taken-back']]);
});
