import type { Violation } from '../world/world.ts';
import type { Actor, Model } from './run-model.ts';

/** Looks at everything once nothing moves any more. */
export function checkModel(model: Model): Violation | undefined {
  for (const actor of model.actors) {
    for (const [to, lane] of actor.disk.outbox) {
      const receiver = model.actors[to];
      if (!receiver) continue;
      for (const { letter, state } of lane) {
        const broken = lookAt(
          receiver,
          letter.id,
          letter.from,
          state,
          letter.isUnwelcome && letter.kind === 'question',
        );
        if (broken) return broken;
      }
      const sent = lane.filter((row) => row.letter.kind === 'record').map((row) => row.letter.id);
      const held = receiver.disk.chains.get(actor.name) ?? [];
      if (sent.join() !== held.join()) return { invariant: 'records-same', how: `${sent} is ${held}` };
    }
  }
  const all = new Set(
    model.actors.flatMap((it) => [...it.disk.outbox.values()].flat().map((row) => row.letter.id)),
  );
  const lost = [...model.saved].find((id) => !all.has(id));
  if (lost !== undefined) return { invariant: 'acknowledged-kept', how: `${lost} is lost` };
  const invented = model.actors.flatMap((it) => [...it.disk.effects.keys()]).find((id) => !all.has(id));
  return invented === undefined
    ? undefined
    : { invariant: 'nothing-invented', how: `nobody wrote ${invented}` };
}

function lookAt(
  receiver: Actor,
  id: string,
  from: number,
  state: string,
  isUnwelcome: boolean,
): Violation | undefined {
  const effects = receiver.disk.effects.get(id) ?? 0;
  const kept = receiver.disk.inbox.get(`${from} ${id}`);
  if (state === 'saved') return { invariant: 'outbox-drains', how: `${id} still waits` };
  if (effects > 1) return { invariant: 'effects-once', how: `${id} took effect ${effects} times` };
  if (state === 'acted' && effects !== 1)
    return { invariant: 'states-honest', how: `${id} was never acted on` };
  if (kept?.result !== state)
    return { invariant: 'states-honest', how: `${id} is ${state} here and ${kept?.result} there` };
  if ((state === 'refused') !== isUnwelcome)
    return { invariant: 'nothing-refused', how: `${id} is ${state}` };
  return undefined;
}
