import { equalBytes, fromBase64url, toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { derive, open } from '../kernel/sealing.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import { documentId, fromWire, type SignedDocument, toWire } from '../records/index.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import {
  type Address,
  inceptionDocument,
  nodeSigningKey,
  oneUseSigningKey,
  readInception,
} from './identity.ts';
import { makeInboxPath } from './inbox-path.ts';
import { type CounterpartRow, NODE_HOME, type PartyTables, type SecretsRow } from './model.ts';
import { openServed, readyKey } from './ready-keys.ts';
import {
  commitmentFor,
  getCorrespondents,
  getIdentity,
  getPartyRow,
  getSecrets,
  identityOfInbox,
  insertCounterpart,
  insertIdentity,
  takePosition,
} from './store.ts';

/** The party's served secret, opened with the node's key. */
export async function servedSecretOf(view: View, nodeKey: Uint8Array, home: HomeId): Promise<Uint8Array> {
  return openServed(nodeKey, await secretsOf(view, home));
}

async function secretsOf(view: View, home: HomeId): Promise<SecretsRow> {
  const secrets = await getSecrets(view, home);
  assert(secrets, 'every party on this node has secrets');
  return secrets;
}

/** The key with which the node signs for the identity at a position. */
export async function keyAt(view: View, deps: BaseDeps, home: HomeId, position: number): Promise<SigningKey> {
  return readyKey(deps.nodeKey, await secretsOf(view, home), position);
}

/** The served secret after so many renewals; undefined when there never was one of that number here. */
export async function servedSecretNumbered(
  view: View,
  nodeKey: Uint8Array,
  home: HomeId,
  number: number,
): Promise<Uint8Array | undefined> {
  const row = await tables<PartyTables>(view)
    .selectFrom('past_served')
    .select('past_served')
    .where('home_id', '=', home)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row) return open(nodeKey, row.past_served, pastServedContext(home));
  const inForce = (await getSecrets(view, home))?.served_number ?? 0;
  return number === inForce ? servedSecretOf(view, nodeKey, home) : undefined;
}

/** What the node seals My data under, and how often the served secret that it comes from had been renewed. */
export interface VaultRoot {
  readonly number: number;
  readonly key: Uint8Array;
}

/** The root of served categories: of the served secret in force, or of the one after so many renewals. */
export async function vaultRootOf(
  view: View,
  nodeKey: Uint8Array,
  home: HomeId,
  number?: number,
): Promise<VaultRoot> {
  const asked = number ?? (await secretsOf(view, home)).served_number ?? 0;
  const served = await servedSecretNumbered(view, nodeKey, home, asked);
  assert(served, 'a served secret under which something is sealed stays');
  return { number: asked, key: derive(served, 'parley/vault/v1') };
}

export const pastServedContext = (home: HomeId): string => `past-served|${home}`;

/** The secret that one-use keys come from: the first served one, since a renewal must not take them away. */
export async function oneUseSecretOf(view: View, nodeKey: Uint8Array, home: HomeId): Promise<Uint8Array> {
  const first = await servedSecretNumbered(view, nodeKey, home, 0);
  assert(first, 'the first served secret stays');
  return first;
}

/** One of my pairwise identities, with what it takes to speak as it. */
export interface OwnIdentity extends Address {
  readonly id: string;
  readonly document: SignedDocument;
  readonly key: SigningKey;
}

/**
 * A fresh pairwise identity for one purpose. Fails with `identities-used-up` when the owner has not signed in for so
 * long that no recovery commitment is left, and with `party-paused` on an imported copy.
 */
export async function newIdentity(tx: Tx, deps: BaseDeps, purpose: string): Promise<Result<OwnIdentity>> {
  const party = await getPartyRow(tx, tx.home);
  if (!party || party.paused_at !== null) {
    return fail(
      'party-paused',
      'This is a paused copy; it signs nothing.',
      'Act from the node that is in use.',
    );
  }
  const position = await takePosition(tx);
  const commitment = position === undefined ? undefined : await commitmentFor(tx, position);
  if (position === undefined || commitment === undefined) {
    return fail(
      'identities-used-up',
      'No new relationship can be opened until the owner signs in once.',
      'Sign in; that prepares new ones.',
    );
  }
  const served = await servedSecretOf(tx, deps.nodeKey, tx.home);
  const address = { host: deps.host, inbox: makeInboxPath(deps.nodeKey, tx.home, deps.random) };
  const document = inceptionDocument(served, position, commitment, address);
  const id = documentId(document);
  const key = nodeSigningKey(served, position);
  await insertIdentity(tx, {
    id,
    position,
    purpose,
    inbox: address.inbox,
    node_key: Buffer.from(key.publicKey).toString('base64url'),
    document: JSON.stringify(toWire(document)),
    created_at: deps.clock.now(),
  });
  return ok({ id, document, key, ...address });
}

