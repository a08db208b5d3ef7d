import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from '../../test/harness/test-deps.ts';
import type { CastAnswer } from './cast-intent.ts';
import { type Loop, openLoop } from './loop/testing.ts';
import type { CastPreview } from './preview-cast.ts';
import { wantFields } from './testing.ts';

const SENSITIVE = 'hb-1-1';
const ABOVE = 'hb-1|g0:403:524|EUR|50000|any|SD-BASE|person';
const GATHERING = 'ae|k:EU|EUR|any|any|SD-BASE|person';

for (const engine of engines()) {
  describe(`crowds on ${engine}`, () => {
    let loop: Loop;
    let open: Loop;
    before(async () => {
      loop = await openLoop(engine, 'crowds');
      open = await openLoop(engine, 'gathering', 1);
    });
    after(async () => {
      await loop.close();
      await open.close();
    });

    test('what it could harm to be known to want hides among twice as many, also in a wider category', async () => {
      const home = await loop.person('Anna');
      const fields = wantFields({ category: SENSITIVE, words: 'private' });
      const preview = async (): Promise<CastPreview> => {
        await loop.done(home, 'preview-cast', { fields });
        await loop.idle();
        return loop.done<CastPreview>(home, 'preview-cast', { fields });
      };
      await loop.crowd(ABOVE, 5);
      await loop.publish();
      const few = await preview();
      assert.equal(few.smallest, 6);
      assert.deepEqual(
        few.choices.map((it) => [it.atLeast, it.isBelow]),
        [[null, true]],
      );
      const held = await loop.done<CastAnswer>(home, 'cast-intent', { fields, choice: ABOVE });
      assert.deepEqual([held.happened, held.state], ['held', 'held']);
      await loop.crowd(ABOVE, 1);
      loop.deps.clock.advance(7 * 86_400_000);
      await loop.crowd(ABOVE, 6);
      await loop.publish();
      const enough = await preview();
      assert.deepEqual(enough.choices.map((it) => [it.cell.id, it.atLeast]).at(-1), [ABOVE, 6]);
      assert.equal(enough.recommended, 1);
    });

    test('where the smallest number is 1 a crowd may begin, by an explicit choice that says so', async () => {
      const home = await open.person('Ben');
      const fields = wantFields();
      await open.done(home, 'preview-cast', { fields });
      await open.idle();
      const preview = await open.done<CastPreview>(home, 'preview-cast', { fields });
      const [finest, wide] = preview.choices;
      assert.deepEqual([preview.choices.length, preview.recommended, finest?.isBelow], [2, 0, true]);
      assert.deepEqual([wide?.cell.id, wide?.isBelow, wide?.atLeast], [GATHERING, true, null]);
      assert.deepEqual([finest?.isOpen, wide?.isOpen], [false, true]);
      assert.match(wide?.lost ?? '', /You may be the only one who is seen like this\.$/);
      const held = await open.done<CastAnswer>(home, 'cast-intent', { fields, ifBelow: 'widen' });
      assert.equal(held.happened, 'held', 'nobody is put there without asking for it');
      const words = 'alone';
      const cast = await open.done<CastAnswer>(home, 'cast-intent', {
        fields: { ...fields, words },
        choice: GATHERING,
      });
      assert.deepEqual(
        [cast.happened, cast.state, cast.cell?.id, cast.atLeast],
        ['cast', 'open', GATHERING, undefined],
      );
    });
  });
}
