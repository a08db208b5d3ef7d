import { plural } from '../plural.ts';

/** What is shared: locked, opened, stopped, erased. */
export const grants = {
  opened: 'Opened',
  never: 'never',
  times: (count: number) => plural(count, 'time', 'times'),
  timesOf: (count: number, most: number) => `${count} of ${plural(most, 'time', 'times')}`,
  tooOften: 'more often than you allowed',
  tooOftenWhy:
    'Their own receipts say so: their program did not keep to the number. Stop sharing with them, or ask them why.',
  tooOftenMine: 'more often than they allowed',
  mostTimes: (most: number) => `${plural(most, 'time', 'times')} at most`,
  timesAsk: 'Let them open it a number of times only',
  timesHint:
    'Their Parley keeps count, tells you of each time, and erases it after the last; what you change counts on. Nothing can force them, and what they have read they can copy.',
  timesLabel: 'How many times',
  timesRange: (most: number) => `A whole number from 1 to ${most}.`,
  timesWrong: (label: string) => `How often ${label} may be opened is not a number yet.`,
  left: (count: number) =>
    count === 0
      ? 'That was the last time: it is erased here.'
      : `You can open it ${plural(count, 'more time', 'more times')}.`,
  leftBefore: (count: number) =>
    `You can open it ${plural(count, 'more time', 'more times')}; they are told of each.`,
  usedUp: 'used up',
  waitsUncounted: (count: number) =>
    `${plural(count, 'item waits', 'items wait')}: you gave a number of times, and their Parley has not said that it keeps count.`,
  waitsUncountedWhy:
    'A new one says so within a day. Until then you can take it back and share it without a number.',
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
    `${plural(count, 'item waits', 'items wait')}: their Parley has not said how to lock what you give.`,
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
  said: 'said',
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
