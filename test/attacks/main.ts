import { attemptAll } from './attempt.ts';
import type { Attempted } from './model.ts';
import { ATTACKS } from './table.ts';

/** `npm run -s attack -- peer [words]`: tries every attack whose name has the words, and prints what became of each. */
async function main([what, ...words]: readonly string[]): Promise<number> {
  if (what !== 'peer') {
    console.error('usage: npm run -s attack -- peer [words of the name]');
    return 2;
  }
  const asked = words.join(' ');
  const attempted = await attemptAll(
    ATTACKS.filter((it) => it.name.includes(asked)),
    print,
  );
  const achieved = attempted.filter((it) => it.achieved !== undefined);
  console.log(`\n${attempted.length} attacks, ${achieved.length} succeeded`);
  return achieved.length === 0 && attempted.length > 0 ? 0 : 1;
}

function print({ attack, achieved, ms }: Attempted): void {
  const verdict = achieved === undefined ? 'fended off' : `SUCCEEDED: ${achieved}`;
  const took = `${Math.round(ms)} ms`.padStart(8);
  console.log(`${attack.name.padEnd(44)} ${attack.does.padEnd(76)} ${took}  ${verdict}`);
}

process.exitCode = await main(process.argv.slice(2));
