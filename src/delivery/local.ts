import { fail, isFailure, type Result } from '../kernel/result.ts';
import { getPartyRow, homeOfInboxPath } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { Carry } from './carry.ts';
import { readEnvelope } from './envelope.ts';
import type { Destination, Envelope } from './model.ts';
import type { Handlers } from './receive.ts';
import { takeLane } from './take-lane.ts';

/** Carries between parties of this node: the same envelopes and receipts as between nodes, and no wire. */
export function carryLocally<Deps extends BaseDeps>(deps: Deps, handlers: Handlers<Deps>): Carry {
  return async (to, batch) => {
    const lane = readAll(to, batch);
    if (isFailure(lane)) return [lane];
    const home = homeOfInboxPath(deps.nodeKey, to.inbox);
    if (home === undefined) {
      return [fail('inbox-unknown', 'Nobody here has that inbox.', 'It stays here and is tried again.')];
    }
    const party = await deps.storage.read((view) => getPartyRow(view, home));
    // Whoever runs the node speaks for everybody on it: nothing needs to be signed.
    return takeLane(deps, handlers, home, party, lane.value, 'neighbour');
  };
}

function readAll(to: Destination, batch: readonly Uint8Array[]): Result<Envelope[]> {
  const lane: Envelope[] = [];
  for (const octets of batch) {
    const envelope = readEnvelope(octets);
    if (!envelope.ok) return envelope;
    if (envelope.value.to !== to.inbox) return fail('inbox-unknown', 'It is for another inbox.', 'Drop it.');
    lane.push(envelope.value);
  }
  return { ok: true, value: lane };
}
