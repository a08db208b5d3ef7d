import { digestOf } from './crypto.ts';
import type { Log } from './key-log.ts';
import { toUtf8 } from './octets.ts';
import type { Remembered, Surroundings } from './surroundings.ts';

/** What a device remembers of somebody whose code was compared, so that it knows them again. */

/** Two who deal with each other, by their key logs, and the number of the record with the key of the other side. */
interface Between {
  readonly mine: Log;
  readonly theirs: Log;
  readonly seq: number;
}

/** How what is shown now stands to what was compared. */
type Standing =
  | 'the same'
  /** Their log goes on from there: they moved, or somebody has a root or recovery key of theirs. */
  | 'changed'
  /** A change of their keys that was seen is withheld, or a later record with their key. */
  | 'older'
  /** The log goes on otherwise from some entry before. */
  | 'contradicting'
  | 'somebody else';

export async function pinOf({ mine, theirs, seq }: Between): Promise<Remembered> {
  const digest = await digestOf(toUtf8([mine.id, theirs.id].join('|')));
  return { counter: theirs.entries.length - 1, digest, head: theirs.head, root: seq, isSplit: true };
}

/**
 * A log that holds says who could sign it, and keys get lost. So what was compared is what is known; and where it does not stand
 * in the log any more, somebody goes on with a key of theirs from before.
 */
export function standingOf(known: Remembered, now: Remembered, theirs: Log): Standing {
  if (known.digest !== now.digest) return 'somebody else';
  if (now.counter < known.counter || now.root < known.root) return 'older';
  if (theirs.entries[known.counter]?.id !== known.head) return 'contradicting';
  return now.head === known.head ? 'the same' : 'changed';
}

const PIN = 'compared:';

export function pinName(home: string, relationship: string): string {
  return `${PIN}${home}:${relationship}`;
}

/** The other side of this relationship has to be compared anew. */
export function forgetTheirs({ memory }: Surroundings, home: string, relationship: string): Promise<void> {
  return memory.forget(pinName(home, relationship));
}

/** Everybody whom this party has given something. */
export async function forgetAllTheirs({ memory }: Pick<Surroundings, 'memory'>, home: string): Promise<void> {
  for (const name of await memory.names(pinName(home, ''))) await memory.forget(name);
}
