import { toBase64url } from '../../../src/kernel/bytes.ts';
import { assert, must, ok } from '../../../src/kernel/result.ts';
import type { SigningKey } from '../../../src/kernel/signing.ts';
import { nodeSigningKey, rootKey } from '../../../src/parties/identity.ts';
import { changeDocument } from '../../../src/parties/identity-change.ts';
import {
  correspondentsOf,
  inceptionState,
  operatorAs,
  readIntroduction,
  sealingKeyOf,
} from '../../../src/parties/index.ts';
import { servedSecretOf } from '../../../src/parties/keys.ts';
import { getIdentity } from '../../../src/parties/store.ts';
import { recordToWire, signRecord, toWire } from '../../../src/records/index.ts';
import { getRelationshipRow } from '../../../src/relationships/index.ts';
import { type Device, type Door, honest, lying } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import { EMAIL, type World } from './world.ts';

export const GROUP = 'what is given from a device';
const PURPOSE = 'to write to me';

interface Part {
  protected: string;
  signature: string;
}
interface Log {
  identity: { payload: string; signatures: Part[] };
  changes: unknown[];
}
export interface Shown {
  agreement: string;
  epoch: number;
  mine: Log;
  own: { payload: string; signatures: Part[] };
  theirs: Log;
  record: Part & { payload: string; body?: string };
}

/** Two relationships of hers: one with the person she means, one with somebody whom the attacker has invited into the play. */
export interface Scene {
  readonly friend: string;
  readonly accomplice: string;
  readonly shown: { readonly friend: Shown; readonly accomplice: Shown };
  /** All of the accomplice's, with a record in which they say their key in the friend's relationship. */
  readonly forged: Shown;
  /** The friend's, with a later record in which they say it again; and after a change of their keys. */
  readonly later: Shown;
  readonly changed: Shown;
  /** The friend’s too, in a record whose number is none. */
  readonly odd: Shown;
  /** What her friend's screen says. */
  readonly code: string;
  readonly looked: Set<string>;
}

const scenes = new WeakMap<World['node'], Promise<Scene>>();

export function sceneOf(world: World): Promise<Scene> {
  const known = scenes.get(world.node) ?? setScene(world);
  scenes.set(world.node, known);
  return known;
}

/** Somebody else on the node, and she: what they have together. */
export async function meet({ node, whose }: World, handle: string): Promise<string> {
  await node.party(handle);
  const mine = { as: whose.handle };
  const { code } = await node.done<{ code: string }>('invite-person', { name: 'Maya' }, mine);
  const as = { as: handle };
  const { relationship } = await node.done<{ relationship: string }>(
    'accept-invitation',
    { code, name: handle },
    as,
  );
  await node.idle();
  await node.done('answer-acceptance', { relationship, answer: 'sign' }, mine);
  await node.idle();
  return relationship;
}

async function setScene(world: World): Promise<Scene> {
  const { node, whose } = world;
  const mine = { as: whose.handle };
  const [friend, accomplice] = [await meet(world, 'friend'), await meet(world, 'mallory')];
  const look = (relationship: string) => node.done<Shown>('show-their-key', { relationship }, mine);
  const said = await node.done<{ keys: { code: string } }>(
    'get-relationship',
    { relationship: friend },
    { as: 'friend' },
  );
  const shown = { friend: await look(friend), accomplice: await look(accomplice) };
  const byMallory = { handle: 'mallory', relationship: accomplice };
  const byFriend = { handle: 'friend', relationship: friend };
  return {
    ...{ friend, accomplice, code: said.keys.code, shown, looked: new Set<string>() },
    forged: { ...shown.accomplice, record: await saidIn(node, byMallory, friend) },
    later: { ...shown.friend, record: await saidIn(node, byFriend, friend) },
    odd: { ...shown.friend, record: await saidIn(node, byFriend, friend, Number.MAX_VALUE) },
    changed: { ...shown.friend, theirs: await changedBy(node, 'friend', shown.friend.theirs) },
  };
}

/** The key of one of them in a relationship of hers, signed as if it were said there. */
async function saidIn(
  node: World['node'],
  by: { readonly handle: string; readonly relationship: string },
  rel: string,
  seq = 9,
): Promise<Shown['record']> {
  const { home } = must(await operatorAs(node.deps, by.handle));
  assert(home !== undefined, 'they act for themselves');
  const signed = await node.deps.storage.transact(home, async (tx) => {
    const row = must(await getRelationshipRow(tx, home, by.relationship));
    const { mine, theirs } = row;
    const between = theirs === null ? undefined : await correspondentsOf(tx, node.deps, mine, theirs);
    assert(between, 'both are known');
    const { publicKey } = await sealingKeyOf(tx, node.deps, home, mine);
    const position = { author: mine, rel, seq, prev: null, seen: null, at: 1 };
    const content = { key: toBase64url(publicKey), reads: 3 };
    return ok(recordToWire(signRecord(position, 'sealing-key', 1, content, between.key, node.deps.random)));
  });
  return must(signed);
}

