import { plural } from '../plural.ts';

export const devices = {
  title: 'Devices',
  lead: 'Every way to open your party: from this device and others, and from paper.',
  fromSettings: 'Passphrase, passkeys, recovery code, and where you are signed in.',
  open: 'Look after your devices',

  ways: 'Ways to open your party',
  way: 'Way',
  does: 'What it opens',
  made: 'Since',
  used: 'Last used',
  never: 'not yet',
  kinds: {
    passphrase: 'Passphrase',
    passkey: 'Passkey',
    'recovery-code': 'Recovery code',
    'recovery-shares': 'Recovery shares',
  },
  opensAll: 'Everything',
  opensSealed: 'Everything, also what only your devices open',
  opensRest: 'Everything but what only your devices open',
  signsInOnly: 'Signs you in. Does not open your keys.',
  notOnPaper: 'Not written down yet',
  twoOfThree: 'Everything, two of three together',
  synced: 'copied to your other devices by a service',
  atAddress: (site: string) => `works at ${site} only`,
  act: 'Acts',
  rename: 'Rename passkey',
  renameOf: (name: string) => `Rename passkey: ${name}`,
  renamed: (name: string) => `This passkey is called ${name} now`,
  remove: 'Remove passkey',
  removeOf: (name: string) => `Remove passkey: ${name}`,
  removeAsk: (name: string) => `Remove ${name}?`,
  removeWhat:
    'It opens nothing here any more. The device itself keeps an entry, which you can delete in its own settings.',
  removeSessions: (count: number) =>
    count === 1
      ? 'Sign out the browser that came in with it'
      : `Sign out the ${plural(count, 'browser', 'browsers')} that came in with it`,
  removed: (name: string, ended: number) =>
    ended === 0
      ? `${name} is removed.`
      : `${name} is removed, and ${plural(ended, 'session has', 'sessions have')} ended.`,

  addTitle: 'Add this device',
  addLead:
    'A passkey lets you in with your fingerprint, your face or the PIN of this device, with nothing to type and nothing to be guessed. Your passphrase stays as another way in.',
  addName: 'What you call the device',
  addNameHint: 'My phone, the key on my keyring. Only you see it.',
  addProof: 'Your passphrase',
  addProofHint: 'Asked once more, because this lets the device in for good.',
  add: 'Add passkey',
  addAgain: 'Use another passkey instead',
  added: (name: string) => `${name} opens your party now`,
  addedWeak: (name: string) =>
    `${name} signs you in. It cannot open your keys: to add devices, and for new relationships when nobody has opened your keys for a long time, you need your passphrase or another passkey.`,
  twice: 'The device may ask you twice: once to make the passkey, once to use it.',

  resetByPasskey: 'Forgotten it: use a passkey',
  reset: 'Your passphrase is changed. Every other browser is signed out.',

  use: 'Use a passkey',
  needsName: 'Passkeys need an address with a name. Open this same node at',
  needsNameThen: 'and sign in there.',
  notHere: {
    'in-the-open':
      'Passkeys cannot be used on this page, because nothing protects it on its way over the network. Use your passphrase, or open the node on the machine that it runs on.',
    never: 'This browser has no passkeys. Use your passphrase.',
  },
  failures: {
    'passkey-cancelled': {
      message: 'No passkey was given.',
      next: 'Try again, or use your passphrase.',
    },
    'passkey-here': {
      message: 'This device has a passkey of yours already.',
      next: 'Use that one, or add another device.',
    },
    'passkey-silent': {
      message: 'This passkey signs you in, and can open nothing else. Nothing was changed.',
      next: 'Use your passphrase, or another passkey.',
    },
    'passkey-odd': {
      message: 'The device answered something that this page does not understand. Nothing was changed.',
      next: 'Try another device, or use your passphrase.',
    },
  },

  sharesTitle: 'Recovery shares',
  sharesLead:
    'If you wish, three people you trust each keep one paper. Any two of them together can open your party; one alone can do nothing and learns nothing.',
  sharesKnow: [
    'Two of these people who agree behind your back can open your party. Choose people who would not.',
    'New shares make the old ones worthless. Make new ones when somebody is not to have one any more.',
    'If you lose every device and the passphrase, the recovery code or two shares bring everything back. If those are lost too, nobody can open your party again, and what is in it is lost for good.',
  ],
  sharesMake: 'Make recovery shares',
  sharesAgain: 'Make new shares',
  sharesThere: 'Three shares are out. They are not kept here.',
  sharesVoided: 'The shares from before open nothing now.',
  sharesOnce: 'They are shown this once. Print or copy all three before you leave this page.',
  share: (at: number) => `Share ${at + 1} of 3`,
  sharesDone: 'All three are on paper',

  print: 'Print',
  codeSheet: 'Recovery code for Parley',
  codeSays: 'Whoever has this code can open this party: keep it where only you find it.',
  shareSheet: (at: number) => `Recovery share ${at + 1} of 3 for Parley`,
  shareSays:
    'Together with one of the other two shares it opens this party; keep it safe, and give it to nobody but its owner.',
  sheetFor: (name: string, handle: string) => `For ${name} (${handle})`,
  sheetWhere: (origin: string, day: string) => `${origin}, ${day}`,

  byCode: 'With my recovery code',
  byShares: 'With two recovery shares',
  how: 'How you come back',
  first: 'One share',
  second: 'Another share',
  shareHint: 'Ten groups of four, as printed. Capitals and spaces do not matter.',
  sharesRecoverLead:
    'Two of the three shares open your keys once more and set a new passphrase. Every browser that is signed in is signed out.',
};
