import { fail, ok } from '../kernel/result.ts';
import { getPartyRow, homeOfInboxPath } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { Carry } from './courier.ts';
import { readEnvelope, receiptOctets } from './envelope.ts';
import { type Handlers, receive } from './receive.ts';

/** Carries between parties of this node: the same envelopes and receipts as between nodes, and no wire. */
export function carryLocally<Deps extends BaseDeps>(deps: Deps, handlers: Handlers<Deps>): Carry {
  return async (to, octets) => {
    if (to.host !== deps.host) {
      return fail(
        'node-unreachable',
        'Parties on other nodes cannot be reached yet.',
        'It stays here and waits.',
      );
    }
    const envelope = readEnvelope(octets);
    if (!envelope.ok) return envelope;
    const home = homeOfInboxPath(deps.nodeKey, to.inbox);
    if (home === undefined || envelope.value.to !== to.inbox) {
      return fail('inbox-unknown', 'Nobody here has that inbox.', 'It stays here and is tried again.');
    }
    // An inbox outlives its party: nothing is kept for somebody who has left.
    if (!(await deps.storage.read((view) => getPartyRow(view, home)))) {
      const at = deps.clock.now();
      return ok(receiptOctets({ v: 1, id: envelope.value.id, result: 'refused', code: 'inbox-gone', at }));
    }
    return receive(deps, handlers, home, envelope.value);
  };
}
