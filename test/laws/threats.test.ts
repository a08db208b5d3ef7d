import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertKept } from './ours.ts';
import { ROOT, repositoryText } from './repository.ts';

interface Claim {
  readonly number: string;
  readonly file: string;
  readonly title: string;
}

/** The rows of the table of threats: their numbers, and the test that each names last. */
function claimsIn(page: string): Claim[] {
  return page
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const [file = '', title = ''] = (cells.at(-2) ?? '').split(/: (.*)/s);
      return { number: cells[1] ?? '', file, title };
    });
}

function breaches(claims: readonly Claim[]): string[] {
  return claims.flatMap(({ number, file, title }) => {
    if (!existsSync(join(ROOT, file))) return [`threat ${number}: there is no ${file}`];
    const titles = readFileSync(join(ROOT, file), 'utf8').matchAll(/\btest\(\s*[`'"](.*)/g);
    const isThere = [...titles].some(([, rest]) => rest?.replace(/^\$\{engine\}: /, '').startsWith(title));
    return title !== '' && isThere ? [] : [`threat ${number}: no test of ${file} begins with “${title}”`];
  });
}

test('every threat of the page has a test, and that test is there', () => {
  const claims = claimsIn(repositoryText('docs/explanation/threats.md'));
  assert.ok(claims.length >= 10);
  assert.deepEqual(
    claims.map((claim) => Number(claim.number)),
    claims.map((_, i) => i + 1),
  );
  assertKept(breaches(claims));
});

test('finds a threat whose test is gone or has another name', () => {
  const row = (named: string) => `| 1 | who | what | left | ${named} |`;
  const found = (named: string) => breaches(claimsIn(row(named))).length;
  assert.equal(found('test/laws/threats.test.ts: every threat of the page has a test'), 0);
  assert.equal(found('test/laws/threats.test.ts: every threat has two'), 1);
  assert.equal(found('test/laws/gone.test.ts: every threat of the page has a test'), 1);
  assert.equal(found('test/laws/threats.test.ts'), 1);
});
