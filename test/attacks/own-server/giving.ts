import { toBase64url } from '../../../src/kernel/bytes.ts';
import { assert, must, ok } from '../../../src/kernel/result.ts';
import { correspondentsOf, operatorAs, sealingKeyOf } from '../../../src/parties/index.ts';
import { recordToWire, signRecord } from '../../../src/records/index.ts';
import { getRelationshipRow } from '../../../src/relationships/index.ts';
import { type Device, type Door, honest, instead, lying } from './device.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import { EMAIL, type World } from './world.ts';

const GROUP = 'what is given from a device';
const PURPOSE = 'to write to me';

interface Part {
  protected: string;
  signature: string;
}
interface Log {
  identity: { payload: string; signatures: Part[] };
  changes: unknown[];
}
interface Shown {
  agreement: string;
  epoch: number;
  mine: Log;
  theirs: Log;
  record: Part & { payload: string; body?: string };
}

/** Two relationships of hers: one with the person she means, one with somebody whom the attacker has invited into the play. */
interface Scene {
  readonly friend: string;
  readonly accomplice: string;
  readonly shown: { readonly friend: Shown; readonly accomplice: Shown };
  /** All of the accomplice's, with a record in which they say their key in the friend's relationship. */
  readonly forged: Shown;
  /** What her friend's screen says. */
  readonly code: string;
  readonly looked: Set<string>;
}

const scenes = new WeakMap<World['node'], Promise<Scene>>();

function sceneOf(world: World): Promise<Scene> {
  const known = scenes.get(world.node) ?? setScene(world);
  scenes.set(world.node, known);
  return known;
}

async function setScene({ node, whose }: World): Promise<Scene> {
  const mine = { as: whose.handle };
  const meet = async (handle: string): Promise<string> => {
    await node.party(handle);
    const { code } = await node.done<{ code: string }>('invite-person', { name: 'Maya' }, mine);
    const as = { as: handle };
    const { relationship } = await node.done<{ relationship: string }>('accept-invitation', { code }, as);
    await node.idle();
    await node.done('answer-acceptance', { relationship, answer: 'sign' }, mine);
    await node.idle();
    return relationship;
  };
  const [friend, accomplice] = [await meet('friend'), await meet('mallory')];
  const look = (relationship: string) => node.done<Shown>('show-their-key', { relationship }, mine);
  const said = await node.done<{ keys: { code: string } }>(
    'get-relationship',
    { relationship: friend },
    { as: 'friend' },
  );
  const shown = { friend: await look(friend), accomplice: await look(accomplice) };
  const forged = { ...shown.accomplice, record: await saidElsewhere(node, accomplice, friend) };
  return { friend, accomplice, code: said.keys.code, shown, forged, looked: new Set() };
}

/** The accomplice's key, signed as if it were said in another relationship. */
async function saidElsewhere(
  node: World['node'],
  accomplice: string,
  friend: string,
): Promise<Shown['record']> {
  const { home } = must(await operatorAs(node.deps, 'mallory'));
  assert(home !== undefined, 'they act for themselves');
  const signed = await node.deps.storage.transact(home, async (tx) => {
    const row = must(await getRelationshipRow(tx, home, accomplice));
    const { mine, theirs } = row;
    const between = theirs === null ? undefined : await correspondentsOf(tx, node.deps, mine, theirs);
    assert(between, 'both are known');
    const { publicKey } = await sealingKeyOf(tx, node.deps, home, mine);
    const position = { author: mine, rel: friend, seq: 9, prev: null, seen: null, at: 1 };
    const content = { key: toBase64url(publicKey), reads: 3 };
    return ok(recordToWire(signRecord(position, 'sealing-key', 1, content, between.key, node.deps.random)));
  });
  return must(signed);
}

const text = (octets: string): string => Buffer.from(octets, 'base64url').toString();
const octets = (it: string): string => Buffer.from(it).toString('base64url');
const changed = (part: string, change: object): string =>
  octets(JSON.stringify({ ...JSON.parse(text(part)), ...change }));

