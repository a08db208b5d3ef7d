import { hashId } from '../../../src/kernel/bytes.ts';
import { assert, must } from '../../../src/kernel/result.ts';
import { type SigningKey, signingKey } from '../../../src/kernel/signing.ts';
import { nodeSigningKey, recoveryKey, rootKey } from '../../../src/parties/identity.ts';
import {
  afterChange,
  changeDocument,
  type IdentityState,
  readChange,
} from '../../../src/parties/identity-change.ts';
import { inceptionState, openSecret, operatorAs, readIntroduction } from '../../../src/parties/index.ts';
import { servedSecret } from '../../../src/parties/secrets.ts';
import { getIdentity } from '../../../src/parties/store.ts';
import { recordToWire, signRecord } from '../../../src/records/index.ts';
import { comparisonCode } from '../../../src/relationships/comparison-rules.ts';
import { PASSPHRASE } from '../../harness/node.ts';
import { honest } from './device.ts';
import { type Scene, type Shown, text, wireOf } from './giving-scene.ts';
import { again, honestly, sameClient, showing, swapped } from './giving-tries.ts';
import type { OwnAttack } from './model.ts';
import type { World } from './world.ts';

/** Whose key signs an entry of the friend's log; two who have one recovery key sign each another entry. */
type Signer = 'root' | 'recovery' | 'recovery of a thief';

/** The friend's log after some changes, and the keys that are in force then. */
interface Gone {
  readonly state: IdentityState;
  readonly changes: readonly Shown['own'][];
  readonly root: SigningKey;
  readonly recovery: SigningKey;
  /** That of the last change, and the one before it. */
  readonly nodeKey: SigningKey;
  readonly former: SigningKey;
}

const logs = new WeakMap<Scene, Map<string, Promise<Gone>>>();

/** The same entries whenever the same have signed them. */
function gone(world: World, scene: Scene, by: readonly Signer[]): Promise<Gone> {
  const known = logs.get(scene) ?? new Map<string, Promise<Gone>>();
  logs.set(scene, known);
  const it = known.get(by.join()) ?? goOn(world, scene, by);
  known.set(by.join(), it);
  return it;
}

async function goOn(world: World, scene: Scene, by: readonly Signer[]): Promise<Gone> {
  const last = by.at(-1);
  if (last === undefined) return beginning(world, scene);
  const drawn = () => signingKey(world.node.deps.random.bytes(32));
  const before = await gone(world, scene, by.slice(0, -1));
  const [root, recovery] = last === 'root' ? [before.root, before.recovery] : [drawn(), drawn()];
  const nodeKey = drawn();
  const next = { root: root.publicKey, recovery: hashId(recovery.publicKey), nodeKey: nodeKey.publicKey };
  const address = { host: 'elsewhere.example', inbox: 'elsewhere' };
  const signer = last === 'root' ? before.root : before.recovery;
  const change = changeDocument(before.state, { ...next, address }, signer);
  const state = must(afterChange(before.state, must(readChange(change))));
  const changes = [...before.changes, wireOf(change)];
  return { state, changes, root, recovery, nodeKey, former: before.nodeKey };
}

/** The keys that the friend's identity began with: the node that they lived on then had two of them, and could keep the third. */
async function beginning({ node }: World, scene: Scene): Promise<Gone> {
  const actor = must(await operatorAs(node.deps, 'friend'));
  const inception = readIntroduction(scene.shown.friend.theirs.identity);
  const { home } = actor;
  assert(home !== undefined && inception, 'they act for themselves, and have been shown');
  const secret = must(await openSecret(node.deps, { ...actor, home }, PASSPHRASE));
  const identity = await node.deps.storage.read((view) => getIdentity(view, home, inception.id));
  assert(identity, 'it is theirs');
  const { position } = identity;
  const served = servedSecret(secret);
  const nodeKey = nodeSigningKey(served, position);
  const keys = { root: rootKey(served, position), recovery: recoveryKey(secret, position, 0) };
  return { state: inceptionState(inception), changes: [], ...keys, nodeKey, former: nodeKey };
}

/** The node shows that log, and the friend's key as said with one of its keys; and what the friend's screen says, should all of it be the friend's. */
async function shown(world: World, scene: Scene, by: readonly Signer[], said: 'nodeKey' | 'former') {
  const { shown: it, keys, friend: rel } = scene;
  const mine = readIntroduction(it.friend.mine.identity);
  assert(mine, 'hers has been shown');
  const { state, changes, ...signers } = await gone(world, scene, by);
  const { key, reads } = JSON.parse(text(it.friend.record.body ?? ''));
  const position = { author: state.id, rel, seq: 99, prev: null, seen: null, at: 1 };
  const { random } = world.node.deps;
  const record = signRecord(position, 'sealing-key', 1, { key, reads }, signers[said], random);
  const theirs = { ...it.friend.theirs, changes: [...changes] };
  const door = showing({ ...it.friend, theirs, record: recordToWire(record) }, keys.friend);
  return { door, code: comparisonCode(inceptionState(mine), state) };
}

/** She compares the code while her node shows that. */
const compared =
  (...by: readonly Signer[]) =>
  (scene: Scene, world: World) =>
    shown(world, scene, by, 'nodeKey');

/** She compares nothing. */
const then =
  (by: readonly Signer[], said: 'nodeKey' | 'former' = 'nodeKey') =>
  async (scene: Scene, world: World) => ({
    door: (await shown(world, scene, by, said)).door,
    onSameNode: false,
  });

const LEFT = 'as a node can that the friend has moved away from';

export const givenBefore: readonly OwnAttack[] = [
  again(
    ['a change of their keys withheld', 'keeps back that the friend’s keys have changed'],
    'their-key-older',
    compared('root'),
    () => ({ door: honest }),
  ),
  again(
    ['a move undone', `signs another first change with the root of before, ${LEFT}`],
    'their-key-contradicted',
    compared('recovery'),
    then(['root']),
  ),
  again(
    ['a move undone, and more changes than were seen', `signs two of them, ${LEFT}`],
    'their-key-contradicted',
    compared('recovery'),
    then(['root', 'root']),
  ),
  again(
    [
      'a move undone by the recovery key',
      `replaces the friend’s root otherwise, ${LEFT} that kept the secret`,
    ],
    'their-key-contradicted',
    compared('recovery'),
    then(['recovery of a thief']),
  ),
  again(
    ['a recovery', 'has the friend’s recovery key, and moves the friend to itself'],
    'keys-changed',
    honestly,
    then(['recovery']),
  ),
  again(
    ['a change after a recovery', 'has the root in force, and moves the friend on to itself'],
    'keys-changed',
    compared('recovery'),
    then(['recovery', 'root']),
  ),
  swapped(
    'a change by the root in force',
    'has that root, and moves the friend to itself',
    'keys-changed',
    async (scene, world) => (await shown(world, scene, ['root'], 'nodeKey')).door,
    { first: 'digits-differ', onSameNode: false, digits: sameClient },
  ),
  again(
    ['a key of their node from before', 'says a key as the friend with one that the friend has replaced'],
    'their-key-replaced',
    compared('root'),
    then(['root'], 'former'),
  ),
];
