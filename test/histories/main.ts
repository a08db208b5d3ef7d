import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BUGS } from './bugs.ts';
import { type History, runHistory } from './run.ts';

const HELP = `npm run -s histories -- --count N [--from S]
npm run -s histories -- --seed S
npm run -s histories -- --planted

Random histories of giving, changing, stopping, giving again and opening, with real keys and no database. --seed tells one
history again; --planted shows that bugs are found.
`;
/** Every planted bug has to be found within so many histories. */
const WITHIN = 300;

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    from: { type: 'string' },
    seed: { type: 'string' },
    planted: { type: 'boolean', default: false },
  },
});

function main(): number {
  const [count, seed] = [whole(values.count), whole(values.seed)];
  if (values.planted) return runPlanted();
  if (seed !== undefined) return replay(seed);
  if (count === undefined || count < 1) {
    process.stderr.write(HELP);
    return 2;
  }
  return runMany(count, whole(values.from) ?? 1);
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function runMany(count: number, from: number): number {
  const done: Record<string, number> = {};
  for (let seed = from; seed < from + count; seed++) {
    const history = runHistory(seed);
    for (const [what, times] of Object.entries(history.counts)) done[what] = (done[what] ?? 0) + times;
    if (history.broken === undefined) continue;
    process.stdout.write(`${toldBroken(history)}${seed - from + 1} histories, 1 broken\n`);
    return 1;
  }
  const told = Object.entries(done).map(([what, times]) => `${times} ${what}`);
  process.stdout.write(`${told.sort().join(', ')}\n${count} histories, 0 broken\n`);
  return 0;
}

function toldBroken({ seed, broken }: History): string {
  return `seed ${seed}: ${broken}\n  again: npm run -s histories -- --seed ${seed}\n`;
}

function replay(seed: number): number {
  const { told, broken } = runHistory(seed);
  process.stdout.write(`${told.join('\n')}\n${broken ?? 'nothing broken'}\n`);
  return broken === undefined ? 0 : 1;
}

/** Plants each bug in a process of its own, and says after how many histories it was found, and by what. */
function runPlanted(): number {
  let found = 0;
  for (const { name, file } of BUGS) {
    const { stdout } = spawnSync(
      process.execPath,
      ['--import', join(import.meta.dirname, 'hook.ts'), import.meta.filename, '--count', `${WITHIN}`],
      { env: { ...process.env, PARLEY_HISTORIES_PLANT: name }, encoding: 'utf8' },
    );
    const [, seed = `> ${WITHIN}`, by = 'MISSED'] = /^seed (\d+): ([a-z-]+)/.exec(stdout) ?? [];
    if (by !== 'MISSED') found++;
    process.stdout.write(`${name.padEnd(20)} ${seed.padStart(6)}  ${by.padEnd(22)} ${file}\n`);
  }
  process.stdout.write(`${found} of ${BUGS.length} planted bugs found within ${WITHIN} histories\n`);
  return found === BUGS.length ? 0 : 1;
}

process.exitCode = main();
