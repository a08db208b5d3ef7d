import { parseArgs } from 'node:util';
import { startPostgres } from '../harness/postgres-server.ts';
import { disk } from './disk/disk.ts';
import { powerloss } from './disk/powerloss.ts';
import { kills } from './kills.ts';
import { net } from './net/net.ts';
import { figuresText, isWhole } from './world/figures.ts';

const KINDS = { kills, powerloss, disk, net };
const USAGE = 'usage: npm run -s torture -- kills|powerloss|disk|net --rounds N [--seed S]';

/** `npm run -s torture -- KIND --rounds N [--seed S]`: exit 1 when anything was lost, done twice, or differs. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '40' }, seed: { type: 'string' } },
  });
  const rounds = Number(values.rounds);
  const [kind = ''] = positionals;
  if (!isKind(kind) || !Number.isSafeInteger(rounds) || rounds < 1) {
    console.error(USAGE);
    return 2;
  }
  const server = process.env.PARLEY_TEST_POSTGRES ? undefined : await startPostgres().catch(() => undefined);
  if (server) process.env.PARLEY_TEST_POSTGRES = server.url;
  try {
    const it = await KINDS[kind](rounds, values.seed ?? kind, (round) => {
      if (round % 10 === 0) console.log(`${round} rounds`);
    });
    console.log(figuresText(kind, it));
    return isWhole(it) ? 0 : 1;
  } finally {
    await server?.stop();
  }
}

function isKind(kind: string): kind is keyof typeof KINDS {
  return Object.hasOwn(KINDS, kind);
}

process.exitCode = await main();
