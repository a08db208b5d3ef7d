import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertRelationship } from '../../src/relationships/index.ts';
import { startTestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY } from './goods.ts';
import { property } from './trust.ts';

const MANY = 10_000;
const me = { as: 'me' };

interface Trial {
  readonly rows: { gives: object[] }[];
  readonly next?: string;
  readonly looked: number;
  readonly total: number;
}

for (const engine of engines()) {
  test(`a rule is looked at and held against ${MANY} relationships, on ${engine}`, async (context) => {
    const node = await startTestNode({ engine, seed: `many-${engine}`, rehearse: false });
    try {
      const home = await node.party(me.as);
      await node.done('put-item', { property: 'own:shoe-size', value: 'EU 42' }, me);
      const now = node.deps.clock.now();
      for (let at = 0; at < MANY; at += 500) {
        await node.deps.storage.transact(home, async (tx) => {
          for (let i = at; i < at + 500; i++) {
            const id = `rel-${String(i).padStart(5, '0')}`;
            await insertRelationship(tx, {
              ...{ id, side: 'buyer', state: i % 10 === 0 ? 'ended' : 'active', name: `Shop ${i % 7}` },
              ...{ is_sample: false, mine: `mine-${i}`, theirs: `theirs-${i}`, offer: `offer-${i}` },
              ...{ title: 'A thing', agreement: `agreement-${i}`, storefront: `shop-${i % 7}`, intent: null },
              ...{ refusal: null, paused_by: null, since_at: now - 9 * DAY, last_at: now, unread: 0 },
              ...{ expectations: '', review_day: null, their_expectations: '', ended_by: null },
              reconciling_at: null,
            });
          }
        });
      }
      const draft = {
        ...{ name: 'Sizes', purpose: 'to fit', whom: { kind: 'market-vendors' } },
        steps: [
          {
            when: { kind: 'days-known', atLeast: 7 },
            gives: [property('own:shoe-size')],
            alsoUnasked: true,
          },
        ],
      };
      const began = performance.now();
      const seen = await node.done<{ rows: object[]; next?: string; counts: { receivers: number } }>(
        'preview-rule',
        { draft, limit: 50 },
        me,
      );
      const looked = performance.now();
      assert.deepEqual([seen.rows.length, seen.counts.receivers, !seen.next], [50, 9_000, false]);
      let after: string | undefined;
      let [gives, count] = [0, 0];
      do {
        const page: Trial = await node.done<Trial>(
          'try-rule',
          { draft, limit: 200, ...(after && { after }) },
          me,
        );
        assert.equal(page.total, MANY);
        gives += page.rows.filter((row) => row.gives.length > 0).length;
        count += page.looked;
        after = page.next;
      } while (after);
      assert.deepEqual([gives, count], [MANY, MANY]);
      const [preview, trial] = [looked - began, performance.now() - looked];
      context.diagnostic(`preview ${preview.toFixed(0)} ms, trial of all ${trial.toFixed(0)} ms`);
    } finally {
      await node.close();
    }
  });
}
