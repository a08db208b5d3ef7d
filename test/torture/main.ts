import { parseArgs } from 'node:util';
import { startPostgres } from '../harness/postgres-server.ts';
import { kills } from './kills.ts';

/** `npm run -s torture -- kills --rounds N [--seed S]`: exit 1 when anything was lost, done twice, or differs. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '40' }, seed: { type: 'string', default: 'kills' } },
  });
  const rounds = Number(values.rounds);
  if (positionals[0] !== 'kills' || !Number.isSafeInteger(rounds) || rounds < 1) {
    console.error('usage: npm run -s torture -- kills --rounds N [--seed S]');
    return 2;
  }
  const server = process.env.PARLEY_TEST_POSTGRES ? undefined : await startPostgres().catch(() => undefined);
  if (server) process.env.PARLEY_TEST_POSTGRES = server.url;
  try {
    const it = await kills(rounds, values.seed, (round) => {
      if (round % 10 === 0) console.log(`${round} kills`);
    });
    console.log(
      `${it.kills} kills over ${it.engines} in ${it.seconds.toFixed(0)} s: ${it.asked} asked, ${it.acknowledged} acknowledged, ` +
        `${it.records} records at each end; ${it.lost} lost, ${it.twice} twice, ${it.different} at one end only`,
    );
    return it.lost + it.twice + it.different === 0 ? 0 : 1;
  } finally {
    await server?.stop();
  }
}

process.exitCode = await main();
