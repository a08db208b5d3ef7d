import { plural } from '../plural.ts';

export const start = {
  title: 'Your own side of the market',
  lead: 'You say what you want and on which terms. Sellers answer with binding offers. They learn who you are when you say yes, and only what you then choose to tell.',
  formTitle: 'Begin',
  name: 'What should you be called?',
  nameHint: 'A first name is enough. It stays on this machine until you share it.',
  passphrase: 'Passphrase',
  passphraseHint:
    'Ten characters or more; a short sentence is good. It locks your keys, and nobody can reset it for you.',
  passphraseShort: 'Use at least 10 characters.',
  show: 'Show',
  hide: 'Hide',
  create: 'Create party',
  partyExplained: 'A party is whoever holds keys and acts: you, a household, a shop.',
  haveOne: 'You already have a party here?',
  signIn: 'Sign in',
  moved: 'Coming from another machine?',
  importLink: 'Import an archive',
  pictureTitle: 'How it stands between you and a seller',
  mine: 'Your side',
  theirs: 'Their side',
  picture: [
    ['Your data, wishes and notes', 'Nothing, until you share it'],
    ['A want, in your own words', 'A general version that fits many people'],
    ['The terms you deal on', 'Accepted, one other proposed, or declined'],
    ['Your yes', 'An agreement that both sides sign'],
  ] as const,
  localOnly: 'Everything is kept on this machine, in one folder.',

  sampleTitle: 'Try it on a sample market',
  sampleLead: (name: string) => `You are ready, ${name}. There is nobody to deal with yet.`,
  sampleAbout:
    'The sample market is invented: 300 vendors, 20,000 listings and 50,000 open wants in three regions. Everything in it is marked “sample”, and you can remove it whole, in one act, in Settings.',
  sampleLoad: 'Load sample market',
  sampleSkip: 'Start without it',
  sampleLoading: 'Loading the sample market',
  sampleDone: 'The sample market is loaded.',
  firstWant: 'Say what you want',

  signInTitle: 'Sign in',
  handle: 'Handle',
  handleHint: 'The short name in small letters, as your addresses here show it.',
  forgot: 'Forgotten the passphrase?',
  recoverLink: 'Use your recovery code',
  newHere: 'New here?',
  createLink: 'Create a party',
  recoverTitle: 'Recover with your code',
  recoverLead:
    'The recovery code opens your keys once more and sets a new passphrase. Without the code and without the passphrase nobody can, neither can we.',
  code: 'Recovery code',
  codeHint: 'Groups of four, as you wrote them down. Capitals and spaces do not matter.',
  newPassphrase: 'New passphrase',
  recover: 'Recover party',
  progress: (done: number, total: number | null, rate: number) =>
    `${done.toLocaleString('en-GB')} of ${total === null ? 'an unknown number' : total.toLocaleString('en-GB')}, ${plural(Math.round(rate), 'row', 'rows')} a second`,
};