/** Their log with a change that their root has signed: another key of their node. */
async function changedBy(node: World['node'], handle: string, log: Log): Promise<Log> {
  const { home } = must(await operatorAs(node.deps, handle));
  const inception = readIntroduction(log.identity);
  assert(home !== undefined && inception, 'they act for themselves');
  const root = await node.deps.storage.read(async (view) => {
    const identity = await getIdentity(view, home, inception.id);
    assert(identity, 'it is theirs');
    return rootKey(await servedSecretOf(view, node.deps.nodeKey, home), identity.position);
  });
  const next = {
    ...{ root: inception.root, recovery: inception.recovery, nodeKey: node.deps.random.bytes(32) },
    address: { host: inception.host, inbox: 'elsewhere' },
  };
  const { payload, signatures } = toWire(changeDocument(inceptionState(inception), next, root));
  return { ...log, changes: [...log.changes, { payload, signatures: [...signatures] }] };
}

export const text = (octets: string): string => Buffer.from(octets, 'base64url').toString();
const octets = (it: string): string => Buffer.from(it).toString('base64url');
export const changed = (part: string, change: object): string =>
  octets(JSON.stringify({ ...JSON.parse(text(part)), ...change }));

/** She gives her friend what is sealed, on a device that has done so before or that compares codes with them. */
export async function gives(
  world: World,
  device: Device,
  code: string | undefined,
  onSameNode = true,
): Promise<Outcome> {
  const scene = await sceneOf(world);
  const [item] = world.ids;
  assert(item !== undefined, 'she has something');
  const vault = await had(device.open());
  const said = { onSameNode, ...(code !== undefined && { code }) };
  const given = await vault.give(item, { relationship: scene.friend, purpose: PURPOSE, ...said });
  await world.node.idle();
  if (given.ok && !onSameNode) return { achieved: 'it is locked to a key that the attacker has' };
  if (given.ok && given.value.to !== 'friend') return { achieved: `it was given to ${given.value.to}` };
  const achieved = await openedBy(world, scene);
  if (achieved !== undefined) return { achieved };
  await had(given);
  return harmless;
}

/** Whatever became of the record: only her friend reads it, and only for what she gave it for. */
async function openedBy({ node }: World, scene: Scene): Promise<string | undefined> {
  type Row = {
    id: string;
    isMine: boolean;
    purpose: string;
    property: string;
    until?: number;
    times?: number;
  };
  for (const [handle, relationship] of [
    ['friend', scene.friend],
    ['mallory', scene.accomplice],
  ] as const) {
    const as = { as: handle };
    const { rows } = await node.done<{ rows: Row[] }>('list-grants', { relationship }, as);
    for (const { id, purpose, property, until, times } of rows.filter((it) => !scene.looked.has(it.id))) {
      scene.looked.add(id);
      const isMeant = purpose === PURPOSE && property === EMAIL && until === undefined && times === undefined;
      const opened = await node.call('open-grant', { grant: id }, as);
      if (opened.ok && (handle !== 'friend' || !isMeant)) return `${handle} opens it, for ${purpose}`;
    }
  }
  return undefined;
}

/** The key with which her node signs for her in a relationship. */
export async function keyOf({ node, whose }: World, relationship: string): Promise<SigningKey> {
  return node.deps.storage.read(async (view) => {
    const { mine } = must(await getRelationshipRow(view, whose.home, relationship));
    const identity = await getIdentity(view, whose.home, mine);
    assert(identity, 'it is hers');
    return nodeSigningKey(await servedSecretOf(view, node.deps.nodeKey, whose.home), identity.position);
  });
}

interface Sight {
  /** What a device tells that does not know her friend yet. */
  readonly first?: string;
  readonly onSameNode?: boolean;
  /** What is read to her from her friend's screen. */
  readonly digits?: (world: World, device: Device) => Promise<string>;
}

/** Both devices: one that knows her friend, and one that compares the code for the first time. */
export function swapped(
  name: string,
  does: string,
  expects: string,
  door: (scene: Scene, world: World) => Door | Promise<Door>,
  { first = expects, onSameNode = true, digits }: Sight = {},
): OwnAttack {
  return {
    ...{ group: GROUP, name, does },
    expects: first === expects ? expects : `${expects}; at first sight ${first}`,
    async attempt(world) {
      const scene = await sceneOf(world);
      const outcomes: string[] = [];
      for (const isKnown of [true, false]) {
        const device = world.known();
        if (isKnown) {
          device.door = honest;
          await gives(world, device, scene.code);
        }
        const code = isKnown ? undefined : ((await digits?.(world, device)) ?? scene.code);
        device.door = await door(scene, world);
        const outcome = await outcomeOf(() => gives(world, device, code, onSameNode));
        if ('achieved' in outcome) return outcome;
        outcomes.push('told' in outcome ? outcome.told : 'harmless');
      }
      const [known = '', fresh = ''] = outcomes;
      const said = known === fresh ? known : `${known}; at first sight ${fresh}`;
      return said === 'harmless' ? harmless : { told: said };
    },
  };
}

export const shows =
  (bend: (shown: Shown, scene: Scene) => Shown) =>
  (scene: Scene): Door =>
    lying<Shown>('show-their-key', (shown) => bend(shown, scene));

/** Alters what a device hands over to be signed. */
export const hands = (change: object) => (): Door => (call) => (operation, input) =>
  call(operation, operation === 'give-from-device' ? { ...input, ...change } : input);
