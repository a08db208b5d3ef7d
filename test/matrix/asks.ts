import { NODE_HOME } from '../../src/parties/index.ts';
import { setSampleState } from '../../src/sample/model.ts';
import { PASSPHRASE } from '../harness/node.ts';
import { DAY, GHENT, trumpet, trumpetWanted } from '../story/goods.ts';
import type { Make } from './made.ts';
import * as made from './made.ts';
import type { Story } from './story.ts';

/** What is asked in one call. */
export interface Ask {
  readonly input: object;
  readonly file?: Blob;
  /** What somebody else sends in its place, where the right secret would make them Maya. */
  readonly others?: object;
  /** How it ends for Maya, where doing it would end the story or needs another node; else it is done. */
  readonly ends?: string;
  /** A call takes a good part of a second: of those who may, only some are tried. */
  readonly isCostly?: true;
  /** Making the thing takes long: those of hers who come second find it as the first has left it. */
  readonly isSlow?: true;
  /** Put right before every call. */
  readonly before?: () => Promise<void>;
}

type Asks = (story: Story) => Promise<Ask>;
type More = Omit<Ask, 'input'>;

const WRONG = 'wrong horse battery';
const VCARD = new Blob(['BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n']);
const CSV = new Blob(['id,title,price,availability\n']);
const costly = { isCostly: true } as const;
const slow = { isSlow: true } as const;

/** Names nothing that has to be made first. */
const plain =
  (input: object = {}, more: More = {}): Asks =>
  async () => ({ input, ...more });
const of =
  (input: (story: Story) => Promise<object> | object, more: More = {}): Asks =>
  async (story) => ({ input: await input(story), ...more });
/** Names one thing of Maya's, or that thing alone where many can be named. */
const one = (name: string, make: Make, rest: object = {}, more: More = {}): Asks =>
  of(async (story) => ({ [name]: await make(story), ...rest }), more);
const many = (make: Make, rest: object = {}, more: More = {}): Asks =>
  of(async (story) => ({ ids: [await make(story)], ...rest }), more);
const inRelationship = (rest: object = {}): Asks =>
  of(({ relationships }) => ({ relationship: relationships.brass, ...rest }));
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
  'claim-node': plain({ token: 'not-the-printed-one' }, { ends: 'token-refused' }),
  'create-party': of(() => ({ name: `Somebody ${numbers++}`, passphrase: PASSPHRASE }), costly),
  'sign-in': plain(
    { handle: 'maya', passphrase: PASSPHRASE },
    { others: { handle: 'maya', passphrase: WRONG }, ...costly },
  ),
  'recover-party': plain(
    { handle: 'maya', code: 'AAAAA-AAAAA', newPassphrase: PASSPHRASE },
    { ends: 'recovery-refused', ...costly },
  ),
  'act-as-sample': plain({ handle: 'maya' }, { ends: 'sample-party-unknown' }),
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

  'get-job': of(({ job }) => ({ id: job })),
  'list-jobs': plain(),
  'cancel-job': of(({ job }) => ({ id: job }), { ends: 'job-over' }),

  'list-roster': plain(),
  'show-terms': plain(),
  'choose-terms': plain({ ids: ['SD-BASE'] }),

  'proffer-terms': of(({ relationships }) => ({ to: relationships.brass, ids: ['SD-BASE'] })),
  'answer-terms': one('id', made.proffer, { answer: 'accept' }, slow),
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
  'item-history': of(({ item }) => ({ id: item })),
  'import-items': plain({}, { file: VCARD }),

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
  'forget-market': plain({ id: 'AAAA' }, { ends: 'market-unknown' }),

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
  'resume-relationship': one('relationship', made.paused, {}, slow),
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
  'fulfil-commitment': one('commitment', made.promise, {}, slow),
  'confirm-commitment': one('commitment', made.kept, {}, slow),
  'write-review': one('relationship', made.confirmed, { text: 'Good.' }, slow),
  'list-reviews': inRelationship(),

  'share-items': of((s) => ({
    relationship: s.relationships.brass,
    items: [{ item: s.sharedItem, purpose: 'to write' }],
  })),
  'stop-sharing': one('grant', made.grant, {}, slow),
  'give-readable': of((s) => ({ relationship: s.relationships.brass }), { ends: 'grant-state' }),
  'open-grant': one('grant', made.received, {}, slow),
  'state-deletion': one('grant', made.takenBack, { what: 'all-erased' }, slow),
  'list-grants': inRelationship(),
  'get-consent-record': one('grant', made.grant, {}, slow),
  'show-sharing': plain(),

  'list-deliveries': plain(),
  'retry-delivery': one('delivery', (s) => s.stuck()),
  'drop-delivery': one('delivery', (s) => s.stuck()),
  'retry-deliveries': many((s) => s.stuck()),
  'drop-deliveries': many((s) => s.stuck()),

  'show-node': plain(),
  'show-today': plain(),

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

  'back-up-node': plain({}, { ends: 'backup-lock-needed' }),

  'invite-party': plain(),
  'list-move-invitations': plain(),
  'withdraw-move-invitation': one('id', made.moveInvitation),
  'move-party': plain({ code: 'x', passphrase: WRONG }, { ends: 'code-malformed' }),
  'show-move': plain(),
  'cancel-move': plain({}, { ends: 'move-none' }),
  'take-into-use': plain({ passphrase: WRONG }, { ends: 'passphrase-wrong', ...costly }),
};
