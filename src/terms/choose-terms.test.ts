import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { actAs, engines, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { callOperation } from '../kernel/call-operation.ts';
import { isFailure, must, type Result } from '../kernel/result.ts';
import { operations } from './operations.ts';
import type { MyTerms } from './show-terms.ts';

for (const engine of engines()) {
  describe(`my terms on ${engine}`, () => {
    let deps: TestDeps;
    before(async () => {
      deps = await openTestDeps(engine, 'terms');
    });
    after(() => deps.close());

    const call = async <T>(name: string, home: string, input?: unknown): Promise<Result<T>> => {
      const operation = operations.find((o) => o.name === name);
      assert.ok(operation);
      const result = await callOperation(operation, deps, actAs(home), input);
      if (!isFailure(result)) assert.deepEqual(operation.output.parse(result.value), result.value);
      return result as Result<T>; // its own output schema has just parsed it
    };
    const shown = async (home: string): Promise<MyTerms> => must(await call<MyTerms>('show-terms', home));

    test('one plain default is proffered until something is chosen, and again when nothing is', async () => {
      const plain = { proffered: ['SD-BASE'], isDefault: true, withCasts: 'PDC-INTENT' };
      assert.deepEqual(await shown('anna'), plain);
      const chosen = must(await call('choose-terms', 'anna', { ids: ['SD-BY-DP', 'SD-BASE-A'] }));
      const mine = { proffered: ['SD-BASE-DP', 'SD-BASE-A'], isDefault: false, withCasts: 'PDC-INTENT' };
      assert.deepEqual(chosen, mine);
      assert.deepEqual(await shown('anna'), mine);
      assert.deepEqual(await shown('ben'), plain, 'another party is not touched');
      must(await call('choose-terms', 'anna', { ids: ['SD-BASE-A', 'SD-BASE-DP'] }));
      assert.deepEqual((await shown('anna')).proffered, ['SD-BASE-A', 'SD-BASE-DP']);
      must(await call('choose-terms', 'anna', { ids: [] }));
      assert.deepEqual(await shown('anna'), plain);
    });

    test('what is not in the roster, stands twice or is for another purpose is refused', async () => {
      must(await call('choose-terms', 'carl', { ids: ['SD-BASE-AT'] }));
      const refusals = [
        [['OUR-TERMS'], 'input-invalid', 'ids.0'],
        [['SD-BASE', 'SD-BY'], 'input-invalid', 'ids'],
        [['SD-BASE', 'PDC-AI'], 'terms-unfit', 'ids'],
      ] as const;
      for (const [ids, code, field] of refusals) {
        const result = await call('choose-terms', 'carl', { ids });
        assert.ok(isFailure(result));
        assert.equal(result.code, code);
        assert.ok(result.fields?.[field], `${field} is named`);
      }
      assert.deepEqual((await shown('carl')).proffered, ['SD-BASE-AT']);
    });

    test('the roster is there for anybody, marked as our own wording', async () => {
      const roster = must(await call<{ rows: unknown[]; notice: string }>('list-roster', 'dora'));
      assert.equal(roster.rows.length, 15);
      assert.match(roster.notice, /our own wording and not normative/);
    });
  });
}
