import { generateIdentity, identityToRecipient } from 'age-encryption';
import { issueVisitorToken, NODE_HOME } from '../../src/parties/index.ts';
import { setSampleState } from '../../src/sample/model.ts';
import { PASSPHRASE } from '../harness/node.ts';
import { DAY, GHENT, trumpet, trumpetWanted } from '../story/goods.ts';
import { FILE_ASKS } from './asks-files.ts';
import { type Asks, costly, inRelationship, many, of, one, plain, slow } from './asks-kinds.ts';
import { TRUST_ASKS } from './asks-trust.ts';
import * as made from './made.ts';

const WRONG = 'wrong horse battery';
const RECIPIENT = await identityToRecipient(await generateIdentity());
/** What a device would send in the place of a passphrase and of a recovery code, and something sealed. */
const OCTETS = 'A'.repeat(64);
const LOCKED = {
  ...{ grant: 'drawn-by-a-device', property: 'schema:email', label: 'E-mail', purpose: 'to write', epoch: 1 },
  locked: { to: 'A'.repeat(43), enc: 'A'.repeat(43), key: OCTETS, value: OCTETS },
};
const SPLIT = `parley-key-1.${'A'.repeat(22)}.65536.3.1.${'A'.repeat(43)}`;
const SPLIT_CODE = `parley-code-1.${'A'.repeat(43)}`;
const WAYS = [`way/passphrase/${'A'.repeat(22)}`, 'way/recovery'].map((name) => ({ name, octets: OCTETS }));
const VCARD = new Blob(['BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n']);
const CSV = new Blob(['id,title,price,availability\n']);

const withSample =
  (state: 'loaded' | 'absent', ends: string): Asks =>
  async ({ node }) => ({
    ...{ input: {}, ends },
    before: () => node.deps.storage.transact(NODE_HOME, (tx) => setSampleState(tx, state)),
  });

let numbers = 0;

