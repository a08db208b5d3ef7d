import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { actAs, engines } from '../../test/harness/test-deps.ts';
import { must } from '../kernel/result.ts';
import { putItem } from '../vault/put-item.ts';
import { type Loop, openLoop } from './loop/testing.ts';
import type { Draft } from './reader/model.ts';

for (const engine of engines()) {
  describe(`drafting a want on ${engine}`, () => {
    let loop: Loop;
    before(async () => {
      loop = await openLoop(engine, 'drafting');
    });
    after(() => loop.close());

    const draft = (home: string, sentence: string, more: object = {}): Promise<Draft> =>
      loop.done<Draft>(home, 'draft-intent', { sentence, ...more });
    const put = async (home: string, item: Parameters<typeof putItem>[2]) =>
      must(await putItem(loop.deps, actAs(home), item));

    test('a sentence becomes fields, and nothing of it is kept or sent', async () => {
      const anna = await loop.person('Anna');
      const { sentence, fields } = await draft(anna, '  a used trumpet near Ghent, under 300 euro  ');
      assert.equal(sentence, 'a used trumpet near Ghent, under 300 euro');
      assert.equal(fields.category, 'ae-2-8-3-5-3');
      assert.equal(fields.words, sentence);
      assert.deepEqual((await loop.done<{ rows: object[] }>(anna, 'list-intents', {})).rows, []);
      assert.deepEqual(await loop.sent(anna), []);
    });

    test('the address in my data tells the currency, the order of dates, the nearest of a name, and today', async () => {
      const ben = await loop.person('Ben');
      assert.deepEqual(
        (await draft(ben, 'a lamp, max 40')).questions.map((it) => it.field),
        ['price'],
      );
      await put(ben, {
        property: 'schema:address',
        parts: { addressLocality: 'Portland', addressRegion: 'Maine', addressCountry: 'United States' },
      });
      const { fields } = await draft(ben, 'a lamp, max 40, by 3/4');
      assert.deepEqual(fields.budget?.max, { unit: 'USD', value: '4000' });
      assert.equal(fields.window?.until, '2027-03-04');
      const abroad = await draft(ben, 'a lamp, max 40', { home: 'KE' });
      assert.deepEqual(abroad.fields.budget?.max, { unit: 'KES', value: '4000' }, 'what is said now counts');
    });

    test('a want without a place asks whether it is meant near my address; one with a place does not', async () => {
      const eva = await loop.person('Eva');
      assert.deepEqual((await draft(eva, 'a jigsaw puzzle, 15 euro')).questions, []);
      await put(eva, {
        property: 'schema:address',
        parts: { addressLocality: 'Ghent', addressCountry: 'Belgium' },
      });
      const [question] = (await draft(eva, 'a jigsaw puzzle, 15 euro')).questions;
      assert.equal(question?.field, 'place');
      assert.equal(question?.choices[0]?.fields.place?.label, 'Ghent, Belgium');
      assert.deepEqual(question?.choices[1]?.fields, {});
      assert.deepEqual((await draft(eva, 'a jigsaw puzzle in Bruges, 15 euro')).questions, []);
    });

    test('tomorrow depends on the time zone that is given, or that stands in my data', async () => {
      const cleo = await loop.person('Cleo');
      const tomorrow = async (more: object = {}) =>
        (await draft(cleo, 'a lamp, 40 euro, tomorrow', more)).fields.window?.until;
      // 2027-01-15, 08:00 UTC
      assert.equal(await tomorrow(), '2027-01-16');
      assert.equal(await tomorrow({ zone: 'Pacific/Kiritimati' }), '2027-01-16');
      assert.equal(await tomorrow({ zone: 'Pacific/Honolulu' }), '2027-01-15');
      await put(cleo, { property: 'vcard:tz', value: 'Pacific/Honolulu' });
      assert.equal(await tomorrow(), '2027-01-15');
    });

    test('refuses what is empty, too long, or of no known zone or country', async () => {
      const dora = await loop.person('Dora');
      for (const input of [
        { sentence: '   ' },
        { sentence: 'x'.repeat(501) },
        { sentence: 'a\nlamp' },
        { sentence: 'a lamp', zone: 'Mars/Olympus' },
        { sentence: 'a lamp', home: 'belgium' },
      ])
        assert.equal((await loop.refused(dora, 'draft-intent', input)).code, 'input-invalid');
    });
  });
}
