import { assert } from '../../../src/kernel/result.ts';
import type { SigningKey } from '../../../src/kernel/signing.ts';
import { readIntroduction } from '../../../src/parties/index.ts';
import { signDocument } from '../../../src/records/index.ts';
import { type Device, type Door, honest, lying } from './device.ts';
import { type Scene, type Shown, sceneOf, wireOf } from './giving-scene.ts';
import { had, harmless, outcomeOf } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import { EMAIL, type World } from './world.ts';

export const GROUP = 'what is given from a device';
const PURPOSE = 'to write to me';

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
    const { rows } = await node.done<{ rows: Row[] }>('list-grants', { relationship, limit: 200 }, as);
    for (const { id, purpose, property, until, times } of rows.filter((it) => !scene.looked.has(it.id))) {
      scene.looked.add(id);
      const isMeant = purpose === PURPOSE && property === EMAIL && until === undefined && times === undefined;
      const opened = await node.call('open-grant', { grant: id }, as);
      if (opened.ok && (handle !== 'friend' || !isMeant)) return `${handle} opens it, for ${purpose}`;
    }
  }
  return undefined;
}

interface Sight {
  /** What a device tells that does not know her friend yet. */
  readonly first?: string;
  readonly onSameNode?: boolean;
  /** What is read to her from her friend's screen. */
  readonly digits?: (world: World, device: Device) => Promise<string>;
}

/** The digits that this very client makes of the two who are meant: what her friend reads to her, whose client is the same. */
export async function sameClient(world: World, device: Device): Promise<string> {
  device.door = honest;
  const vault = await had(device.open());
  return (await had(vault.theirKey((await sceneOf(world)).friend))).code;
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

/** What stands between her device and the node, and what is read to her from her friend's screen meanwhile. */
interface Then {
  readonly door: Door;
  /** None is asked for. */
  readonly code?: string;
  readonly onSameNode?: boolean;
}

/** A device has given them something while the node showed one thing, and then it shows another. */
export function again(
  [name, does]: readonly [string, string],
  expects: string,
  first: (scene: Scene, world: World) => Then | Promise<Then>,
  then: (scene: Scene, world: World) => Then | Promise<Then>,
): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects },
    attempt: (world) =>
      outcomeOf(async () => {
        const scene = await sceneOf(world);
        const device = world.known();
        let outcome: Outcome = harmless;
        for (const step of [first, then]) {
          const { door, code, onSameNode } = await step(scene, world);
          device.door = door;
          outcome = await gives(world, device, code, onSameNode);
          if (!('harmless' in outcome)) return outcome;
        }
        return outcome;
      }),
  };
}

/** What is as it should be, and the code compared. */
export const honestly = ({ code }: Scene): Then => ({ door: honest, code });

export const shows =
  (bend: (shown: Shown, scene: Scene) => Shown) =>
  (scene: Scene): Door =>
    lying<Shown>('show-their-key', (shown) => bend(shown, scene));

/** Alters what a device hands over to be signed. */
export const hands = (change: object) => (): Door => (call) => (operation, input) =>
  call(operation, operation === 'give-from-device' ? { ...input, ...change } : input);

/** Answers with this, and signs with a key of hers which side is hers, for whichever device asks. */
export function showing(shown: Shown, key: SigningKey): Door {
  const [identity = '', other = ''] = [shown.mine, shown.theirs].map((it) => idOf(it.identity));
  return (call) => async (operation, input) => {
    if (operation !== 'show-their-key' || !('relationship' in input && 'nonce' in input))
      return call(operation, input);
    const { relationship, nonce } = input;
    const said = { rel: String(relationship), identity, other, nonce: String(nonce) };
    const own = wireOf(signDocument({ type: 'own-side', v: 1, ...said }, key));
    return { ok: true, value: { ...shown, own } };
  };
}

function idOf(identity: Shown['own']): string {
  const { id } = readIntroduction(identity) ?? {};
  assert(id !== undefined, 'an identity was shown');
  return id;
}
