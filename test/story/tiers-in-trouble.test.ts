import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tables } from '../../src/storage/index.ts';
import { keepRules } from '../../src/tiers/rule-keeper.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY } from './goods.ts';
import { agreed, type Given, property, SIZE_THEN_ADDRESS, trustStory } from './trust.ts';

interface Rows<T> {
  readonly rows: T[];
}
interface HasId {
  readonly id: string;
}

for (const engine of engines()) {
  describe(`rules that meet trouble, the past, and what is never given, on ${engine}`, () => {
    const story = trustStory(engine, 'tiers-trouble');
    const { agree, keep, write, preview, switchOn, held, done } = story;

    test('nothing is given twice, however often and wherever a round breaks off', async () => {
      const relationships = [await agree(), await agree(), await agree()];
      const rule = await write(SIZE_THEN_ADDRESS);
      const { seen } = await preview(rule);
      const { storage } = story.node.deps;
      let left = 0;
      const broken = {
        ...story.node.deps,
        storage: {
          ...storage,
          transact: <T>(of: string, body: Parameters<typeof storage.transact<T>>[1]): Promise<T> =>
            storage.transact<T>(of, async (tx) => {
              const value = await body(tx);
              // The last moment before the commit.
              if (left-- <= 0) throw new Error('the power went out');
              return value;
            }),
        },
      };
      // Without the node's own rounds, which would come first.
      await storage.transact(story.home, (tx) =>
        tables<{ tier_rules: { home_id: string; id: string; is_on: boolean } }>(tx)
          .updateTable('tier_rules')
          .set({ is_on: true })
          .where('home_id', '=', story.home)
          .where('id', '=', rule)
          .execute(),
      );
      for (let round = 0; round < 10; round++) {
        left = round;
        await keepRules(broken, () => false).catch(() => undefined);
      }
      await Promise.all([1, 2, 3].map(() => keepRules(story.node.deps, () => false)));
      await story.node.idle();
      for (const relationship of relationships) {
        const { rows } = await story.node.done<Rows<Given>>('list-grants', { relationship }, story.shop);
        assert.deepEqual(
          rows.map((it) => [it.property, it.state]),
          [['own:shoe-size', 'active']],
        );
        assert.equal((await done({ relationship })).length, 1);
      }
      assert.notEqual(seen, (await preview(rule)).seen);
    });

    test('what goes wrong in one relationship, or with one party, stops no other one', async () => {
      for (let i = 0; i < 3; i++) await agree();
      const { storage } = story.node.deps;
      await write(SIZE_THEN_ADDRESS);
      // The shop has a rule as well, so that there are two parties to look at.
      const { code } = await story.node.done<{ code: string }>('show-recovery-code', {}, story.shop);
      await story.node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, story.shop);
      await story.node.done('put-rule', SIZE_THEN_ADDRESS, story.shop);
      interface Rule {
        home_id: string;
        id: string;
        is_on: boolean;
        looked_at: number | null;
      }
      const homes = await storage.read((view) =>
        tables<{ tier_rules: Rule }>(view).selectFrom('tier_rules').select('home_id').distinct().execute(),
      );
      const all = homes.map((it) => it.home_id).toSorted();
      for (const home of all) {
        await storage.transact(home, (tx) =>
          tables<{ tier_rules: Rule }>(tx)
            .updateTable('tier_rules')
            .set({ is_on: true, looked_at: null })
            .where('home_id', '=', home)
            .execute(),
        );
      }
      let isFirst = true;
      const broken = {
        ...story.node.deps,
        storage: {
          ...storage,
          transact: <T>(of: string, body: Parameters<typeof storage.transact<T>>[1]): Promise<T> => {
            // The first party fails in everything, this one in its first relationship.
            const isBroken = of === story.home ? isFirst : of === all[0];
            if (of === story.home) isFirst = false;
            if (isBroken) throw new Error('the disk is full');
            return storage.transact<T>(of, body);
          },
        },
      };
      await keepRules(broken, () => false);
      const looked = await storage.read((view) =>
        tables<{ tier_rules: Rule }>(view)
          .selectFrom('tier_rules')
          .select(['home_id', 'looked_at'])
          .where('is_on', '=', true)
          .execute(),
      );
      for (const { home_id: home, looked_at: at } of looked)
        assert.equal(
          at !== null,
          home !== all[0] || home === story.home,
          'only the broken one was not looked at',
        );
      assert.equal((await done()).length, 2, 'given to all but the first');
      await keepRules(story.node.deps, () => false);
      assert.equal((await done()).length, 3, 'which comes in the next round, not an hour later');
    });

    test('a paused relationship gets nothing until it goes on', async () => {
      const relationship = await agree();
      await story.node.done('pause-relationship', { relationship }, story.me);
      await story.node.idle();
      await switchOn(await write(SIZE_THEN_ADDRESS));
      assert.deepEqual(await held(relationship), []);
      await story.node.done('resume-relationship', { relationship }, story.me);
      story.node.clock?.advance(2 * 3600 * 1000);
      await story.node.idle();
      assert.deepEqual(await held(relationship), ['EU 42']);
    });

    test('a paused party gives nothing', async () => {
      const relationship = await agree();
      const rule = await write(SIZE_THEN_ADDRESS);
      const { seen } = await preview(rule);
      const pauseAt = (at: number | null) =>
        story.node.deps.storage.transact(story.home, (tx) =>
          tables<{ parties: { home_id: string; paused_at: number | null } }>(tx)
            .updateTable('parties')
            .set({ paused_at: at })
            .where('home_id', '=', story.home)
            .execute(),
        );
      await pauseAt(story.node.deps.clock.now());
      await story.node.done('switch-rule', { rule, on: true, seen }, story.me);
      await story.node.idle();
      assert.deepEqual(await held(relationship), []);
      await pauseAt(null);
      story.node.clock?.advance(60_000);
      await story.node.idle();
      assert.deepEqual(await held(relationship), ['EU 42']);
    });

    test('a rule is held against what was, a page at a time', async () => {
      const first = await agree();
      const began = story.node.deps.clock.now();
      story.node.clock?.advance(DAY);
      await keep(first);
      const kept = story.node.deps.clock.now();
      await story.node.done('end-relationship', { relationship: first }, story.shop);
      await story.node.idle();
      story.node.clock?.advance(DAY);
      const second = await agree();
      const steps = [
        { when: agreed, gives: [property('own:shoe-size')] },
        { when: { kind: 'kept-promises', atLeast: 1 }, gives: [property('schema:address')] },
      ];
      const draft = { ...SIZE_THEN_ADDRESS, steps };
      interface Trial extends Rows<{ relationship: string; gives: { label: string; at: number }[] }> {
        readonly next?: string;
        readonly looked: number;
        readonly total: number;
      }
      const rows: Trial['rows'] = [];
      let after: string | undefined;
      do {
        const input = { draft, limit: 1, ...(after && { after }) };
        const page: Trial = await story.node.done<Trial>('try-rule', input, story.me);
        assert.deepEqual([page.looked, page.total], [1, 2]);
        rows.push(...page.rows);
        after = page.next;
      } while (after);
      const tried = new Map(
        rows.map((it) => [it.relationship, it.gives.map((give) => [give.label, give.at])]),
      );
      assert.deepEqual(tried.get(first)?.toSorted(), [
        ['Address', kept],
        ['Shoe size', began],
      ]);
      assert.deepEqual(
        tried.get(second)?.map(([label]) => label),
        ['Shoe size'],
      );
    });

    test('what is never given is refused before it is asked', async () => {
      const offer = await story.offered();
      const { asks } = await story.node.done<{
        asks: { property: string; isNever: boolean; items: object[] }[];
      }>('preview-accept', { offer }, story.me);
      assert.deepEqual(
        asks.map((it) => [it.property, it.isNever, it.items.length]),
        [
          ['own:shoe-size', false, 1],
          ['schema:address', false, 1],
          ['schema:birthDate', true, 0],
        ],
      );
      const items = await story.node.done<Rows<HasId & { property: string }>>('list-items', {}, story.me);
      const item = items.rows.find((it) => it.property === 'schema:birthDate')?.id;
      const disclose = [{ item, purpose: 'to wish you well' }];
      assert.equal(
        (await story.node.refused('accept-offer', { offer, disclose }, story.me)).code,
        'item-never',
      );
    });

    test('after a backup came back, rules wait until they have been looked at', async () => {
      const relationship = await agree();
      const rule = await write(SIZE_THEN_ADDRESS);
      await switchOn(rule);
      await story.node.deps.storage.transact(story.home, (tx) =>
        tables<{ relationships: { home_id: string; id: string; reconciling_at: number | null } }>(tx)
          .updateTable('relationships')
          .set({ reconciling_at: story.node.deps.clock.now() })
          .where('home_id', '=', story.home)
          .where('id', '=', relationship)
          .execute(),
      );
      const look = async () => {
        await keepRules(story.node.deps, () => false);
        await story.node.idle();
        const { rules } = await story.node.done<{ rules: { isOn: boolean; whyOff?: string }[] }>(
          'list-rules',
          {},
          story.me,
        );
        return rules.map((it) => [it.isOn, it.whyOff]);
      };
      assert.deepEqual(await look(), [[false, 'restored']]);
      // That other side stays silent. What was looked at since is on, and gives to everybody else.
      story.node.clock?.advance(1000);
      await switchOn(rule);
      assert.deepEqual(await look(), [[true, undefined]]);
      const other = await agree();
      assert.deepEqual(await held(other), ['EU 42']);
      // What was not looked at since is off as it was, beside it.
      const forgotten = await write(SIZE_THEN_ADDRESS);
      await story.node.deps.storage.transact(story.home, (tx) =>
        tables<{ tier_rules: { home_id: string; id: string; is_on: boolean; changed_at: number } }>(tx)
          .updateTable('tier_rules')
          .set({ is_on: true, changed_at: 1 })
          .where('home_id', '=', story.home)
          .where('id', '=', forgotten)
          .execute(),
      );
      assert.deepEqual(await look(), [
        [true, undefined],
        [false, 'restored'],
      ]);
    });
  });
}
