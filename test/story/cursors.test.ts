import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemaView } from '../../src/doors/schema-view.ts';
import { toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { startTestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { leastInput } from './every-input.ts';

const lists = OPERATIONS.filter(({ input }) => 'after' in (schemaView(input, 'input').properties ?? {}));

/** What programs send that did not read the manual, and what another list has made. */
function hostile(list: string): string[] {
  const made = (...parts: unknown[]): string => toBase64url(toUtf8(JSON.stringify(parts)));
  const others = lists.filter(({ name }) => name !== list).map(({ name }) => made(name, 1, 'a'));
  return [
    ...[
      '',
      '0',
      '1',
      '-1',
      '1.5',
      '1e3',
      '1.a',
      ' ',
      'x',
      'null',
      '../..',
      '%00',
      '\0',
      '\ud800',
      "' or 1=1 --",
    ],
    ...[made(), made(list), made(list, {}), made(list, null), made(list, [1], 'a'), made(list, 2 ** 60, 'a')],
    ...[`${made(list, 1, 'a')}=`, made(list, ...Array(50).fill(1)), 'A'.repeat(100_000), ...others],
  ];
}

for (const engine of engines()) {
  test(`${engine}: no list takes a cursor that it did not make`, async () => {
    const node = await startTestNode({ engine, seed: 'cursors', rehearse: false });
    try {
      await node.party('maya');
      assert(lists.length >= 13, `only ${lists.length} lists go on`);
      for (const operation of lists) {
        for (const after of hostile(operation.name)) {
          const refused = await node.refused(
            operation.name,
            { ...leastInput(operation), after },
            { as: 'maya' },
          );
          assert.equal(refused.code, 'cursor-unknown', `${operation.name}: ${after.slice(0, 80)}`);
        }
      }
    } finally {
      await node.close();
    }
  });
}
