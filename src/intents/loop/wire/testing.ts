import type { Carry, Envelope } from '../../../delivery/index.ts';
import { toUtf8 } from '../../../kernel/bytes.ts';
import { newId } from '../../../kernel/ids.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { fail, must } from '../../../kernel/result.ts';
import type { BaseDeps } from '../../../storage/index.ts';

const DAY_MS = 86_400_000;

/** Notes what passes: the outbox keeps nothing that has arrived. */
export function noting(inside: Carry): { carry: Carry; passed: ReadonlyMap<string, Envelope> } {
  const passed = new Map<string, Envelope>();
  const carry: Carry = (to, batch) => {
    for (const octets of batch) {
      const envelope: Envelope = JSON.parse(Buffer.from(octets).toString('utf8'));
      passed.set(envelope.id, envelope);
    }
    return inside(to, batch);
  };
  return { carry, passed };
}

/** Hands envelopes to paths of this node as anybody could; answers the receipt's result or code. */
export function postWith(deps: BaseDeps, carry: Carry) {
  return async (inbox: string, from: string, type: string, body: JsonObject): Promise<string> => {
    const now = deps.clock.now();
    const id = newId(deps.random);
    const envelope = { v: 1, id, from, to: inbox, type, iat: now, exp: now + DAY_MS, body };
    const [answer] = await carry({ host: deps.host, inbox }, [toUtf8(JSON.stringify(envelope))]);
    const receipt = must(answer ?? fail('no-answer', 'Nothing came back.', ''));
    const { result, code } = JSON.parse(Buffer.from(receipt).toString('utf8')); // our own receipt
    return code ?? result;
  };
}
