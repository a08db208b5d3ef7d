import { countAgain } from '../../src/archive/testing.ts';
import type { SeededRandom } from '../../src/kernel/seeded-random.ts';

/** Does one to three things to the lines of an archive, and half of the time makes counts and hashes fit again. */
export function harm(lines: string[], random: SeededRandom): void {
  for (let i = 1 + random.below(3); i > 0; i--) random.pick(HARMS)(lines, random);
  if (!random.chance(500) || !/^\{"manifest":/.test(lines.at(-1) ?? '')) return;
  try {
    countAgain(lines);
  } catch {
    // Lines that are no archive any more cannot be counted; they stay as they are.
  }
}

type Harm = (lines: string[], random: SeededRandom) => void;
const at = (lines: readonly string[], random: SeededRandom): number => random.below(lines.length);

const HARMS: readonly Harm[] = [
  (lines, random) => lines.splice(at(lines, random), 1),
  (lines, random) => {
    const i = at(lines, random);
    lines.splice(i, 0, lines[i] ?? '');
  },
  (lines, random) => {
    const [i, j] = [at(lines, random), at(lines, random)];
    [lines[i], lines[j]] = [lines[j] ?? '', lines[i] ?? ''];
  },
  (lines, random) => lines.splice(at(lines, random)),
  (lines, random) => lines.push(random.pick(['{}', '', '{"more":1}', lines[1] ?? ''])),
  onCharacter((char, random) => (/[a-z0-9]/i.test(char) ? random.pick([...'aZ09_-']) : char)),
  onCharacter((char) => (char === ',' ? ', ' : char)),
  onCharacter(() => ''),
  onMember((_, random) => random.pick(['null', '7', '"x"', 'true', '"AA"', '-1', '1.5', '"\\u0041"'])),
  onMember((value) => (/^"/.test(value) ? `"${value.slice(1, -2)}A"` : value)),
  onMember((value) => (/^\d+$/.test(value) ? `${Number(value) + 1}` : value)),
  anotherPlace,
];

/** Another place of a record, which only the verifier looks at. */
function anotherPlace(lines: string[], random: SeededRandom): void {
  const records = [...lines.keys()].filter((i) => /"place":\d+/.test(lines[i] ?? ''));
  if (records.length === 0) return;
  const i = random.pick(records);
  const other = random.pick(['null', '-1', '0', '1', '2', '3', '4', '4503599627370496', '4503599627370497']);
  lines[i] = (lines[i] ?? '').replace(/"place":\d+/, `"place":${other}`);
}

/** Another character somewhere in a line, a few tries for one that changes. */
function onCharacter(change: (char: string, random: SeededRandom) => string): Harm {
  return (lines, random) => {
    for (let tries = 0; tries < 20; tries++) {
      const i = at(lines, random);
      const line = lines[i] ?? '';
      const where = random.below(Math.max(1, line.length));
      const char = line[where] ?? '';
      // Half of a character cannot be written.
      if (char >= '\ud800' && char <= '\udfff') continue;
      const next = change(char, random);
      if (next === char) continue;
      lines[i] = line.slice(0, where) + next + line.slice(where + 1);
      return;
    }
  };
}

/** Another value of one member of a line. */
function onMember(change: (value: string, random: SeededRandom) => string): Harm {
  return (lines, random) => {
    const i = at(lines, random);
    const line = lines[i] ?? '';
    const members = [...line.matchAll(/"[a-z_A-Z0-9]+":("(?:[^"\\]|\\.)*"|-?\d+|true|false|null)/g)];
    if (members.length === 0) return;
    const found = random.pick(members);
    const value = found[1] ?? '';
    const start = found.index + found[0].length - value.length;
    lines[i] = line.slice(0, start) + change(value, random) + line.slice(start + value.length);
  };
}
