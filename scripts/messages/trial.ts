import { readEnvelope } from '../../src/delivery/envelope.ts';
import { guardOf, receive } from '../../src/delivery/index.ts';
import { HANDLERS } from '../../src/handlers.ts';
import { fromBase64url, fromUtf8, toBase64url } from '../../src/kernel/bytes.ts';
import { parseStrictJson } from '../../src/kernel/json.ts';
import { fail, isFailure } from '../../src/kernel/result.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { readProblem, type WireRequest, type WireResponse } from '../../src/network/index.ts';
import { answerPeer } from '../../src/node/answer-peer.ts';
import type { Deps } from '../../src/operations.ts';
import { isObject } from '../../src/records/index.ts';
import type { Storage } from '../../src/storage/index.ts';

/** What a receiver says: `accept`, or why not and in which form it is said. */
export interface Verdict {
  readonly verdict: 'accept' | 'refuse';
  /** The whole request, this envelope in its receipt, or this envelope for now. */
  readonly by?: 'problem' | 'receipt' | 'later' | 'letter';
  readonly status?: number;
  readonly code?: string;
}

/** A request as it stands in a fixture. */
export type ShownRequest = Omit<WireRequest, 'body'> & { readonly body: string };

export function shown(request: WireRequest): ShownRequest {
  return { ...request, body: toBase64url(request.body) };
}

/** Asks a whole node, and takes back everything that it wrote: each request is judged as if it were the first. */
export async function tryOut(deps: Deps, request: WireRequest, now: number): Promise<Verdict> {
  const own = apart(deps, now);
  const response = await answerPeer(own, guardOf(own), request, 'a peer');
  return response.status === 200 ? ofAnswer(response) : ofProblem(response);
}

function apart(deps: Deps, now: number): Deps {
  const clock = { ...deps.clock, now: () => now };
  const random = seededRandom('nothing that is kept');
  return { ...deps, storage: rolledBack(deps.storage), clock, random };
}

function rolledBack(storage: Storage): Storage {
  return {
    ...storage,
    async transact(home, body) {
      const answers: Awaited<ReturnType<typeof body>>[] = [];
      await storage.transact(home, async ({ home: own, db }) => {
        answers.push(await body({ home: own, db, wake() {} }));
        return fail('rolled-back', 'Nothing is kept.', '');
      });
      const [last] = answers.slice(-1);
      if (last === undefined) throw new Error('a body answers something');
      return last;
    },
  };
}

function ofProblem(response: WireResponse): Verdict {
  return { verdict: 'refuse', by: 'problem', status: response.status, code: readProblem(response).code };
}

/** The last line says how far it got. */
function ofAnswer({ body }: WireResponse): Verdict {
  const lines = (fromUtf8(body) ?? '').trimEnd().split('\n');
  const answer = objectIn(lines.at(-1));
  if (typeof answer.later === 'string') return { verdict: 'refuse', by: 'later', code: answer.later };
  if (typeof answer.receipt !== 'string') return { verdict: 'accept' };
  return ofReceipt(fromUtf8(fromBase64url(answer.receipt) ?? new Uint8Array(0)));
}

function ofReceipt(text: string | undefined): Verdict {
  const receipt = objectIn(text);
  if (receipt.result !== 'refused') return { verdict: 'accept' };
  return { verdict: 'refuse', by: 'receipt', code: String(receipt.code) };
}

function objectIn(text: string | undefined): Record<string, unknown> {
  const parsed = parseStrictJson(text ?? '');
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}

/** The same of what came out of a box: it is taken in as if it had been posted here. */
export async function tryLetter(
  deps: Deps,
  home: string,
  box: string,
  octets: Uint8Array,
  key: Uint8Array,
  now: number,
): Promise<Verdict> {
  const envelope = readEnvelope(octets);
  if (!envelope.ok) return { verdict: 'refuse', by: 'letter', code: envelope.code };
  if (envelope.value.to !== box) return { verdict: 'refuse', by: 'letter', code: 'box-differs' };
  const taken = await receive(apart(deps, now), HANDLERS, home, envelope.value, key);
  return isFailure(taken)
    ? { verdict: 'refuse', by: 'later', code: taken.code }
    : ofReceipt(fromUtf8(taken.value));
}