/** The two of a relationship as one of them is about to speak. */
interface Correspondents {
  readonly key: SigningKey;
  readonly other: Counterpart;
  /** A paused copy signs nothing. */
  readonly isPaused: boolean;
}

/** What it takes to speak as an identity made earlier to somebody who is known. */
export async function correspondentsOf(
  tx: Tx,
  deps: BaseDeps,
  mine: string,
  theirs: string,
): Promise<Correspondents | undefined> {
  const row = await getCorrespondents(tx, tx.home, mine, theirs);
  if (!row) return undefined;
  const key = readyKey(deps.nodeKey, row, row.position);
  return { key, other: counterpartOf(row), isPaused: row.paused_at !== null };
}

/** An identity made earlier, ready to sign. */
export async function ownIdentity(tx: Tx, deps: BaseDeps, id: string): Promise<OwnIdentity | undefined> {
  const row = await getIdentity(tx, tx.home, id);
  if (!row) return undefined;
  const party = await getPartyRow(tx, tx.home);
  assert(party?.paused_at === null, 'a paused copy signs nothing');
  const document = fromWire(JSON.parse(row.document));
  assert(document.ok, 'a stored identity is well formed');
  return {
    id,
    document: document.value,
    key: await keyAt(tx, deps, tx.home, row.position),
    host: deps.host,
    inbox: row.inbox,
  };
}

/** The key of the identity that has this inbox: it signs receipts. Paths that were made for one thing have none. */
export async function inboxKey(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  inbox: string,
): Promise<SigningKey | undefined> {
  const row = await identityOfInbox(view, home, inbox);
  if (row) return keyAt(view, deps, home, row.position);
  return pastInboxKey(view, deps, home, inbox);
}

/** Whoever still posts to an address that an identity had before knows it by the key of that time. */
async function pastInboxKey(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  inbox: string,
): Promise<SigningKey | undefined> {
  const past = await tables<PartyTables>(view)
    .selectFrom('past_inboxes')
    .select(['identity', 'served_number'])
    .where('home_id', '=', home)
    .where('inbox', '=', inbox)
    .executeTakeFirst();
  const row = past && (await getIdentity(view, home, past.identity));
  const served = past && (await servedSecretNumbered(view, deps.nodeKey, home, past.served_number));
  return row && served && nodeSigningKey(served, row.position);
}

/** The key of one of my identities that has this public key, in force or from before; undefined when it never had it. */
export async function keyOnceOf(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  identity: string,
  publicKey: Uint8Array,
): Promise<SigningKey | undefined> {
  const row = await getIdentity(view, home, identity);
  const newest = (await getSecrets(view, home))?.served_number ?? 0;
  for (let number = newest; row && number >= 0; number--) {
    const served = await servedSecretNumbered(view, deps.nodeKey, home, number);
    const key = served && nodeSigningKey(served, row.position);
    if (key && equalBytes(key.publicKey, publicKey)) return key;
  }
  return undefined;
}

/** A key for one cast, or for one vendor of one cast: signs before there is any relationship. */
export async function oneUseKey(tx: Tx, deps: BaseDeps, name: string): Promise<SigningKey> {
  return oneUseSigningKey(await oneUseSecretOf(tx, deps.nodeKey, tx.home), name);
}

/** Somebody else's pairwise identity, pinned when it was first met. */
export interface Counterpart extends Address {
  readonly id: string;
  readonly nodeKey: Uint8Array;
}

/** Verifies an inception document and pins it; the same document again changes nothing. */
export async function meetCounterpart(tx: Tx, deps: BaseDeps, wire: unknown): Promise<Result<Counterpart>> {
  const document = fromWire(wire);
  if (!document.ok) return document;
  const inception = readInception(document.value);
  if (!inception.ok) return inception;
  const { id, nodeKey, host, inbox } = inception.value;
  await insertCounterpart(tx, {
    id,
    node_key: Buffer.from(nodeKey).toString('base64url'),
    host,
    inbox,
    document: JSON.stringify(toWire(document.value)),
    met_at: deps.clock.now(),
    confirmed_head: null,
  });
  return ok({ id, nodeKey, host, inbox });
}

/** Where a counterpart is reached, and the key that its receipts are signed by. */
export function reachOf({ host, inbox, nodeKey }: Counterpart): Address & { readonly key: string } {
  return { host, inbox, key: toBase64url(nodeKey) };
}

export function counterpartOf(row: Pick<CounterpartRow, 'id' | 'node_key' | 'host' | 'inbox'>): Counterpart {
  const nodeKey = fromBase64url(row.node_key);
  assert(nodeKey, 'a pinned key is base64url');
  return { id: row.id, nodeKey, host: row.host, inbox: row.inbox };
}

/** The node's own signing key: attests accounts, signs receipts. */
export function nodeIdentityKey(nodeKey: Uint8Array): SigningKey {
  return signingKey(derive(nodeKey, `parley/node-identity/v1/${NODE_HOME}`));
}
