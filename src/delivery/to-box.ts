import { fail, isFailure, type Result } from '../kernel/result.ts';
import { NODE_HOME, speakersKey } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { CarryLane } from './carry.ts';
import { keepLetter } from './drop-box.ts';
import { readEnvelope } from './envelope.ts';

/** Puts what a party of this node says into a box of this node; only neighbours may, so that boxes cost nobody else's room. */
export function carryToBox(deps: BaseDeps): CarryLane {
  return async (lane, batch) => {
    const key = await deps.storage.read((view) => speakersKey(view, deps, lane.home, lane.signer));
    if (!key) return [fail('signer-unknown', 'Nobody here can sign for that any more.', 'Drop it.')];
    const answers: Result<Uint8Array>[] = [];
    for (const octets of batch) {
      const envelope = readEnvelope(octets);
      const answer = envelope.ok
        ? await deps.storage.transact(NODE_HOME, (tx) =>
            keepLetter(tx, deps, envelope.value, octets, key.publicKey),
          )
        : envelope;
      answers.push(answer);
      if (isFailure(answer)) break;
    }
    return answers;
  };
}
