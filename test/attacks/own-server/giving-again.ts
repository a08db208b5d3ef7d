import type { Door } from './device.ts';
import { honest, lying } from './device.ts';
import { changed, type Scene, type Shown, sceneOf } from './giving-scene.ts';
import { again, GROUP, gives, hands, honestly, showing, swapped } from './giving-tries.ts';
import { outcomeOf } from './looking.ts';
import type { OwnAttack } from './model.ts';

/** It gave under what is newer; then the node shows what was before. */
const older = (name: string, does: string, newer: (scene: Scene) => Shown): OwnAttack =>
  again(
    [name, does],
    'their-key-older',
    (scene) => ({ door: showing(newer(scene), scene.keys.friend), code: scene.code }),
    () => ({ door: honest }),
  );

/** Shows another number for what is taken back, and signs the one that holds. */
const otherEpoch = (): Door => {
  const shown = lying<Shown>('show-their-key', (it) => ({ ...it, epoch: it.epoch + 1 }));
  return (call) =>
    shown((operation, input) => {
      if (operation !== 'give-from-device' || !('epoch' in input)) return call(operation, input);
      return call(operation, { ...input, epoch: Number(input.epoch) - 1 });
    });
};

/** Signs another label, and answers the words as the device asked for them. */
const behindItsBack = (): Door => (call) => async (operation, input) => {
  if (operation !== 'give-from-device' || !('label' in input)) return call(operation, input);
  const { label } = input;
  const answer = await call(operation, { ...input, label: 'Something else' });
  if (!answer.ok) return answer;
  type Answer = { record: { body: string } };
  const value = structuredClone(answer.value) as Answer; // the attacker knows what the node answers
  value.record.body = changed(value.record.body, { label });
  return { ok: true, value };
};

export const givenAgain: readonly OwnAttack[] = [
  {
    group: GROUP,
    name: 'somebody who lives here',
    does: 'is the node of the other side too, so that it has the key that it is locked to, and keeps that to itself',
    expects: 'same-node',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.known();
        device.door = lying<Shown>('show-their-key', (it) => ({ ...it, isHere: false }));
        return gives(world, device, (await sceneOf(world)).code, false);
      }),
  },
  older(
    'an earlier record with their key',
    'keeps back a later record in which the friend said their key',
    ({ later }) => later,
  ),
  swapped(
    'her own side exchanged',
    'shows her keys of another relationship as those of this one',
    'relationship-other',
    ({ shown: { friend, accomplice }, keys }) =>
      showing({ ...friend, mine: accomplice.mine }, keys.accomplice),
    { first: 'digits-differ' },
  ),
  swapped(
    'a number that is none',
    'has the friend sign their key under a number that nothing comes after',
    'their-key-unproven',
    ({ odd, keys }) => showing(odd, keys.friend),
  ),
  swapped('another epoch', 'has it locked for another epoch than it signs', 'node-odd', otherEpoch),
  swapped('another label', 'signs it under another name', 'node-odd', hands({ label: 'Something else' })),
  swapped(
    'another label, behind its back',
    'does so, and answers the words that the device asked for',
    'node-odd',
    behindItsBack,
  ),
  again(
    [
      'two names exchanged',
      'calls the friend as it calls somebody else whom she knows, once they were compared',
    ],
    'harmless',
    honestly,
    () => ({ door: lying<Shown>('show-their-key', (it) => ({ ...it, with: 'mallory' })) }),
  ),
];
