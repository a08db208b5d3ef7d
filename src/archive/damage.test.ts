import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { seededRandom } from '../kernel/seeded-random.ts';
import type { Report } from './model.ts';
import { readLines } from './read-lines.ts';
import {
  ARCHIVE_PASSPHRASE,
  changed,
  type OctetsChange,
  readLinesOf,
  reportOn,
  scratchFolder,
  sealText,
} from './testing.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'archives');
const WHOLE = join(FIXTURES, 'whole.parley');
const folder = scratchFolder();

interface Case {
  readonly name: string;
  readonly file: string;
  readonly passphrase: string;
  readonly edit?: OctetsChange;
  readonly ok: boolean;
  readonly problems?: readonly { place: string; code: string }[];
  readonly party?: Report['party'];
  readonly counts?: Report['counts'];
  readonly hashes?: Report['hashes'];
  readonly checked?: Report['checked'];
  readonly notices?: readonly { place: string; code: string }[];
}

const brief = (list: Report['problems']): { place: string; code: string }[] =>
  list.map(({ place, code }) => ({ place, code }));

/** A damaged copy of the whole archive's octets, or of its lines. */
function withOctets(name: string, octets: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, octets);
  return path;
}

async function withLines(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await sealText(path, `${lines.join('\n')}\n`);
  return path;
}

test('every fixture gets the verdict that is written beside it', async () => {
  const cases: Case[] = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8'));
  assert.ok(cases.length > 20);
  for (const { name, file, passphrase, edit, ok, problems = [], ...whole } of cases) {
    const path = withOctets(name, changed(readFileSync(join(FIXTURES, file)), edit));
    const report = await reportOn(path, passphrase);
    assert.equal(report.ok, ok, name);
    assert.deepEqual(brief(report.problems), problems, name);
    if (!ok) continue;
    const { party, counts, hashes, checked } = report;
    const notices = brief(report.notices);
    const expected = {
      party: whole.party,
      counts: whole.counts,
      hashes: whole.hashes,
      checked: whole.checked,
    };
    assert.deepEqual({ party, counts, hashes, checked, notices }, { ...expected, notices: whole.notices });
  }
});

test('200 flipped bits of an archive are refused, each with a place that holds it', async () => {
  const random = seededRandom('two hundred flips');
  const octets = readFileSync(WHOLE);
  for (let round = 0; round < 200; round++) {
    const at = random.below(octets.length);
    const octet = (octets[at] ?? 0) ^ (1 << random.below(8));
    const report = await reportOn(withOctets('flipped', changed(octets, { at, octet })));
    assert.equal(report.ok, false);
    const [problem] = report.problems.slice(-1);
    const [, first, last] = /^block \d+ \(bytes (\d+)-(\d+)\)$/.exec(problem?.place ?? '') ?? [];
    if (problem?.place === 'header') assert.ok(at < 149, `${at}`);
    else assert.ok(Number(first) <= at && at <= Number(last), `${at}: ${problem?.place}`);
  }
});

test('a line that is gone, twice, elsewhere or another one is never overlooked, and its place is named', async () => {
  const random = seededRandom('lines');
  const lines = await readLinesOf(WHOLE);
  for (let round = 0; round < 120; round++) {
    const [at, to] = [random.below(lines.length - 1), random.below(lines.length - 1)];
    const copy = [...lines];
    const kind = random.pick(['gone', 'twice', 'elsewhere', 'other'] as const);
    const line = lines[at] ?? '';
    if (kind === 'twice') copy.splice(at, 0, line);
    else if (kind === 'other')
      copy[at] = line.replace(/[a-z0-9](?=[^a-z0-9]*$)/i, (c) => (c === 'a' ? 'b' : 'a'));
    else copy.splice(at, 1);
    if (kind === 'elsewhere') copy.splice(to, 0, line);
    if (copy.join('\n') === lines.join('\n')) continue;
    const report = await reportOn(await withLines(`lines-${round}`, copy));
    const said = `${kind} ${at} ${to} ${line.slice(0, 80)}: ${JSON.stringify(brief(report.problems).slice(0, 4))}`;
    assert.equal(report.ok, false, said);
    assert.ok(
      report.problems.some(({ place }) => /^(line \d+|section \w+)$/.test(place)),
      said,
    );
  }
});

test('an archive that is cut off after any line is refused', async () => {
  const lines = await readLinesOf(WHOLE);
  for (let length = 0; length < lines.length; length += 7) {
    const report = await reportOn(await withLines(`cut-${length}`, lines.slice(0, length)));
    assert.equal(report.ok, false, `${length}`);
    assert.ok(report.problems.length > 0);
  }
});

test('a report lists the first problems and counts the rest, and holds nothing a person wrote', async () => {
  const lines = await readLinesOf(WHOLE);
  const broken = lines.map((line, i) => (i === 0 ? line : line.replace('{', '{ ')));
  const report = await reportOn(await withLines('many', broken));
  assert.equal(report.problems.length, 100);
  assert.equal(report.problemCount, lines.length);
  assert.doesNotMatch(JSON.stringify(report.problems), /maya|trumpet|example/i);
});

test('a line of 4 MiB is read and a longer one is not, wherever the blocks that it comes in end', async () => {
  for (const before of [0, 1, 65_535]) {
    for (const [more, isWhole] of [
      [0, true],
      [1, false],
    ] as const) {
      const octets = new TextEncoder().encode(
        `${' '.repeat(before)}\n${'x'.repeat(4 * 1024 * 1024 + more)}\n{}\n`,
      );
      const blocks = async function* () {
        for (let at = 0; at < octets.length; at += 65_536) yield octets.subarray(at, at + 65_536);
      };
      const lines = await Array.fromAsync(readLines(blocks()));
      assert.deepEqual([lines.length, lines[1]?.isWhole], [isWhole ? 3 : 2, isWhole], `${before} ${more}`);
    }
  }
});

test('a line without an end does not fill the memory', async () => {
  const path = await withLines('endless', [`${(await readLinesOf(WHOLE))[0]}`, 'x'.repeat(20 * 1024 * 1024)]);
  const report = await reportOn(path, ARCHIVE_PASSPHRASE);
  assert.deepEqual(brief(report.problems), [
    { place: 'line 2', code: 'line-cut' },
    { place: 'end', code: 'manifest-missing' },
  ]);
});
