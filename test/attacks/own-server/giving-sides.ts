import { toBase64url } from '../../../src/kernel/bytes.ts';
import type { SigningKey } from '../../../src/kernel/signing.ts';
import { readIntroduction } from '../../../src/parties/index.ts';
import {
  recordToWire,
  type SignedDocument,
  signDocument,
  signRecord,
  toWire,
} from '../../../src/records/index.ts';
import { adoptedRoot } from '../adopted-root.ts';
import { type Device, type Door, honest, instead } from './device.ts';
import { keyOf, type Scene, type Shown, sceneOf, swapped } from './giving-scene.ts';
import { had } from './looking.ts';
import type { OwnAttack } from './model.ts';
import type { World } from './world.ts';

/** The digits that this very client makes of the two who are meant: what her friend reads to her, whose client is the same. */
async function sameClient(world: World, device: Device): Promise<string> {
  device.door = honest;
  const vault = await had(device.open());
  return (await had(vault.theirKey((await sceneOf(world)).friend))).code;
}

const wire = (document: SignedDocument) => {
  const { payload, signatures } = toWire(document);
  return { payload, signatures: [...signatures] };
};

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
  const theirs = { identity: wire(identity), changes: [wire(change)] };
  return shown({ ...friend, theirs, record: said(world, scene, state.id, key) });
}

/** Her own side, whose keys the node has, as the friend's. */
function turnedRound(world: World, scene: Scene, key: SigningKey): Door {
  const { friend } = scene.shown;
  const [mine, theirs] = [friend.theirs, friend.mine];
  const [her, him] = [theirs, mine].map((it) => readIntroduction(it.identity)?.id ?? '');
  const own = wire(signDocument({ type: 'own-side', v: 1, identity: him ?? '' }, key));
  return shown({ ...friend, mine, theirs, own, record: said(world, scene, her ?? '', key) });
}

const shown = (it: Shown): Door => instead('show-their-key', { ...it, with: 'friend', isHere: false });
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
    async (scene, world) => turnedRound(world, scene, await keyOf(world, scene.friend)),
    sight,
  ),
];
