import type { Town } from '../../src/archive/testing.ts';
import { must } from '../../src/kernel/result.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { signingKey } from '../../src/kernel/signing.ts';
import { rootKey } from '../../src/parties/identity.ts';
import { changeDocument } from '../../src/parties/identity-change.ts';
import { learnChange, type Renewed, renewIdentities } from '../../src/parties/index.ts';
import { servedSecretOf } from '../../src/parties/keys.ts';
import { type SignedDocument, toWire } from '../../src/records/index.ts';
import { findRelationship } from '../../src/relationships/index.ts';
import { ownSecretOf } from '../messages/key-book.ts';

const maya = { as: 'maya' };
const shop = { as: 'fanfare' };

/**
 * Maya's identities get new keys twice, the shop's once, with a word of each in between; and the shop's old root says
 * something else, which Maya keeps as proof.
 */
export async function changeKeys({ node, homes, open }: Town): Promise<void> {
  const renew = async (home: string): Promise<Renewed[]> => {
    const secret = await ownSecretOf(node.deps, home);
    return node.deps.storage.transact(home, (tx) => renewIdentities(tx, node.deps, secret, 'a fixture'));
  };
  const tell = (to: string, change: SignedDocument): Promise<unknown> =>
    node.deps.storage.transact(to, async (tx) => must(await learnChange(tx, node.deps, toWire(change))));
  const served = await node.deps.storage.read((view) =>
    servedSecretOf(view, node.deps.nodeKey, homes.fanfare),
  );
  const positions = [0, 1, 2, 3, 4, 5, 6, 7].map((position) => rootKey(served, position));
  const theirs = await renew(homes.fanfare);
  const relationship = await node.deps.storage.read((view) => findRelationship(view, homes.maya, open));
  const known = theirs.find((it) => it.id === relationship?.theirs);
  if (!known) throw new Error('the shop is the other side');
  for (let time = 0; time < 2; time++) {
    const mine = await renew(homes.maya);
    const change = mine.find((it) => it.id === relationship?.mine)?.change;
    if (change) await tell(homes.fanfare, change);
    await node.done('send-message', { relationship: open, text: `New keys, ${time + 1}.` }, maya);
    await node.idle();
  }
  await tell(homes.maya, known.change);
  await node.done('send-message', { relationship: open, text: 'We have new ones too.' }, shop);
  await node.idle();
  const root = positions.find((key) => Buffer.compare(key.publicKey, known.before.root) === 0);
  if (!root) throw new Error('the shop had this root');
  const nodeKey = signingKey(seededRandom('whoever has the old root').bytes(32)).publicKey;
  const { recovery, host, inbox } = known.before;
  const next = { root: known.before.root, recovery, nodeKey, address: { host, inbox } };
  await tell(homes.maya, changeDocument(known.before, next, root));
}
