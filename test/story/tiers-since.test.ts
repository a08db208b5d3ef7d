import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { engines } from '../harness/test-deps.ts';
import { DAY } from './goods.ts';
import { property, SIZE_THEN_ADDRESS, trustStory } from './trust.ts';

interface Known {
  readonly state: string;
  readonly since: number;
}

for (const engine of engines()) {
  describe(`since when two know each other, on ${engine}`, () => {
    const story = trustStory(engine, 'tiers-since');
    const { write, switchOn, held } = story;
    const known = (relationship: string, by: { as: string }): Promise<Known> =>
      story.node.done<Known>('get-relationship', { relationship }, by);

    test('days count from when both had signed, not from when one asked', async () => {
      const { code } = await story.node.done<{ code: string }>('invite-person', {}, story.shop);
      const { relationship } = await story.node.done<{ relationship: string }>(
        'accept-invitation',
        { code },
        story.me,
      );
      await story.node.idle();
      story.node.clock?.advance(9 * DAY);
      const signed = story.node.deps.clock.now();
      await story.node.done('answer-acceptance', { relationship, answer: 'sign' }, story.shop);
      await story.node.idle();
      for (const by of [story.me, story.shop]) {
        const { state, since } = await known(relationship, by);
        assert.deepEqual([state, since], ['active', signed]);
      }
      const steps = [
        {
          when: { kind: 'days-known', atLeast: 7 },
          gives: [property('own:shoe-size')],
          alsoUnasked: true,
        },
      ];
      await switchOn(await write({ ...SIZE_THEN_ADDRESS, whom: { kind: 'everybody' }, steps }));
      assert.deepEqual(await held(relationship), [], 'nine days since it was asked');
      story.node.clock?.advance(7 * DAY);
      await story.node.idle();
      assert.deepEqual(await held(relationship), ['EU 42']);
    });

    test('a deal stands since the seller has signed', async () => {
      const offer = await story.offered();
      const asked = story.node.deps.clock.now();
      const { relationship } = await story.node.done<{ relationship: string }>(
        'accept-offer',
        { offer },
        story.me,
      );
      // Before anything has reached the shop.
      story.node.clock?.advance(1000);
      await story.node.idle();
      const { state, since } = await known(relationship, story.me);
      assert.deepEqual([state, since], ['active', asked + 1000]);
    });
  });
}
