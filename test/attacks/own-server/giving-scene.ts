import { toBase64url } from '../../../src/kernel/bytes.ts';
import { assert, must, ok } from '../../../src/kernel/result.ts';
import type { SigningKey } from '../../../src/kernel/signing.ts';
import { nodeSigningKey } from '../../../src/parties/identity.ts';
import { correspondentsOf, operatorAs, sealingKeyOf } from '../../../src/parties/index.ts';
import { servedSecretOf } from '../../../src/parties/keys.ts';
import { getIdentity } from '../../../src/parties/store.ts';
import { recordToWire, type SignedDocument, signRecord, toWire } from '../../../src/records/index.ts';
import { getRelationshipRow } from '../../../src/relationships/index.ts';
import type { World } from './world.ts';

interface Part {
  protected: string;
  signature: string;
}
interface Document {
  payload: string;
  signatures: Part[];
}
interface Log {
  identity: Document;
  changes: Document[];
}
export interface Shown {
  with: string;
  agreement: string;
  epoch: number;
  mine: Log;
  own: Document;
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
  /** The friend's, with a later record in which they say it again. */
  readonly later: Shown;
  /** The friend’s too, in a record whose number is none. */
  readonly odd: Shown;
  /** What her friend's screen says. */
  readonly code: string;
  /** With which her node signs for her in either. */
  readonly keys: { readonly friend: SigningKey; readonly accomplice: SigningKey };
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
  const look = (relationship: string) =>
    node.done<Shown>('show-their-key', { relationship, nonce: 'A'.repeat(22) }, mine);
  const said = await node.done<{ keys: { code: string } }>(
    'get-relationship',
    { relationship: friend },
    { as: 'friend' },
  );
  const shown = { friend: await look(friend), accomplice: await look(accomplice) };
  const keys = { friend: await keyOf(world, friend), accomplice: await keyOf(world, accomplice) };
  const byMallory = { handle: 'mallory', relationship: accomplice };
  const byFriend = { handle: 'friend', relationship: friend };
  return {
    ...{ friend, accomplice, code: said.keys.code, keys, shown, looked: new Set<string>() },
    forged: { ...shown.accomplice, record: await saidIn(node, byMallory, friend) },
    later: { ...shown.friend, record: await saidIn(node, byFriend, friend) },
    odd: { ...shown.friend, record: await saidIn(node, byFriend, friend, Number.MAX_VALUE) },
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

export function wireOf(document: SignedDocument): Document {
  const { payload, signatures } = toWire(document);
  return { payload, signatures: [...signatures] };
}

export const text = (octets: string): string => Buffer.from(octets, 'base64url').toString();
const octets = (it: string): string => Buffer.from(it).toString('base64url');
export const changed = (part: string, change: object): string =>
  octets(JSON.stringify({ ...JSON.parse(text(part)), ...change }));

/** The key with which her node signs for her in a relationship. */
async function keyOf({ node, whose }: World, relationship: string): Promise<SigningKey> {
  return node.deps.storage.read(async (view) => {
    const { mine } = must(await getRelationshipRow(view, whose.home, relationship));
    const identity = await getIdentity(view, whose.home, mine);
    assert(identity, 'it is hers');
    return nodeSigningKey(await servedSecretOf(view, node.deps.nodeKey, whose.home), identity.position);
  });
}
