import { attemptAll } from './attempt.ts';
import type { Attempted } from './model.ts';
import { runOwnServer } from './own-server/run.ts';
import { ATTACKS } from './table.ts';

/**
 * `npm run -s attack -- peer [words]`, or `own-server [words] [--planted]`: tries every attack whose name has the words, and
 * prints what became of each.
 */
async function main([what, ...words]: readonly string[]): Promise<number> {
  if (what === 'own-server') return runOwnServer(words);
  if (what !== 'peer') {
    console.error('usage: npm run -s attack -- peer|own-server [words of the name] [--planted]');
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
