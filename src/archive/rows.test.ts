import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Engine, engines, openTestDeps } from '../../test/harness/test-deps.ts';
import { type JsonObject, parseStrictJson } from '../kernel/json.ts';
import { must } from '../kernel/result.ts';
import { type SeededRandom, seededRandom } from '../kernel/seeded-random.ts';
import { compareKeys, decodeRow, encodeRow } from './lines.ts';
import type { Kind, Row, Value } from './model.ts';
import { readTable } from './schema.ts';
import { SECTIONS } from './sections.ts';
import { insertRows, pageRows, removePage } from './store.ts';

const HOME = '0'.repeat(26);
// In UTF-16 the emoji sorts before the full-width letter, in UTF-8 after it; LATIN A has a case, é two octets.
const TEXTS = ['', 'a', 'A', 'é', 'ｈ', '😀', '\uFFFD', 'a"\\\n\u0001\u007F\u2028', ' ', 'zz', 'Z'];
const VALUES: Readonly<Record<Kind, (random: SeededRandom) => Value>> = {
  text: (random) => `${random.pick(TEXTS)}${random.pick(TEXTS)}${random.below(50)}`,
  whole: (random) =>
    random.pick([0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, random.below(1000)]),
  amount: (random) => random.pick([0n, -(2n ** 63n), 2n ** 63n - 1n, BigInt(random.below(1000))]),
  flag: (random) => random.chance(500),
  bytes: (random) => random.bytes(random.below(40)),
};

for (const engine of engines()) {
  test(`rows of every table come back from ${engine} as they went in, in one order`, async () => {
    const deps = await openTestDeps(engine, 'rows');
    const random = seededRandom('every table');
    try {
      for (const section of SECTIONS) {
        const { columns, nullable } = await deps.storage.read((view) => readTable(view, engine, section));
        const key = section.key.length === 0 ? [] : section.key;
        const rows = new Map<string, Row>();
        for (let i = 0; i < (key.length === 0 ? 1 : 60); i++) {
          const row = Object.fromEntries(
            Object.entries(columns).map(([column, kind]) => {
              const isEmpty = nullable.includes(column) && random.chance(300);
              return [column, isEmpty ? null : VALUES[kind](random)];
            }),
          );
          rows.set(key.map((column) => String(row[column])).join('\u0000'), uniquely(row, key, i));
        }
        const wanted = [...rows.values()].sort((a, b) => compareKeys(a, b, key));
        await deps.storage.transact(HOME, (tx) => insertRows(tx, section.table, [...wanted].reverse()));
        const found: Row[] = [];
        for (;;) {
          const page = await deps.storage.read((view) =>
            pageRows(view, HOME, section, columns, found.at(-1), 7),
          );
          found.push(...page);
          if (page.length < 7) break;
        }
        const text = (list: readonly Row[]): string[] => list.map((row) => encodeRow(row, columns));
        assert.deepEqual(text(found), text(wanted), section.table);
        for (const line of text(found)) {
          const decoded = decodeRow(must(parseStrictJson(line)) as JsonObject, columns); // a row's line is an object
          assert('row' in decoded);
          assert.equal(encodeRow(decoded.row, columns), line);
        }
        await removeAll(deps, section.table);
      }
    } finally {
      await deps.close();
    }
  });
}

/** What is not in the key differs from row to row, for some of it is unique beside the key. */
function uniquely(row: Row, key: readonly string[], i: number): Row {
  const out: Record<string, Value> = { ...row };
  for (const [column, value] of Object.entries(row)) {
    if (key.includes(column)) continue;
    if (typeof value === 'string') out[column] = `${value} ${i}`;
    if (typeof value === 'number' && ['position', 'place'].includes(column)) out[column] = i;
  }
  return out;
}

async function removeAll(deps: Awaited<ReturnType<typeof openTestDeps>>, table: string): Promise<void> {
  const section = SECTIONS.find((it) => it.table === table);
  assert(section);
  for (let isMore = true; isMore; ) {
    const page = await deps.storage.transact(HOME, (tx) => removePage(tx, section, 20));
    assert.ok(page.removed > 0 || !page.isMore);
    isMore = page.isMore;
  }
  const engine: Engine = deps.storage.engine;
  const { columns } = await deps.storage.read((view) => readTable(view, engine, section));
  assert.deepEqual(
    await deps.storage.read((view) => pageRows(view, HOME, section, columns, undefined, 5)),
    [],
  );
}

test('a value that does not fit its kind is named', () => {
  const columns = { a_amount: 'amount', b: 'bytes', is_c: 'flag', n: 'whole', t: 'text' } as const;
  const fit = { a_amount: '-5', b: 'AQID', is_c: true, n: 3, t: 'x' };
  assert.ok('row' in decodeRow(fit, columns));
  const cases: [object, string][] = [
    [{ ...fit, a_amount: '05' }, 'a_amount'],
    [{ ...fit, a_amount: '9223372036854775808' }, 'a_amount'],
    [{ ...fit, a_amount: '-0' }, 'a_amount'],
    [{ ...fit, a_amount: 5 }, 'a_amount'],
    [{ ...fit, b: 'AQID=' }, 'b'],
    [{ ...fit, b: 'AR' }, 'b'],
    [{ ...fit, is_c: 1 }, 'is_c'],
    [{ ...fit, n: '3' }, 'n'],
    [{ ...fit, t: 3 }, 't'],
    [{ ...fit, u: 'more' }, 'columns'],
    [{ b: 'AQID', a_amount: '1', is_c: true, n: 3, t: 'x' }, 'columns'],
  ];
  for (const [object, misfit] of cases) {
    assert.deepEqual(decodeRow(object as JsonObject, columns), { misfit }, JSON.stringify(object)); // plain JSON
  }
});
