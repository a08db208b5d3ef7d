import { toBase64url } from '../../src/kernel/bytes.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { type SigningKey, signingKey, thumbprint } from '../../src/kernel/signing.ts';
import type { Deps } from '../../src/operations.ts';
import { nodeSigningKey, oneUseSigningKey, recoveryKey, rootKey } from '../../src/parties/identity.ts';
import { nodeIdentityKey, type PartyTables } from '../../src/parties/index.ts';
import { oneUseSecretOf, servedSecretOf } from '../../src/parties/keys.ts';
import { unwrapWithPassphrase } from '../../src/parties/secrets.ts';
import { getSecrets } from '../../src/parties/store.ts';
import { tables, type View } from '../../src/storage/index.ts';
import { PASSPHRASE } from '../../test/harness/node.ts';

/** Every key that anybody in the story signs with, by its thumbprint. */
export type KeyBook = ReadonlyMap<string, SigningKey>;

/** Nobody knows this one. */
export const STRANGER = signingKey(seededRandom('a stranger').bytes(32));

export async function keyBookOf(nodes: readonly Deps[]): Promise<KeyBook> {
  const keys: SigningKey[] = [STRANGER];
  for (const deps of nodes) {
    keys.push(nodeIdentityKey(deps.nodeKey));
    keys.push(...(await deps.storage.read((view) => keysOfNode(view, deps))));
  }
  return new Map(keys.map((key) => [key.kid, key]));
}

async function keysOfNode(view: View, deps: Deps): Promise<SigningKey[]> {
  const db = tables<PartyTables & { outbox: { home_id: string; signer: string } }>(view);
  const identities = await db.selectFrom('identities').select(['home_id', 'position']).execute();
  const names = await db
    .selectFrom('outbox')
    .select(['home_id', 'signer'])
    .distinct()
    .where('signer', 'like', 'one-use/%')
    .execute();
  const keys: SigningKey[] = [];
  for (const { home_id: home, position } of identities) {
    const served = await servedSecretOf(view, deps.nodeKey, home);
    keys.push(rootKey(served, position), nodeSigningKey(served, position));
  }
  for (const { home_id: home, signer } of names) {
    const secret = await oneUseSecretOf(view, deps.nodeKey, home);
    keys.push(oneUseSigningKey(secret, signer.slice('one-use/'.length)));
  }
  return keys;
}

/** The secret of a party, which only its owner can open. */
export async function ownSecretOf(deps: Deps, home: string): Promise<Uint8Array> {
  const row = await deps.storage.read((view) => getSecrets(view, home));
  const secret = row && (await unwrapWithPassphrase(row, PASSPHRASE));
  if (!secret) throw new Error('the passphrase of the story opens it');
  return secret;
}

/** The recovery keys of a party's identities before their first and their second change. */
export function recoveryKeys(secret: Uint8Array, positions: number): SigningKey[] {
  return Array.from({ length: positions }, (_, position) =>
    [0, 1].map((changes) => recoveryKey(secret, position, changes)),
  ).flat();
}

/** The key of a public key in base64url. */
export function keyNamed(book: KeyBook, publicKey: Uint8Array): SigningKey {
  const key = book.get(thumbprint(publicKey));
  if (!key) throw new Error(`nobody in the story has ${toBase64url(publicKey)}`);
  return key;
}