/** She gives her friend what is sealed, on a device that has done so before or that compares codes with them. */
async function gives(world: World, device: Device, code: string | undefined): Promise<Outcome> {
  const scene = await sceneOf(world);
  const [item] = world.ids;
  assert(item !== undefined, 'she has something');
  const vault = await had(device.open());
  const compared = code === undefined ? {} : { code };
  const given = await vault.give(item, { relationship: scene.friend, purpose: PURPOSE, ...compared });
  await world.node.idle();
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

/** Both devices: one that knows her friend, and one that compares the code for the first time. */
function swapped(
  name: string,
  does: string,
  expects: string,
  door: (scene: Scene) => Door,
  first = expects,
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
        device.door = door(scene);
        const outcome = await outcomeOf(() => gives(world, device, isKnown ? undefined : scene.code));
        if ('achieved' in outcome) return outcome;
        outcomes.push('told' in outcome ? outcome.told : 'harmless');
      }
      const [known = '', fresh = ''] = outcomes;
      const said = known === fresh ? known : `${known}; at first sight ${fresh}`;
      return said === 'harmless' ? harmless : { told: said };
    },
  };
}

const shows =
  (bend: (shown: Shown, scene: Scene) => Shown) =>
  (scene: Scene): Door =>
    lying<Shown>('show-their-key', (shown) => bend(shown, scene));

/** Alters what a device hands over to be signed. */
const hands = (change: object) => (): Door => (call) => (operation, input) =>
  call(operation, operation === 'give-from-device' ? { ...input, ...change } : input);

export const givings: readonly OwnAttack[] = [
  swapped(
    'a key of its own to lock it with',
    'puts its own key into the words of the record in which the friend said theirs',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({
      ...shown,
      record: { ...shown.record, body: accomplice.record.body ?? '' },
    })),
  ),
  swapped(
    'a key of its own, with the hash made to fit',
    'does so, and puts the hash of these words into the record',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({
      ...shown,
      record: {
        ...shown.record,
        body: accomplice.record.body ?? '',
        payload: changed(shown.record.payload, {
          bodyHash: JSON.parse(text(accomplice.record.payload)).bodyHash,
        }),
      },
    })),
  ),
  swapped(
    'the record of an accomplice',
    'shows the whole record in which an accomplice said a key',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({ ...shown, record: accomplice.record })),
  ),
  swapped(
    'the accomplice’s identity and record',
    'shows the keys of an accomplice as those of the friend, in a record of another relationship',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({
      ...shown,
      theirs: accomplice.theirs,
      record: accomplice.record,
    })),
  ),
  swapped(
    'another relationship',
    'answers with all of the relationship with an accomplice, who says that very key in the friend’s',
    'relationship-other',
    ({ forged }) => instead('show-their-key', forged),
  ),
  swapped(
    'another document that it stands on',
    'names another agreement than the one that both signed',
    'relationship-other',
    shows((shown, { shown: { accomplice } }) => ({ ...shown, agreement: accomplice.agreement })),
    'harmless',
  ),
  swapped(
    'her own identity in the friend’s place',
    'shows her own keys as those of the friend',
    'their-key-unproven',
    shows((shown) => ({ ...shown, theirs: shown.mine })),
  ),
  swapped(
    'a root of its own',
    'writes its own keys into the friend’s identity',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => {
      const { payload } = accomplice.theirs.identity;
      const { root, nodeKey } = JSON.parse(text(payload));
      const identity = {
        ...shown.theirs.identity,
        payload: changed(shown.theirs.identity.payload, { root, nodeKey }),
      };
      return { ...shown, theirs: { ...shown.theirs, identity } };
    }),
  ),
  swapped(
    'a change of keys that nobody made',
    'adds a change that a stranger signed to the friend’s keys',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({
      ...shown,
      theirs: { ...shown.theirs, changes: [accomplice.theirs.identity] },
    })),
  ),
  swapped(
    'another purpose',
    'signs it as given for something else',
    'node-odd',
    hands({ purpose: 'to sell it on' }),
  ),
  swapped(
    'a later day',
    'signs it as given until another day',
    'node-odd',
    hands({ until: 4_000_000_000_000 }),
  ),
  swapped(
    'so many openings',
    'signs it as to be opened a number of times that nobody said',
    'node-odd',
    hands({ times: 9 }),
  ),
  swapped(
    'another property',
    'signs it as something else of hers',
    'node-odd',
    hands({ property: 'schema:telephone' }),
  ),
];
