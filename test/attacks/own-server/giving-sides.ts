import { toBase64url } from '../../../src/kernel/bytes.ts';
import type { SigningKey } from '../../../src/kernel/signing.ts';
import { readIntroduction } from '../../../src/parties/index.ts';
import { recordToWire, signRecord } from '../../../src/records/index.ts';
import { adoptedRoot } from '../adopted-root.ts';
import { type Door, instead } from './device.ts';
import { type Scene, type Shown, wireOf } from './giving-scene.ts';
import { sameClient, showing, swapped } from './giving-tries.ts';
import type { OwnAttack } from './model.ts';
import type { World } from './world.ts';

/** A key of the attacker's own, said in her friend's relationship by whoever has this key. */
function said(world: World, scene: Scene, author: string, key: SigningKey): Shown['record'] {
  const { random } = world.node.deps;
  const position = { author, rel: scene.friend, seq: 99, prev: null, seen: null, at: 1 };
  const content = { key: toBase64url(random.bytes(32)), reads: 3 };
  return recordToWire(signRecord(position, 'sealing-key', 1, content, key, random));
}

/** Another identity than the friend's, in whose log the friend's root is in force. */
function friendsRoot(world: World, scene: Scene): Door {
  const { friend } = scene.shown;
  const root = readIntroduction(friend.theirs.identity)?.root ?? new Uint8Array(32);
  const { identity, change, state, key } = adoptedRoot(world.node.deps.random, root);
  const theirs = { identity: wireOf(identity), changes: [wireOf(change)] };
  return showing({ ...friend, theirs, record: said(world, scene, state.id, key) }, scene.keys.friend);
}

/** Her own side, whose keys the node has, as the friend's. */
function turnedRound(world: World, scene: Scene): Shown {
  const {
    friend,
    friend: { mine, theirs },
  } = scene.shown;
  const her = readIntroduction(mine.identity)?.id ?? '';
  return { ...friend, mine: theirs, theirs: mine, record: said(world, scene, her, scene.keys.friend) };
}

/** What the friend's node has once said of their own side, to a device of theirs. */
async function friendsWord({ node }: World, { friend }: Scene): Promise<Shown['own']> {
  const asked = { relationship: friend, nonce: 'B'.repeat(22) };
  return (await node.done<Shown>('show-their-key', asked, { as: 'friend' })).own;
}

const sight = { onSameNode: false, digits: sameClient };

export const givenAcross: readonly OwnAttack[] = [
  swapped(
    'the friend’s root in a log of its own',
    'makes an identity, has its recovery key name the friend’s root as its own, and says a key as this identity',
    'relationship-other',
    (scene, world) => friendsRoot(world, scene),
    { ...sight, first: 'digits-differ' },
  ),
  swapped(
    'both sides the other way round',
    'shows her own identity as the friend’s and the friend’s as hers, which makes the same code, and says a key as her identity',
    'their-key-unproven',
    (scene, world) => showing(turnedRound(world, scene), scene.keys.friend),
    sight,
  ),
  swapped(
    'both sides the other way round, with the friend’s word',
    'does so, and shows what the friend’s node once signed of the friend’s own side',
    'their-key-unproven',
    async (scene, world) =>
      instead('show-their-key', {
        ...{ ...turnedRound(world, scene), isHere: false },
        own: await friendsWord(world, scene),
      }),
    sight,
  ),
];
