import { plural } from '../plural.ts';

/** What is shared: locked, opened, stopped, erased. */
export const grants = {
  opened: 'Opened',
  never: 'never',
  times: (count: number) => plural(count, 'time', 'times'),
  by: { person: 'a person', program: 'a program' },
  lastBy: (who: string) => `by ${who}, last`,
  openedByThem: 'Opened by them',
  openedByYou: 'Opened by you',
  unopened: 'Locked. To read it, open it: they get a receipt.',
  open: 'Open',
  openOf: (label: string) => `Open ${label}`,
  hide: 'Close',
  hideOf: (label: string) => `Close ${label}`,
  told: 'A receipt has gone out to them.',
  toldLater: 'The next receipt to them counts this too; there is one an hour at most.',
  follows: 'and what you change it to',
  followsTheirs: 'and what they change it to',
  followsAsk: 'Give what I change later too',
  followsHint: 'Left out, they keep what it says today until you stop it.',
  readable: 'not locked: their Parley is too old for it',
  waits: (count: number) =>
    `${plural(count, 'field waits', 'fields wait')}: their Parley has not said how to lock what you give.`,
  waitsWhy:
    'A new one says so at once. An older one never does; what you give it lies readable in its database and in yours, and you are not told when it is opened.',
  giveReadable: 'Share it unlocked',
  giveReadableAsk: 'Share it without a lock?',
  giveReadableWhat:
    'Whoever gets hold of either database or its backups can read it. This cannot be taken back.',
  giveReadableNow: 'Share unlocked now',
  giveReadableKeep: 'Let it wait',
  gaveReadable: 'Shared, without a lock.',
  withdraw: 'Do not share it',
  deletion: {
    erased: 'their Parley has erased it',
    'all-erased': 'they say that every copy is erased',
    'kept-by-law': 'they say that a law makes them keep copies',
  },
  deletionMine: {
    erased: 'erased here, and said so',
    'all-erased': 'you said that every copy is erased',
    'kept-by-law': 'you said that a law makes you keep copies',
  },
  keptUntil: (day: string) => `until ${day}`,
  unstated: 'nothing heard of its deletion',
  state: 'Say what became of copies',
  stateOf: (label: string) => `Say what became of copies of ${label}`,
  stateTitle: 'What became of copies?',
  stateLead:
    'It is erased here. If you had carried it elsewhere, into a file, a mailbox or another program, say in writing what became of that. You sign it and they read it.',
  stateWhat: {
    'all-erased': 'Every copy is erased',
    'kept-by-law': 'A law makes us keep some',
  },
  words: 'In your words',
  wordsHint: 'Which copies, or which law.',
  lastDay: 'The last day you must keep it',
  stateNow: 'Sign and send',
  stated: 'Signed and sent to them.',
};
