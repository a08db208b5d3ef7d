import { attemptOwn } from './attempt.ts';
import { HARMLESS, type OwnAttempted } from './model.ts';
import { findPlanted, WEAKNESSES } from './planted.ts';
import { OWN_ATTACKS } from './table.ts';
import { openWorld } from './world.ts';

/** What no client can do anything about: said with every run, so that nobody takes the count for more than it is. */
const NOT_PREVENTED: readonly string[] = [
  'In a browser: page script that the node has altered. It is the client there; the command line is installed apart from the node.',
  'A device that sees a vault for the first time is shown an older one, whole and in itself right, or that there is none.',
  'A device on which a passphrase has never been used is told that the passphrase itself, or the recovery code, is to be sent.',
  'It tries out passphrases against what it keeps, at the cost of argon2id each: a weak one is found.',
  'Where a tab or a command leaves it to the node who acts, it names another one: what is written is kept as theirs, in the clear.',
  'A file that is imported goes to the node whole, and so do words that are looked for over all kinds of items.',
  'A device that comes back after more than 500 writes cannot tell whether they go on from what it has seen.',
  'Whoever had a way that was taken away, together with the node, shows what they like to a device that has not seen it taken away.',
  'Whoever gives something to somebody on the same node gives it to whoever runs that node, and a node that has both keys can say that they live elsewhere.',
  'In a browser, or on a device that knows only this node: it asks for a passphrase that is also in use at another node with the salt from there, and is sent what lets it in there.',
  'Where somebody has moved, and it keeps that back from a device that has not seen it, together with the node that they left: what is given to them then, that one opens.',
  'Whoever gives something without comparing the code gives it to whomever the node shows; what is given, to whom, what for and how long it is, the node sees.',
  'What was in the clear before it was sealed was read then, and may have been kept; items can be left out or altered as they are moved.',
  'It loses all of it, or answers nothing any more.',
  'It knows how many objects there are, how long each is, and when each is read and written.',
];

/** `npm run -s attack -- own-server [words] [--planted]`. Answers the exit code. */
export async function runOwnServer(words: readonly string[]): Promise<number> {
  const world = await openWorld();
  try {
    if (words.includes('--planted')) return tellPlanted(await findPlanted(world));
    const asked = words.join(' ');
    const attacks = OWN_ATTACKS.filter((it) => `${it.group}: ${it.name}`.includes(asked));
    const attempted = await attemptOwn(world, attacks, print);
    const succeeded = attempted.filter((it) => it.achieved !== undefined).length;
    const harmless = attempted.filter(
      (it) => it.achieved === undefined && it.attack.expects === HARMLESS,
    ).length;
    console.log(`\nNOT PREVENTED\n${NOT_PREVENTED.map((it) => `  ${it}`).join('\n')}`);
    const detected = attempted.length - succeeded - harmless;
    console.log(
      `\n${attempted.length} attacks: ${detected} detected, ${harmless} harmless, ${succeeded} succeeded`,
    );
    return succeeded === 0 && attempted.length > 0 ? 0 : 1;
  } finally {
    await world.close();
  }
}

function print({ attack, achieved, ms }: OwnAttempted): void {
  const { group, name, does, expects } = attack;
  const right = expects === HARMLESS ? HARMLESS : `detected: ${expects}`;
  const verdict = achieved === undefined ? right : `SUCCEEDED: ${achieved}`;
  console.log(
    `${`${group}: ${name}`.padEnd(70)} ${does.padEnd(100)} ${`${Math.round(ms)} ms`.padStart(8)}  ${verdict}`,
  );
}

function tellPlanted(all: Awaited<ReturnType<typeof findPlanted>>): number {
  for (const { weakness, file, missed, by } of all) {
    const told = missed.length === 0 ? by.join('; ') : `MISSED by ${missed.join('; ')}`;
    console.log(`${weakness.padEnd(28)} ${file.padEnd(22)} ${told}`);
  }
  const found = all.filter((it) => it.missed.length === 0).length;
  console.log(`${found} of ${WEAKNESSES.length} planted weaknesses found`);
  return found === WEAKNESSES.length ? 0 : 1;
}
