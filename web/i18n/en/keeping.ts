import { plural } from '../plural.ts';

export const settings = {
  title: 'Settings',
  node: 'This node among others',
  nodeAlone:
    'Other nodes cannot reach this one. You deal with everybody on it, and ask at markets on other nodes.',
  nodePublic: (origin: string) => `Other nodes reach this one at ${origin}.`,
  nodeNoRelay:
    'No relay carries for this node: a market on another node learns its address when somebody here asks there.',
  nodeRelay: (host: string) =>
    `${host} carries what is asked at markets on other nodes: they do not learn the address of this one. ${host} learns it, and which markets are asked, and nothing of what is said.`,
  nodeCarries: 'This node carries for others: it learns which nodes they ask, and nothing of what is said.',
  nodeCarriesNot: 'This node carries for nobody.',
  nodePlain: (hosts: string) => `Nothing is encrypted on the way to ${hosts}.`,
  nodeHint:
    'These are chosen when Parley is started: docs/how-to/run-a-public-node.md says how. Only you see this, because you run the node.',
  look: 'Look',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  keys: 'Single-key shortcuts',
  keysHint: 'j, k, /, n and ?. Press ? to see them.',
  name: 'Name',
  nameLabel: 'What you are called',
  nameHint: 'Who already has your name keeps the one you gave.',
  rename: 'Rename party',
  renamed: (name: string) => `You are called ${name} now`,
  handle: 'Handle',
  passphrase: 'Passphrase',
  old: 'Passphrase now',
  next: 'New passphrase',
  change: 'Change passphrase',
  changed: (ended: number, ways: number) =>
    `${
      ended === 0
        ? 'Your passphrase is changed.'
        : `Your passphrase is changed, and ${plural(ended, 'other session has', 'other sessions have')} ended.`
    } ${plural(ways, 'other way in stays', 'other ways in stay')} as before.`,
  changeLead:
    'A new passphrase closes no other way in. If somebody may have known the old one, look through the ways above: remove passkeys that are not yours, make a new recovery code and new shares, and revoke tokens for programs that you do not know, in',
  recovery: 'Recovery code',
  recoverySeen: 'Written down.',
  recoveryUnseen:
    'Not written down yet. If you lose the passphrase and your devices now, everything here is lost with them.',
  recoveryShow: 'Show recovery code',
  recoveryUsed:
    'The code you wrote down is not kept here. With your passphrase you can make a new one; the old one then opens nothing.',
  recoveryNew: 'Make a new code',
  sessions: 'Where you are signed in',
  session: 'Browser',
  started: 'Since',
  lastUsed: 'Last used',
  thisOne: 'this one',
  endSession: 'End session',
  sessionEnded: 'That session has ended.',
  tokens: 'Tokens for programs',
  tokensLead: 'A program that holds a token can do what you tick here, in your name, until you revoke it.',
  token: 'Token',
  tokenLabel: 'What it is for',
  tokenScopes: 'May',
  scopes: {
    reads: 'read what is yours',
    writes: 'change what is yours',
    discloses: 'send data of yours to others',
    binds: 'make promises in your name',
  },
  tokenDays: 'Valid for days',
  tokenMake: 'Create token',
  tokenOnce: 'Copy it now. It is shown this once.',
  tokenUntil: 'Until',
  revoke: 'Revoke token',
  revoked: (label: string) => `Token ${label} revoked`,
  noTokens: 'No program holds a token.',
  sample: 'Sample market',
  sampleStates: {
    absent: 'Not loaded.',
    loading: 'Being loaded, or left half loaded. Removing it clears that away.',
    loaded: 'Loaded. All of it is invented, and marked so wherever it shows.',
    removing: 'Being removed, or left half removed. Removing it again finishes that.',
  },
  sampleLoad: 'Load sample market',
  vendorFind: 'Act as a sample vendor',
  vendorFindHint:
    'Part of its name. You see the market from its side, and come back through the menu at the top.',
  noVendors: 'No vendor of the sample is called that.',
  sampleRemove: 'Remove sample market',
  sampleRemoveAsk:
    'Remove all of it? Wants that anybody here cast there, offers and relationships with sample vendors go with it. What is real stays.',
  sampleRemoveNow: 'Remove now',
  sampleRemoving: 'Removing the sample market',
  sampleRemoved: 'The sample market is removed.',
};

export const leave = {
  title: 'Leave',
  lead: 'Take everything with you: data, keys, agreements, every signed record. One encrypted file, whose format is documented.',
  export: 'Export',
  exportLead:
    'The archive is locked with a passphrase you choose now; it need not be the one you sign in with.',
  exportPassphrase: 'Passphrase for the archive',
  exportAct: 'Export party',
  exporting: 'Writing the archive',
  exported: (size: string) => `Archive saved, ${size}.`,
  verify: 'Verify',
  verifyLead:
    'Checks every signature, every chain and every count in an archive. Nothing is imported and nothing is sent.',
  chooseFile: 'Choose archive',
  verifyAct: 'Verify export',
  import: 'Import',
  importLead:
    'Brings a party from an archive to this node. It starts paused: it signs nothing until it is taken into use here.',
  importPassphrase: 'Passphrase of the archive',
  importAct: 'Import party',
  ok: 'Everything is there and every signature holds.',
  notOk: 'This archive is not whole. Nothing was imported.',
  paused: (handle: string) =>
    `It is here under the handle ${handle}, and paused: it signs nothing until it is taken into use. Sign in with the passphrase you had there.`,
  what: 'What',
  count: 'Count',
  hash: 'Hash',
  place: 'Place in the archive',
  problem: 'What is wrong',
  moreProblems: (count: number) => `and ${plural(count, 'more problem', 'more problems')}.`,
  notice: 'Worth knowing',
  everything: 'Every count and its hash',
  checked: {
    lines: 'Lines read',
    signatures: 'Signatures checked',
    identities: 'Identities of yours',
    counterparts: 'Identities of others',
    documents: 'Documents',
    agreements: 'Agreements',
    records: 'Records',
    chains: 'Chains',
    bodies: 'Bodies of records',
    erasedBodies: 'Bodies erased on purpose',
    forks: 'Forked chains',
    unknownSigners: 'Signatures by others, whose keys are not in it',
  },
  remove: 'Remove',
  removeLead:
    'Removes this party from this node for good: data, keys, everything. Export first; without an archive nothing can bring it back.',
  removeAct: 'Remove party',
  removeAsk: (name: string) => `Remove ${name} from this node for good?`,
  removeNow: 'Remove for good',
  removePassphrase: 'Your passphrase',
  removed: (name: string) => `${name} is removed from this node.`,
};
