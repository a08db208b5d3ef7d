import type { Row } from './kinds.ts';

type Scope = Row['scope'];

const anyone = (scope: Scope, others?: string): Row => row('anyone', scope, others);
/** Names nothing of anybody's: everybody has only their own. */
const own = (scope: Scope): Row => row('party', scope);
/** Names something of the caller's; whoever names another's gets this. */
const theirs = (scope: Scope, others: string): Row => row('party', scope, others);
/** Names something that both sides of a relationship have. */
const between = (scope: Scope, others: string): Row => ({ ...row('party', scope, others), bothSides: true });
const operator = (scope: Scope): Row => row('operator', scope);

function row(who: Row['who'], scope: Scope, others?: string): Row {
  return { who, scope, ...(others !== undefined && { others }) };
}

/** What is sealed no program gets, nor does it change any. */
const closed = (sealed: string, it: Row): Row => ({ ...it, sealed });

const NO_RELATIONSHIP = 'relationship-unknown';

/**
 * Who may call what: one row for every operation, room by room. It repeats on purpose what the operations say of
 * themselves, so that nobody changes who may call one without changing this too. What has no row fails the test.
 */
export const MATRIX: Readonly<Record<string, Row>> = {
  'who-am-i': anyone('reads'),
  'claim-node': anyone('writes', 'token-refused'),
  'create-party': operator('writes'),
  'sign-in': anyone('writes', 'sign-in-refused'),
  'recover-party': anyone('writes', 'recovery-refused'),
  'act-as-sample': row('somebody', 'writes', 'sample-party-unknown'),
  'sign-out': own('person'),
  'rename-party': own('writes'),
  'change-passphrase': own('person'),
  'show-recovery-code': own('person'),
  'confirm-recovery-code': own('person'),
  'create-token': own('person'),
  'list-tokens': own('person'),
  'revoke-token': theirs('person', 'token-unknown'),
  'list-sessions': own('person'),
  'end-session': theirs('person', 'session-unknown'),

  'list-devices': own('person'),
  'prepare-passkey': own('person'),
  'add-passkey': own('person'),
  'rename-passkey': theirs('person', 'passkey-unknown'),
  'remove-passkey': theirs('person', 'passkey-unknown'),
  'prepare-passkey-sign-in': anyone('person'),
  'sign-in-with-passkey': anyone('person'),
  'reset-passphrase': own('person'),
  'make-recovery-shares': own('person'),
  'recover-with-shares': anyone('writes', 'share-misread'),

  'get-job': theirs('reads', 'job-unknown'),
  'list-jobs': own('reads'),
  'cancel-job': theirs('writes', 'job-unknown'),

  'list-roster': anyone('reads'),
  'show-terms': own('reads'),
  'choose-terms': own('writes'),

  'proffer-terms': between('binds', 'recipient-unknown'),
  'answer-terms': between('binds', 'proffer-unknown'),
  'list-proffers': between('reads', 'none'),

  'be-found': theirs('discloses', 'name-taken'),
  'stop-being-found': own('writes'),
  'show-public-profile': own('reads'),
  'find-party': own('reads'),

  'list-items': theirs('reads', 'none'),
  'list-properties': own('reads'),
  'list-tags': own('reads'),
  'put-item': theirs('writes', 'item-unknown'),
  'remove-item': theirs('writes', 'item-unknown'),
  'restore-item': theirs('writes', 'item-unknown'),
  'remove-items': theirs('writes', 'not item-unknown'),
  'restore-items': theirs('writes', 'not item-unknown'),
  'tag-items': theirs('writes', 'not item-unknown'),
  'untag-items': theirs('writes', 'not item-unknown'),
  'empty-trash': own('writes'),
  'list-files': closed('none', own('reads')),
  'show-file': closed('file-sealed', theirs('reads', 'file-unknown')),
  'begin-file': closed('file-sealed', own('writes')),
  'put-file-part': closed('file-sealed', theirs('writes', 'file-unknown')),
  'finish-file': closed('file-sealed', theirs('writes', 'file-unknown')),
  'cancel-file': closed('file-sealed', theirs('writes', 'file-unknown')),
  'read-file': closed('file-sealed', theirs('reads', 'file-unknown')),
  'read-file-part': closed('file-sealed', theirs('reads', 'file-unknown')),
  'rename-file': closed('file-sealed', theirs('writes', 'file-unknown')),
  'remove-files': closed('not file-sealed', theirs('writes', 'not file-unknown')),
  'restore-files': closed('not file-sealed', theirs('writes', 'not file-unknown')),
  'erase-files': closed('not file-sealed', theirs('writes', 'not file-unknown')),
  'empty-file-trash': own('writes'),
  'item-history': theirs('reads', 'item-unknown'),
  'import-items': own('writes'),

  'prepare-sign-in': anyone('person'),
  'show-vault': own('person'),
  'begin-vault': own('person'),
  'read-sealed': own('person'),
  'write-sealed': own('person'),
  'seal-category': own('person'),
  'serve-category': own('person'),
  'read-whole-items': theirs('person', 'none'),
  'serve-items': own('person'),

  'draft-intent': own('reads'),
  'find-categories': own('reads'),
  'find-places': own('reads'),
  'preview-cast': own('reads'),
  'cast-intent': own('discloses'),
  'list-intents': own('reads'),
  'get-intent': theirs('reads', 'intent-unknown'),
  'widen-intent': theirs('discloses', 'intent-unknown'),
  'close-intent': theirs('discloses', 'intent-unknown'),
  'close-intents': theirs('discloses', 'not intent-unknown'),
  'list-offers': theirs('reads', 'intent-unknown'),
  'decline-offer': theirs('writes', 'offer-unknown'),
  'decline-offers': theirs('writes', 'not offer-unknown'),
  'forget-market': operator('writes'),

  'add-market': own('writes'),
  'list-markets': anyone('reads'),
  'show-market': anyone('reads'),
  'list-cells': anyone('reads'),

  'open-storefront': own('discloses'),
  'list-storefronts': own('reads'),
  'publish-listing': theirs('binds', 'listing-unknown'),
  'import-listings': theirs('binds', 'storefront-unknown'),
  'list-listings': theirs('reads', 'none'),
  'set-stock': theirs('binds', 'listing-unknown'),
  'withdraw-listing': theirs('writes', 'listing-unknown'),
  'withdraw-listings': theirs('writes', 'not listing-unknown'),
  'list-casts': theirs('reads', 'none'),
  'answer-intent': theirs('binds', 'cast-unknown'),
  'decline-cast': theirs('writes', 'cast-unknown'),
  'decline-casts': theirs('writes', 'not cast-unknown'),
  'list-answers': own('reads'),

  'preview-accept': theirs('reads', 'offer-unknown'),
  'accept-offer': theirs('binds', 'offer-unknown'),
  'get-agreement': between('reads', NO_RELATIONSHIP),

  'list-relationships': own('reads'),
  'get-relationship': between('reads', NO_RELATIONSHIP),
  'write-expectations': between('discloses', NO_RELATIONSHIP),
  'confirm-keys': between('person', NO_RELATIONSHIP),
  'pause-relationship': between('binds', NO_RELATIONSHIP),
  'resume-relationship': between('binds', NO_RELATIONSHIP),
  'end-relationship': between('binds', NO_RELATIONSHIP),

  'invite-person': own('binds'),
  'read-invitation': own('reads'),
  'accept-invitation': own('binds'),
  'answer-acceptance': theirs('binds', NO_RELATIONSHIP),
  'list-invitations': own('reads'),
  'withdraw-invitation': theirs('writes', 'invitation-unknown'),

  'send-message': between('discloses', NO_RELATIONSHIP),
  'list-messages': between('reads', NO_RELATIONSHIP),
  'mark-read': between('writes', NO_RELATIONSHIP),

  'list-commitments': between('reads', 'none'),
  'fulfil-commitment': between('binds', 'commitment-unknown'),
  'confirm-commitment': between('binds', 'commitment-unknown'),
  'write-review': between('discloses', NO_RELATIONSHIP),
  'list-reviews': between('reads', 'none'),

  'share-items': between('discloses', NO_RELATIONSHIP),
  'stop-sharing': theirs('binds', 'grant-unknown'),
  'give-readable': between('discloses', NO_RELATIONSHIP),
  'show-their-key': between('person', NO_RELATIONSHIP),
  'give-from-device': between('discloses', NO_RELATIONSHIP),
  'open-grant': theirs('binds', 'grant-unknown'),
  'state-deletion': theirs('binds', 'grant-unknown'),
  'list-grants': between('reads', 'none'),
  'get-consent-record': between('reads', 'grant-unknown'),
  'show-sharing': own('reads'),

  'issue-proof': between('binds', NO_RELATIONSHIP),
  'take-proof': theirs('discloses', 'proof-unknown'),
  'import-proof': own('person'),
  'list-proofs': between('reads', 'none'),
  'remove-proof': between('writes', 'proof-unknown'),
  'ask-for-proof': between('discloses', NO_RELATIONSHIP),
  'list-proof-requests': between('reads', 'none'),
  'answer-proof-request': theirs('discloses', 'proof-request-unknown'),
  'check-issuer': own('writes'),
  'list-rules': own('reads'),
  'put-rule': theirs('writes', 'rule-unknown'),
  'preview-rule': theirs('reads', 'rule-unknown'),
  'try-rule': theirs('reads', 'rule-unknown'),
  'switch-rule': theirs('discloses', 'rule-unknown'),
  'remove-rule': theirs('writes', 'rule-unknown'),
  'restore-rule': theirs('discloses', 'rule-unknown'),
  'set-never': own('writes'),
  'list-releases': between('reads', 'none'),
  'answer-release': theirs('discloses', 'release-unknown'),
  'show-next': between('reads', NO_RELATIONSHIP),

  'list-deliveries': own('reads'),
  'retry-delivery': theirs('writes', 'delivery-not-stuck'),
  'drop-delivery': theirs('writes', 'delivery-not-stuck'),
  'retry-deliveries': theirs('writes', 'not delivery-not-stuck'),
  'drop-deliveries': theirs('writes', 'not delivery-not-stuck'),

  'show-node': operator('reads'),
  'show-today': own('reads'),
  'list-owed': own('reads'),
  'dismiss-restored-note': own('writes'),

  'load-sample': own('writes'),
  'sample-status': anyone('reads'),
  'remove-sample': { ...own('writes'), runsNode: true },

  'export-party': own('person'),
  'verify-export': row('somebody', 'reads'),
  'import-party': operator('writes'),
  'remove-party': own('person'),

  'back-up-node': operator('person'),

  'invite-party': operator('writes'),
  'list-move-invitations': operator('reads'),
  'withdraw-move-invitation': operator('writes'),
  'move-party': own('person'),
  'show-move': own('reads'),
  'cancel-move': own('person'),
  'take-into-use': own('person'),
};