/** An input for every operation, valid by its schema, that names a thing of Maya's where it names any. */
export const ASKS: Readonly<Record<string, Asks>> = {
  'who-am-i': plain(),
  'claim-node': of(async ({ node }) => ({ token: await issueVisitorToken(node.deps) }), {
    others: { token: 'not-the-printed-one' },
  }),
  'create-party': of(() => ({ name: `Somebody ${numbers++}`, passphrase: PASSPHRASE }), costly),
  'sign-in': plain(
    { handle: 'maya', passphrase: PASSPHRASE },
    { others: { handle: 'maya', passphrase: WRONG }, ...costly },
  ),
  'recover-party': of(async (s) => ({ ...(await made.lost(s)), newPassphrase: PASSPHRASE }), {
    others: { handle: 'maya', code: 'AAAAA-AAAAA', newPassphrase: PASSPHRASE },
    ...costly,
  }),
  'act-as-sample': one('handle', made.sampleParty, {}, { others: { handle: 'maya' } }),
  'sign-out': plain(),
  'rename-party': plain({ name: 'Somebody else' }),
  'change-passphrase': plain({ old: WRONG, new: PASSPHRASE }, { ends: 'passphrase-wrong', ...costly }),
  'show-recovery-code': plain({ passphrase: WRONG }, { ends: 'passphrase-wrong', ...costly }),
  'confirm-recovery-code': plain({ lastGroup: 'AAAAA' }, { ends: 'recovery-code-gone' }),
  'create-token': plain({ label: 'a program', scopes: ['reads'] }),
  'list-tokens': plain(),
  'revoke-token': one('id', made.token),
  'list-sessions': plain(),
  'end-session': one('id', made.session),

  'list-devices': plain(),
  // Her browser has opened the node by a number, where there are no passkeys: src/devices does it by a name.
  'prepare-passkey': plain({}, { ends: 'passkeys-not-here' }),
  'add-passkey': plain(
    { name: 'A phone', passkey: { id: 'AAAA', clientDataJSON: 'AAAA', attestationObject: 'AAAA' } },
    { ends: 'passkeys-not-here' },
  ),
  'rename-passkey': one('id', made.passkey, { name: 'Another phone' }),
  'remove-passkey': one('id', made.passkey),
  'prepare-passkey-sign-in': plain({}, { ends: 'passkeys-not-here' }),
  'sign-in-with-passkey': plain(
    { signed: { id: 'AAAA', clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' } },
    { ends: 'passkeys-not-here' },
  ),
  'reset-passphrase': plain(
    {
      again: { signed: { id: 'AAAA', clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' } },
      newPassphrase: PASSPHRASE,
    },
    { ends: 'passkeys-not-here' },
  ),
  'make-recovery-shares': plain({ passphrase: WRONG }, { ends: 'passphrase-wrong', ...costly }),
  'recover-with-shares': plain(
    { handle: 'maya', first: 'AAAA', second: 'AAAA', newPassphrase: PASSPHRASE },
    { ends: 'share-misread' },
  ),

  'get-job': of(({ job }) => ({ id: job })),
  'list-jobs': plain(),
  'cancel-job': of(({ job }) => ({ id: job }), { ends: 'job-over' }),

  'list-roster': plain(),
  'show-terms': plain(),
  'choose-terms': plain({ ids: ['SD-BASE'] }),

  'proffer-terms': of(({ relationships }) => ({ to: relationships.brass, ids: ['SD-BASE'] })),
  'answer-terms': async (s) => ({
    input: { id: await made.proffer(s), answer: 'accept' },
    side: { id: await made.profferOfHers(s), answer: 'accept' },
    ...slow,
  }),
  'list-proffers': inRelationship(),

  'be-found': one('name', made.publicName, { displayName: 'Horn' }),
  'stop-being-found': plain(),
  'show-public-profile': plain(),
  'find-party': plain({ address: 'maya@elsewhere.invalid' }, { ends: 'node-unreachable' }),

  'list-items': of(({ item }) => ({ id: item })),
  'list-properties': plain(),
  'list-tags': plain(),
  'put-item': one('id', made.item, { property: 'vcard:note', value: 'Another note' }),
  'remove-item': one('id', made.item),
  'restore-item': one('id', made.trashed),
  'remove-items': many(made.item),
  'restore-items': many(made.trashed),
  'tag-items': many(made.item, { tag: 'new' }),
  'untag-items': many(made.item, { tag: 'mine' }),
  'empty-trash': plain(),
  ...FILE_ASKS,
  'item-history': of(({ item }) => ({ id: item })),
  'import-items': plain({}, { file: VCARD }),

  'prepare-sign-in': plain({ handle: 'maya' }),
  'show-vault': plain(),
  // To begin one would end the story, whose passphrase everybody knows: src/sealed does it.
  'begin-vault': plain(
    { passphrase: WRONG, newPassphrase: SPLIT, recovery: SPLIT_CODE, statement: OCTETS, put: WAYS },
    { ends: 'passphrase-wrong', ...costly },
  ),
  'read-sealed': plain({ prefix: 'item/' }),
  'write-sealed': plain({ expects: 1, statement: OCTETS }, { ends: 'vault-missing' }),
  'seal-category': plain({ category: 'note', expects: 1, statement: OCTETS }, { ends: 'vault-missing' }),
  'serve-category': plain({ category: 'note', expects: 1, statement: OCTETS }, { ends: 'vault-missing' }),
  'read-whole-items': many(made.item),
  'serve-items': plain(
    { category: 'note', items: [], expects: 1, statement: OCTETS },
    { ends: 'vault-missing' },
  ),

  'draft-intent': plain({ sentence: 'a used trumpet in Ghent' }),
  'find-categories': plain({ search: 'trumpet' }),
  'find-places': plain({ search: 'Ghent' }),
  'preview-cast': of(({ now }) => ({ fields: trumpetWanted(now) })),
  'cast-intent': of(({ now }) => ({
    fields: trumpetWanted(now, {
      category: made.OTHER_CATEGORY,
      budget: { max: { unit: 'EUR', value: `${10_000 + numbers++}` } },
    }),
  })),
  'list-intents': plain(),
  'get-intent': one('id', made.intent, {}, slow),
  'widen-intent': one('id', made.intent, {}, { ends: 'nothing-wider', ...slow }),
  'close-intent': one('id', made.intent, {}, slow),
  'close-intents': many(made.intent, {}, slow),
  'list-offers': one('intent', made.intent, {}, slow),
  'decline-offer': one('id', made.offer, {}, slow),
  'decline-offers': many(made.offer, {}, slow),
  'forget-market': one('id', made.market, {}, { ends: 'market-here' }),

  'add-market': plain({ host: 'elsewhere.invalid' }, { ends: 'node-unreachable' }),
  'list-markets': plain(),
  'show-market': plain(),
  'list-cells': plain(),

  'open-storefront': plain({ name: 'One more' }, { ends: 'storefront-open' }),
  'list-storefronts': plain(),
  'publish-listing': of(async (s) => ({ ...trumpet(s.now), id: await made.listing(s) })),
  'import-listings': of(
    ({ storefront }) => ({ storefront, mapping: { place: GHENT, category: made.OTHER_CATEGORY } }),
    { file: CSV },
  ),
  'list-listings': of(({ storefront }) => ({ storefront })),
  'set-stock': one('id', made.listing, { stock: 7 }),
  'withdraw-listing': one('id', made.listing),
  'withdraw-listings': many(made.listing),
  'list-casts': one('alias', (s) => s.asked(), {}, slow),
  'answer-intent': of(
    async (s) => ({
      ...{ alias: await s.asked(), title: 'Another', price: { unit: 'EUR', value: '19000' } },
      ...{ until: s.now + 5 * DAY, delivery: { how: 'pickup' } },
    }),
    slow,
  ),
  'decline-cast': one('alias', (s) => s.asked(), {}, slow),
  'decline-casts': many((s) => s.asked(), {}, slow),
  'list-answers': plain(),

  'preview-accept': one('offer', made.offer, {}, slow),
  'accept-offer': one('offer', made.offer, {}, slow),
  'get-agreement': inRelationship(),

  'list-relationships': plain(),
  'get-relationship': inRelationship(),
  'write-expectations': inRelationship({ text: 'Soon.' }),
  'confirm-keys': of(async (s) => ({ relationship: s.relationships.brass, code: await made.keysCode(s) })),
  'pause-relationship': one('relationship', made.relationship, {}, slow),
  'resume-relationship': async (s) => ({
    input: { relationship: await made.paused(s) },
    side: { relationship: await made.pausedByVendor(s) },
    ...slow,
  }),
  'end-relationship': one('relationship', made.relationship, {}, slow),

  'invite-person': plain({ name: 'Somebody' }),
  'read-invitation': of(async (s) => ({ code: (await made.invitation(s)).code })),
  'accept-invitation': of(async (s) => ({ code: (await made.invitationOfNina(s)).code })),
  'answer-acceptance': one('relationship', made.acceptance, { answer: 'sign' }),
  'list-invitations': plain(),
  'withdraw-invitation': of(async (s) => ({ invitation: (await made.invitation(s)).id })),

  'send-message': inRelationship({ text: 'Hello.' }),
  'list-messages': inRelationship(),
  'mark-read': inRelationship(),

  'list-commitments': inRelationship(),
  'fulfil-commitment': async (s) => {
    const commitment = await made.promise(s);
    return { input: { commitment }, side: { commitment: commitment.replace(/1$/, '0') }, ...slow };
  },
  'confirm-commitment': async (s) => ({
    input: { commitment: await made.kept(s) },
    side: { commitment: await made.keptByHer(s) },
    ...slow,
  }),
  'write-review': one('relationship', made.confirmed, { text: 'Good.' }, slow),
  'list-reviews': inRelationship(),

  'share-items': async (s) => {
    const share = (relationship: string, item: string): object => ({
      relationship,
      items: [{ item, purpose: 'to write' }],
    });
    return {
      input: share(s.relationships.brass, s.sharedItem),
      side: share(await made.relationship(s), await made.itemOfVendor(s)),
    };
  },
  'stop-sharing': one('grant', made.grant, {}, slow),
  'give-readable': of((s) => ({ relationship: s.relationships.brass }), { ends: 'grant-state' }),
  'show-their-key': inRelationship({ nonce: 'A'.repeat(22) }),
  'give-from-device': of((s) => ({ relationship: s.relationships.brass, ...LOCKED }), {
    ends: 'sealing-key-changed',
  }),
  'open-grant': one('grant', made.received, {}, slow),
  'state-deletion': one('grant', made.takenBack, { what: 'all-erased' }, slow),
  'list-grants': inRelationship(),
  'get-consent-record': one('grant', made.grant, {}, slow),
  'show-sharing': plain(),

  ...TRUST_ASKS,

  'list-deliveries': plain(),
  'retry-delivery': one('delivery', (s) => s.stuck()),
  'drop-delivery': one('delivery', (s) => s.stuck()),
  'retry-deliveries': many((s) => s.stuck()),
  'drop-deliveries': many((s) => s.stuck()),

  'show-node': plain(),
  'show-today': plain(),
  'list-owed': plain(),
  'dismiss-restored-note': plain(),

  'load-sample': withSample('loaded', 'sample-present'),
  'sample-status': plain(),
  'remove-sample': withSample('absent', 'sample-absent'),

  'export-party': plain({ passphrase: PASSPHRASE }, costly),
  'verify-export': async (s) => ({
    input: { passphrase: PASSPHRASE },
    file: await made.archive(s),
    ...costly,
  }),
  'import-party': async (s) => ({
    ...{ input: { passphrase: PASSPHRASE }, file: await made.archive(s), ends: 'party-exists' },
    ...costly,
  }),
  'remove-party': plain({ passphrase: WRONG }, { ends: 'passphrase-wrong', ...costly }),

  'back-up-node': async ({ node }) => ({
    input: { recipient: RECIPIENT },
    ...(node.deps.storage.copyTo ? {} : { ends: 'backup-elsewhere' }),
    ...costly,
  }),

  'invite-party': plain(),
  'list-move-invitations': plain(),
  'withdraw-move-invitation': one('id', made.moveInvitation),
  'move-party': plain({ code: 'x', passphrase: WRONG }, { ends: 'code-malformed' }),
  'show-move': plain(),
  'cancel-move': plain({}, { ends: 'move-none' }),
  'take-into-use': plain({ passphrase: WRONG }, { ends: 'passphrase-wrong', ...costly }),
};
