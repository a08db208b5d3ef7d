import type { HomeId } from '../kernel/ids.ts';

/** A table whose rows of one home are a section of the archive. */
export interface Section {
  readonly table: string;
  /** Its primary key after home_id: the order of the rows. */
  readonly key: readonly string[];
  /** Columns that say something of one copy on one node, and nothing of the party. */
  readonly leftOut?: readonly string[];
  /** Of rows that are large, how many are read or erased at once. */
  readonly rowsAtOnce?: number;
}

/**
 * Every table that holds rows of a party, in the order of the archive: keys come before what they verify. Generic by
 * law 1 (each row has its home_id); a test holds this list and NOT_ARCHIVED against the schema.
 */
export const SECTIONS: readonly Section[] = [
  { table: 'parties', key: [], leftOut: ['paused_at'] },
  { table: 'party_secrets', key: [] },
  { table: 'recovery_shares', key: [] },
  { table: 'past_served', key: ['number'] },
  { table: 'past_inboxes', key: ['inbox'] },
  { table: 'recovery_commitments', key: ['position'] },
  { table: 'identity_changes', key: ['identity', 'number'] },
  { table: 'identity_conflicts', key: ['id'] },
  { table: 'identities', key: ['id'] },
  { table: 'counterparts', key: ['id'] },
  { table: 'relationships', key: ['id'] },
  { table: 'public_profiles', key: [] },
  { table: 'documents', key: ['id'] },
  { table: 'invitations', key: ['id'] },
  { table: 'forks', key: ['id'] },
  { table: 'records', key: ['rel', 'author', 'seq'] },
  { table: 'tickets', key: ['rel'] },
  { table: 'messages', key: ['rel', 'place', 'record'] },
  { table: 'commitments', key: ['id'] },
  { table: 'grants', key: ['id'] },
  { table: 'sealing_keys', key: ['rel', 'place'] },
  { table: 'sealing_due', key: ['rel'] },
  { table: 'reviews', key: ['rel', 'is_mine'] },
  { table: 'proofs', key: ['id'] },
  { table: 'proof_copies', key: ['proof', 'number'] },
  { table: 'proof_requests', key: ['id'] },
  { table: 'proof_issuers', key: ['address'] },
  { table: 'tier_rules', key: ['id'] },
  { table: 'tier_never', key: ['kind', 'value'] },
  { table: 'tier_releases', key: ['id'] },
  { table: 'tier_due', key: ['rel'] },
  { table: 'category_keys', key: ['category', 'epoch'] },
  { table: 'items', key: ['id'] },
  { table: 'item_versions', key: ['item', 'version'] },
  { table: 'item_heads', key: ['category', 'block'] },
  { table: 'vault_revisions', key: [] },
  { table: 'item_holders', key: ['item', 'holder'] },
  { table: 'sealed_vaults', key: [] },
  { table: 'sealed_categories', key: ['category'] },
  { table: 'sealed_objects', key: ['name'] },
  { table: 'files', key: ['id'] },
  { table: 'file_parts', key: ['file', 'number'], rowsAtOnce: 8 },
  { table: 'chosen_terms', key: ['place'] },
  { table: 'proffers', key: ['id'] },
  { table: 'intents', key: ['id'] },
  { table: 'intent_casts', key: ['id'] },
  { table: 'intent_attestations', key: ['market', 'epoch'] },
  { table: 'intent_offers', key: ['id'] },
  { table: 'kept_tables', key: ['market'] },
  { table: 'kept_table_parts', key: ['market', 'number', 'part'] },
  { table: 'kept_cells', key: ['market', 'number', 'cell'] },
  { table: 'storefronts', key: ['id'] },
  { table: 'desk_items', key: ['storefront', 'number'] },
  { table: 'desk_offers', key: ['id'] },
  { table: 'desk_casts', key: ['alias'] },
  { table: 'desk_holds', key: ['alias'] },
  { table: 'markets', key: [] },
  { table: 'market_storefronts', key: ['id'] },
  { table: 'market_listings', key: ['id'] },
  { table: 'market_ways', key: ['listing', 'unit'] },
  { table: 'market_cells', key: ['id'] },
  { table: 'market_casts', key: ['id'] },
  { table: 'market_tokens', key: ['epoch', 'token'] },
  { table: 'market_quotes', key: ['cast_id', 'listing'] },
  { table: 'market_aliases', key: ['alias'] },
  { table: 'market_holds', key: ['alias'] },
  { table: 'market_tables', key: ['number', 'part'] },
  { table: 'market_outcomes', key: ['agreement'] },
  { table: 'drop_boxes', key: ['box'] },
  { table: 'outbox', key: ['id'] },
  { table: 'inbox', key: ['sender', 'id'] },
  { table: 'counters', key: ['name'] },
  { table: 'jobs', key: ['id'] },
];

/** Tables of a party that no archive holds, since they are of this node alone; they go with the party all the same. */
export const HERE_ONLY: readonly Section[] = [
  { table: 'passkeys', key: ['id'] },
  { table: 'way_times', key: ['way'] },
];

/** Tables that no archive holds, each with the reason. */
export const NOT_ARCHIVED: Readonly<Record<string, string>> = {
  migrations: 'the version of one database, not of a party',
  node_values:
    'what the node remembers for itself: its key check, who runs it, where its markets are, whom it has told that it came back',
  handles: 'who is called what on this node; the handle itself is in `parties`',
  moves:
    'where moves from and to this node stand; it outlives the party here, so that mail can be sent after it',
  move_invitations: 'what this node has let come, and how far that is',
  sessions: 'browsers and programs that are signed in here; they would not be there',
  passkeys:
    'each works at the address of this node alone; elsewhere the passphrase opens the party, and new ones are made',
  way_times: 'when each way to open a party was last used, on this node',
  spent_challenges: 'what passkeys have answered in the last five minutes, on this node',
  drop_letters: 'letters that wait at this node for boxes of others',
  plain_items: 'items written before they were sealed: emptied before anything else when a node starts',
  plain_item_versions: 'as plain_items',
  sign_in_attempts: 'a count of tries in the last quarter of an hour, on this node',
};

/** What names a party: 128 bits in base 32. Nothing else is taken for a home from outside, the node's own least. */
export function isPartyId(home: HomeId): boolean {
  return /^[0-9a-hjkmnp-tv-z]{26}$/.test(home);
}
