import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { ok } from '../../src/kernel/result.ts';
import { tables } from '../../src/storage/index.ts';
import type { TierTables } from '../../src/tiers/tables.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY } from './goods.ts';
import { agreed, type Preview, property, SIZE_THEN_ADDRESS, trustStory } from './trust.ts';

interface Rows<T> {
  readonly rows: T[];
}
interface HasId {
  readonly id: string;
}

for (const engine of engines()) {
  describe(`what is given as trust grows, on ${engine}`, () => {
    const story = trustStory(engine, 'tiers');
    const { agree, keep, write, preview, switchOn, held, done } = story;

    test('a rule gives what was seen, step by step, and never what is never given', async () => {
      const first = await agree();
      const rule = await write(SIZE_THEN_ADDRESS);
      const seen = await preview(rule);
      assert.deepEqual(seen.counts, { relationships: 1, receivers: 1, fields: 1, asking: 0 });
      assert.deepEqual(
        seen.rows.map((it) => [it.relationship, it.gives.map((give) => give.label)]),
        [[first, ['Shoe size']]],
      );
      assert.deepEqual(seen.notGiven, [{ reason: 'never', fields: 1 }]);
      assert.deepEqual(await held(first), [], 'looking gives nothing');
      await switchOn(rule);
      assert.deepEqual(await held(first), ['EU 42']);
      const second = await agree();
      assert.deepEqual(await held(second), ['EU 42'], 'and to whoever comes later');
      const next = await story.node.done<Rows<{ next?: { have: number; gives: { label: string }[] } }>>(
        'show-next',
        { relationship: second },
        story.me,
      );
      assert.deepEqual(
        next.rows.map((it) => [it.next?.have, it.next?.gives.map((give) => give.label)]),
        [[0, ['Address']]],
      );
      story.node.clock?.advance(1000);
      await keep(first);
      assert.deepEqual(await held(second), ['EU 42']);
      await keep(second);
      const address = 'Kerkstraat 1\n9000 Ghent';
      for (const relationship of [first, second])
        assert.deepEqual(await held(relationship), ['EU 42', address]);
      type Mine = { id: string; isMine: boolean; label: string };
      const { rows: shared } = await story.node.done<Rows<Mine>>(
        'list-grants',
        { relationship: first },
        story.me,
      );
      const given = shared.find((it) => it.label === 'Address')?.id;
      assert.deepEqual(
        (await done({ grants: [given] })).map((it) => [it.label, it.why.step]),
        [['Address', 2]],
        'by which step this one was given',
      );
      assert.deepEqual(
        (await done({ relationship: first })).map((it) => [it.label, it.state, it.why.step, it.why.fact]),
        [
          ['Address', 'given', 2, 'kept-promises'],
          ['Shoe size', 'given', 1, 'agreed'],
        ],
      );
    });

    test('it is switched on only with what was seen', async () => {
      const rule = await write(SIZE_THEN_ADDRESS);
      const { seen } = await preview(rule);
      const on = async (given: string | undefined): Promise<string> =>
        (await story.node.refused('switch-rule', { rule, on: true, ...(given && { seen: given }) }, story.me))
          .code;
      assert.equal(await on(undefined), 'rule-changed');
      await story.node.done('put-rule', { ...SIZE_THEN_ADDRESS, id: rule, purpose: 'to sell on' }, story.me);
      assert.equal(await on(seen), 'rule-changed');
      const now = (await preview(rule)).seen;
      const relationship = await agree();
      assert.equal(await on(now), 'rule-changed', 'somebody more would get something');
      await switchOn(rule);
      const anew = { ...SIZE_THEN_ADDRESS, id: rule };
      const changed = await story.node.done<{ isOn: boolean; whyOff?: string }>('put-rule', anew, story.me);
      assert.deepEqual([changed.isOn, changed.whyOff], [false, 'changed']);
      await switchOn(rule);
      const less = await story.node.done<{ switchedOff: number }>(
        'set-never',
        { drop: [property('schema:birthDate')] },
        story.me,
      );
      assert.equal(less.switchedOff, 1, 'what would be given now, nobody has seen');
      assert.deepEqual(await held(relationship), ['EU 42']);
    });

    test('what is put on the list of what is never given takes nothing off it', async () => {
      interface Listed {
        readonly never: { value: string }[];
        readonly switchedOff: number;
      }
      const set = (input: object): Promise<Listed> => story.node.done<Listed>('set-never', input, story.me);
      await switchOn(await write(SIZE_THEN_ADDRESS));
      // Two presses, neither of which knows of the other.
      await Promise.all([
        set({ add: [property('schema:telephone')] }),
        set({ add: [property('schema:email')] }),
      ]);
      const { never, switchedOff } = await set({ drop: [property('schema:url')] });
      const all = ['schema:birthDate', 'schema:email', 'schema:telephone'];
      assert.deepEqual([never.map((it) => it.value).toSorted(), switchedOff], [all, 0]);
      const many = Array.from({ length: 200 }, (_, index) => property(`own:thing-${index}`));
      assert.equal((await story.node.refused('set-never', { add: many }, story.me)).code, 'never-full');
      const less = await set({ drop: [property('schema:email')] });
      assert.deepEqual([less.never.length, less.switchedOff], [2, 1]);
    });

    test('a draft is looked at without being kept', async () => {
      await agree();
      const draft = await story.node.done<Preview>('preview-rule', { draft: SIZE_THEN_ADDRESS }, story.me);
      assert.equal(draft.counts.fields, 1);
      const { rules } = await story.node.done<{ rules: HasId[] }>('list-rules', {}, story.me);
      assert.deepEqual(rules, []);
      assert.equal((await story.node.refused('preview-rule', {}, story.me)).code, 'rule-missing');
    });

    test('what was stopped by hand, and what was removed, is not given again', async () => {
      const relationship = await agree();
      const rule = await write(SIZE_THEN_ADDRESS);
      await switchOn(rule);
      const { rows } = await story.node.done<Rows<HasId>>('list-grants', { relationship }, story.me);
      await story.node.done('stop-sharing', { grant: rows[0]?.id }, story.me);
      await story.node.idle();
      await story.node.done('remove-rule', { rule }, story.me);
      const other = await agree();
      assert.deepEqual(await held(other), [], 'a removed rule gives nothing');
      await story.node.done('restore-rule', { rule }, story.me);
      await story.node.idle();
      assert.deepEqual(await held(other), ['EU 42'], 'brought back, it is on as it was');
      story.node.clock?.advance(2 * 3600 * 1000);
      await story.node.idle();
      assert.deepEqual(await held(relationship), []);
    });

    test('a removed rule comes back off after a while, and not at all after a month', async () => {
      const rule = await write(SIZE_THEN_ADDRESS);
      await switchOn(rule);
      await story.node.done('remove-rule', { rule }, story.me);
      const other = await agree();
      story.node.clock?.advance(3600 * 1000);
      const back = await story.node.done<{ isOn: boolean }>('restore-rule', { rule }, story.me);
      assert.equal(back.isOn, false, 'what it would give now, nobody has seen');
      story.node.clock?.advance(2 * 3600 * 1000);
      await story.node.idle();
      assert.deepEqual(await held(other), []);
      await story.node.done('remove-rule', { rule }, story.me);
      story.node.clock?.advance(31 * DAY);
      assert.equal((await story.node.refused('restore-rule', { rule }, story.me)).code, 'rule-unknown');
    });

    test('more than goes out in one round follows in the next one', async () => {
      const relationship = await agree();
      for (let i = 0; i < 60; i++) {
        const item = { property: 'schema:telephone', value: `+32 470 12 34 ${i + 10}` };
        await story.node.done('put-item', item, story.me);
      }
      const asking = { when: { kind: 'i-say-so' }, gives: [property('own:shoe-size')] };
      const steps = [{ when: agreed, gives: [property('schema:telephone')], alsoUnasked: true }, asking];
      await switchOn(await write({ ...SIZE_THEN_ADDRESS, steps }));
      // At once; where the first are still on their way out, within a minute.
      story.node.clock?.advance(60_000);
      await story.node.idle();
      const given = await done({ relationship, state: 'given', limit: 100 });
      assert.equal(new Set(given.map((it) => it.id)).size, 60);
      assert.equal((await done({ state: 'waiting' })).length, 1);
    });

    test('whoever says so is asked each time, and a no stays a no', async () => {
      const relationship = await agree();
      const steps = [
        { when: { kind: 'i-say-so' }, gives: [property('own:shoe-size'), property('schema:address')] },
      ];
      await switchOn(await write({ ...SIZE_THEN_ADDRESS, steps }));
      const waiting = await done({ state: 'waiting' });
      assert.deepEqual(waiting.map((it) => it.label).toSorted(), ['Address', 'Shoe size']);
      assert.deepEqual(await held(relationship), []);
      const idOf = (label: string): string => waiting.find((it) => it.label === label)?.id ?? '';
      await story.node.done('answer-release', { release: idOf('Address'), answer: 'decline' }, story.me);
      await story.node.done('answer-release', { release: idOf('Shoe size'), answer: 'give' }, story.me);
      await story.node.idle();
      story.node.clock?.advance(2 * 3600 * 1000);
      await story.node.idle();
      assert.deepEqual(await held(relationship), ['EU 42']);
      assert.deepEqual(await done({ state: 'waiting' }), []);
      const gone = { release: idOf('Address'), answer: 'give' };
      assert.equal((await story.node.refused('answer-release', gone, story.me)).code, 'release-unknown');
    });

    test('what waits goes by its name, which stands in My data alone until it is given', async () => {
      await agree();
      const { rows } = await story.node.done<Rows<HasId & { property: string }>>('list-items', {}, story.me);
      const size = rows.find((it) => it.property === 'own:shoe-size')?.id;
      const rename = (label: string) =>
        story.node.done('put-item', { id: size, property: 'own:shoe-size', label, value: 'EU 42' }, story.me);
      await rename('My sore left foot');
      const steps = [{ when: { kind: 'i-say-so' }, gives: [property('own:shoe-size')] }];
      await switchOn(await write({ ...SIZE_THEN_ADDRESS, steps }));
      const kept = (): Promise<{ label: string }[]> =>
        story.node.deps.storage.read((view) =>
          tables<TierTables>(view)
            .selectFrom('tier_releases')
            .select('label')
            .where('home_id', '=', story.home)
            .execute(),
        );
      assert.deepEqual(await kept(), [{ label: '' }]);
      const [waiting] = await done({ state: 'waiting' });
      assert.equal(waiting?.label, 'My sore left foot');
      await story.node.done('answer-release', { release: waiting?.id, answer: 'decline' }, story.me);
      await rename('Left foot');
      assert.deepEqual(await kept(), [{ label: '' }]);
      assert.deepEqual(
        (await done()).map((it) => it.label),
        ['Left foot'],
      );
      await story.node.done('remove-item', { id: size }, story.me);
      assert.deepEqual(
        (await done()).map((it) => it.label),
        ['Shoe size'],
      );
    });

    test('a new version takes the place of the one they had', async () => {
      const relationship = await agree();
      const steps = [{ when: agreed, gives: [property('own:shoe-size')], howOften: 'each-version' }];
      await switchOn(await write({ ...SIZE_THEN_ADDRESS, steps }));
      const { rows } = await story.node.done<Rows<HasId & { property: string }>>('list-items', {}, story.me);
      const size = rows.find((it) => it.property === 'own:shoe-size');
      await story.node.done(
        'put-item',
        { id: size?.id, property: 'own:shoe-size', value: 'EU 43' },
        story.me,
      );
      assert.deepEqual(await held(relationship), ['EU 42']);
      story.node.clock?.advance(2 * 3600 * 1000);
      await story.node.idle();
      assert.deepEqual(await held(relationship), ['EU 43']);
      assert.deepEqual(
        (await done()).map((it) => it.isReplaced),
        [false, true],
      );
      // As if the shop had named no key: nothing would go out, so nothing is taken back for it.
      const { storage } = story.node.deps;
      await storage.transact(story.home, async (tx) =>
        ok(await sql`update sealing_keys set home_id = 'away' where home_id = ${story.home}`.execute(tx.db)),
      );
      await story.node.done(
        'put-item',
        { id: size?.id, property: 'own:shoe-size', value: 'EU 44' },
        story.me,
      );
      story.node.clock?.advance(2 * 3600 * 1000);
      await story.node.idle();
      assert.deepEqual(await held(relationship), ['EU 43']);
      assert.equal((await done()).length, 2);
      await storage.transact(story.home, async (tx) =>
        ok(await sql`update sealing_keys set home_id = ${story.home} where home_id = 'away'`.execute(tx.db)),
      );
      story.node.clock?.advance(2 * 3600 * 1000);
      await story.node.idle();
      assert.deepEqual(await held(relationship), ['EU 44']);
    });
  });
}
