import { plural } from '../plural.ts';

/** What only devices of its owner open. */
export const keeping = {
  title: 'Who can read what I keep',
  lead: 'Each kind of item is kept in one of two ways. You choose, and you can change your mind.',
  open: 'Who can read what I keep',

  devices: 'Only my devices',
  node: 'The node may read it',
  kind: 'Kind',
  items: 'Items',
  who: 'Who can read it',
  act: 'Change',
  sealedCount: 'shown when unlocked',

  /** In a sentence. */
  kinds: {
    contact: 'your contact data',
    address: 'your addresses',
    size: 'your sizes',
    preference: 'your preferences',
    note: 'your notes',
    other: 'your other items',
    file: 'your files',
  },

  means: 'What each way means',
  devicesMeans: [
    'This machine keeps it locked, without the key. You open it on a device, with your passphrase, a passkey or your recovery code.',
    'You find and see it on a device only after unlocking it there. It locks again after 15 minutes without use.',
    'Nothing of it goes out by itself: no rule gives it, no shop that has it gets a newer value, and a shop that asks for it cannot be answered with it. What others have been given, they keep.',
    'Programs with a token never get it.',
    'Without the passphrase, the recovery code, or a passkey that you let open it, it is lost for good, even with your devices in your hand. Nobody can bring it back.',
  ],
  nodeMeans: [
    'It is locked on the disk with a key that this machine has. Whoever controls this machine can read it.',
    'You find and see it wherever you are signed in.',
    'It can be given while you are away: by your rules, as newer values to those who have it, and in answer to shops once you say yes.',
    'Programs with a token get what you allow them.',
    'If you forget your passphrase, your recovery code, a passkey or recovery shares bring it back.',
  ],
  script:
    'These pages come from the node. A node that somebody has altered could send you pages that pass your passphrase on. Only a program that you have installed yourself, the command line, protects you from that.',

  toDevices: 'Keep for my devices only',
  toDevicesOf: (kind: string) => `Keep for my devices only: ${kind}`,
  toDevicesAsk: (kind: string) => `Keep ${kind} for your own devices only?`,
  toDevicesWhat: (items: number) =>
    items === 0
      ? 'From now on this machine takes nothing of it that it could read.'
      : `${plural(items, 'item is', 'items are')} locked with all earlier versions, one after another, on this device. Rules and shops get nothing of it any more.`,
  toNode: 'Let the node read it',
  toNodeOf: (kind: string) => `Let the node read it: ${kind}`,
  toNodeAsk: (kind: string) => `Let the node read ${kind}?`,
  toNodeWhat: (items: number) =>
    items === 0
      ? 'From now on whoever controls this machine can read what you write there.'
      : `${plural(items, 'item goes', 'items go')} back, with all earlier versions. Whoever controls this machine can read ${items === 1 ? 'it' : 'them'} from then on.`,
  goOn: 'Go on',
  goOnOf: (kind: string) => `Go on: ${kind}`,
  halfSealing: (left: number) =>
    left === 0
      ? 'Almost: one step is missing'
      : `Half way: ${plural(left, 'item', 'items')} the node can still read`,
  halfServing: 'Half way back: the rest only your devices open',
  moving: (kind: string) => `Moving ${kind}`,
  progress: (done: number, total: number) =>
    `${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`,
  stop: 'Stop',
  nowDevices: (kind: string) => `Only your devices open ${kind} now`,
  nowNode: (kind: string) => `The node may read ${kind} now`,
  stay: 'It goes on while you look at other pages. Closing this tab stops it half way, and it goes on when you come back.',

  unlock: 'Unlock',
  unlockTitle: 'Unlock',
  unlockToChange: 'Unlock to change what only your devices open, or who can read it.',
  unlocking: 'Working it out on this device',
  passphrase: 'Your passphrase',
  passphraseHint: 'It stays on this device.',
  byCode: 'Use the recovery code',
  byPassphrase: 'Use the passphrase',
  lock: 'Lock now',
  locked: (kinds: readonly string[]) =>
    `Only your devices open ${plural(kinds.length, 'kind', 'kinds')}: ${kinds.join(', ')}.`,
  unlocked:
    'It is open on this page. It locks after 15 minutes without use, and when you load the page again.',
  rest: 'The rest is locked on the disk with this machine’s own key. Whoever controls this machine can read it.',
  lockedItem: 'This may be one of the items that only your devices open.',
  lockedKind: (kind: string) => `Only your devices open ${kind}. Unlock to write here.`,
  staysHere: (kind: string) =>
    `Only your devices open ${kind}: what you write here leaves this device locked.`,
  emptyLocked: 'Nothing that the node can read. Unlock to see the rest.',
  erase: 'Erase for good',
  eraseOf: (label: string) => `Erase for good: ${label}`,
  eraseAsk: (label: string) => `Erase ${label} for good?`,
  eraseWhat: 'Nothing brings it back.',
  erased: (label: string) => `${label} is erased`,

  beginTitle: 'Keep it for your devices only',
  beginLead: (kind: string) =>
    `Only your devices will open ${kind}. For that you need a new passphrase and a new recovery code, which this node never sees.`,
  beginKnow: 'Before you begin',
  beginKnows: [
    'The node has seen your passphrase each time you signed in. To keep anything from the node, you need another one.',
    'Every other browser is signed out, and takes the new passphrase.',
    'The recovery code and the recovery shares that you have on paper open nothing any more.',
    'Once one kind is kept this way, there is no way back to a passphrase that the node sees, even if you let it read everything again.',
  ],
  old: 'Passphrase until now',
  oldWrong: { message: 'That is not your passphrase.', next: 'Try again. Nothing was changed.' },
  next: 'New passphrase',
  nextHint:
    'It never leaves your devices, but whoever runs the node can try out passphrases: take one that nobody guesses, for example five or six words that have nothing to do with each other. Not the one until now, nor that of another node.',
  nextAgain: 'New passphrase once more',
  nextDiffers: 'The two are not the same.',
  begin: 'Make the recovery code',
  codeTitle: 'Write down your new recovery code',
  codeLead:
    'If you lose the passphrase, this code is the only way to what is locked, unless you let a passkey open it: your devices alone do not. Nothing has been changed yet: that happens when you have confirmed it.',
  codeWrong: 'That is not the last group of this code.',
  costHigh: {
    code: 'cost-odd',
    message:
      'The node asks this browser to spend far more on your passphrase than Parley does. Nothing was sent.',
    next: 'Do not go on, and ask whoever runs the node.',
  },
  notWorkedOut: {
    code: 'passphrase-not-worked-out',
    message: 'This browser could not work out your passphrase; it may be short of memory. Nothing was sent.',
    next: 'Close other tabs and try again, or use another device.',
  },
  searchSeen:
    'What you search for here is looked for on this machine too, so whoever controls it can see the words. To look through what only your devices open alone, unlock and choose one of its kinds first.',
  begun: 'From now on your passphrase and your recovery code stay on your devices.',

  giveSealed: (kind: string) => `You keep ${kind} for your devices only: this node cannot give it.`,
  giveHere: 'Give it from this device',
  giveHereHow: 'This device can, once they have signed. What you change later does not follow.',
  giveHereLocked: 'This device can, when you unlock it.',
  giveHereNothing: 'Nothing of it is written down yet. Write it in My data first.',
  addWay: 'Let it open what only your devices open',
  addWayOf: (name: string) => `Let ${name} open what only your devices open`,
  addedWay: (name: string) => `${name} also opens what only your devices open now`,
  newKeys: 'Make new keys',
  oldWays: (count: number) =>
    `${plural(count, 'passkey that you removed still has', 'passkeys that you removed still have')} a key to what only your devices open. Make new keys, so that nothing you write from now on opens with it.`,
  newKeysMade: 'New keys are made. What you write from now on opens only with the ways on this list.',
  unlockForWays:
    'Unlock to let passkeys open what only your devices open, and to make new keys when you remove one.',
  removeUnlocked: 'New keys are made for what only your devices open.',
  removeLocked: 'It keeps a key to what only your devices open, until you unlock here and make new keys.',
  noWay: {
    message: 'This passkey does not open what only your devices open. Nothing was changed.',
    next: 'Use one that does, or come back with your recovery code.',
  },
  notWithThis: 'Your passphrase does not open what only your devices open yet.',
  adopt: 'Let the passphrase open it',
  adopted: 'Your passphrase opens what only your devices open now.',
  sharesRest:
    'Shares do not open what only your devices open. For that you need a passkey, the passphrase or the recovery code.',
  changeSealed: 'Your passphrase is changed here and at the node. Other browsers are signed out.',
};
