import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sealToFile } from '../src/archive/container.ts';
import { reportOn } from '../src/archive/testing.ts';
import { seededRandom } from '../src/kernel/seeded-random.ts';
import { harm } from './archives/harm.ts';
import { generateParty } from './archives/party.ts';

/**
 * Generates archives from seeds, a third of them whole, with what the program says of each in expected.json, laid out as
 * fixtures/archives: `--count N --out DIR [--seed TEXT]`.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    out: { type: 'string' },
    seed: { type: 'string', default: 'archives' },
  },
});
const WORK = 10;
const count = Number(values.count);
if (values.out === undefined || !Number.isSafeInteger(count)) throw new Error('say --out DIR, and --count N');
const folder = resolve(values.out);
mkdirSync(folder, { recursive: true });

const cases: object[] = [];
for (let i = 0; i < count; i++) {
  const random = seededRandom(`${values.seed}/${i}`);
  const lines = generateParty(random);
  const kind = random.pick(['whole', 'lines', 'lines', 'lines', 'octets', 'whole']);
  if (kind === 'lines') harm(lines, random);
  const name = `${String(i).padStart(5, '0')}.parley`;
  const path = join(folder, name);
  rmSync(path, { force: true });
  const text = async function* () {
    yield new TextEncoder().encode(`${lines.join('\n')}\n`);
  };
  const passphrase = `passphrase ${i}`;
  await sealToFile(path, text(), passphrase, WORK, random);
  if (kind === 'octets') {
    const octets = readFileSync(path);
    const where = random.below(octets.length);
    octets[where] = (octets[where] ?? 0) ^ (1 << random.below(8));
    writeFileSync(path, random.chance(250) ? octets.subarray(0, where) : octets);
  }
  const { ok, party, counts, hashes, checked, notices, problems, problemCount } = await reportOn(
    path,
    passphrase,
  );
  const brief = (found: typeof problems) => found.map(({ place, code }) => ({ place, code }));
  const whole = ok ? { party, counts, hashes, checked, notices: brief(notices) } : {};
  cases.push({ name, file: name, passphrase, ok, problems: brief(problems), problemCount, ...whole });
}
writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(cases, undefined, 1)}\n`);
const sound = cases.filter((it) => 'party' in it).length;
process.stdout.write(`${cases.length} archives, ${sound} of them whole, in ${folder}\n`);
