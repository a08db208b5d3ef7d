import { concat, equalBytes, fromBase64url, fromUtf8, hashId, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import { hmacSha256 } from '../kernel/hkdf.ts';
import { parseStrictJson } from '../kernel/json.ts';
import type { Actor } from '../kernel/operation.ts';
import { derive } from '../kernel/sealing.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { DEVICE_LIMITS } from './limits.ts';
import type { DeviceTables } from './model.ts';
import type { Site } from './site.ts';

/** What a challenge may be answered for: a new passkey, coming in, or something that asks once more who it is. */
type Purpose = 'add' | 'come-in' | 'ask-again';

/** Who asked, where, and for what. An answer holds for nobody and nothing else; who has no session yet is anybody. */
export interface Asking {
  readonly actor: Actor;
  readonly site: Site;
  readonly purpose: Purpose;
}

const NONCE = 16;
const UNTIL = 6;
const TAG = 32;

/**
 * A challenge that the node itself can tell for its own: a nonce, its end, and a tag over both and over who asked for what.
 * So nothing is kept of those that nobody answers, of which anybody may ask any number.
 */
export function newChallenge(deps: BaseDeps, asking: Asking): string {
  const until = new Uint8Array(UNTIL);
  Buffer.from(until.buffer).writeUIntBE(deps.clock.now() + DEVICE_LIMITS.challengeMs, 0, UNTIL);
  const head = concat(deps.random.bytes(NONCE), until);
  return toBase64url(concat(head, tagOf(deps, head, asking)));
}

/** Until when a challenge holds; undefined for one that is not ours, not for this, or over. */
function untilOf(deps: BaseDeps, challenge: string, asking: Asking): number | undefined {
  const octets = fromBase64url(challenge);
  if (octets?.length !== NONCE + UNTIL + TAG) return undefined;
  const head = octets.subarray(0, NONCE + UNTIL);
  if (!equalBytes(octets.subarray(NONCE + UNTIL), tagOf(deps, head, asking))) return undefined;
  const until = Buffer.from(head).readUIntBE(NONCE, UNTIL);
  return until > deps.clock.now() ? until : undefined;
}

function tagOf(deps: BaseDeps, head: Uint8Array, { actor, site, purpose }: Asking): Uint8Array {
  const bound = [purpose, site.origin, actor.session ?? null, purpose === 'come-in' ? null : actor.home];
  const key = derive(deps.nodeKey, 'parley/passkey-challenge/v1');
  return hmacSha256(key, head, toUtf8(JSON.stringify(bound)));
}

/**
 * Uses up the challenge that an answer names, whatever else is wrong with the answer. Answers the challenge; undefined when
 * it is none of ours, or was answered before.
 */
export async function spendChallenge(
  deps: BaseDeps,
  clientDataJSON: string,
  asking: Asking,
): Promise<string | undefined> {
  const challenge = challengeIn(clientDataJSON);
  const until = challenge === undefined ? undefined : untilOf(deps, challenge, asking);
  if (challenge === undefined || until === undefined) return undefined;
  const isFirst = await deps.storage.transact(NODE_HOME, async (tx) => {
    const row = await tables<DeviceTables>(tx)
      .insertInto('spent_challenges')
      .values({ home_id: NODE_HOME, id: hashId(toUtf8(challenge)), until_at: until })
      .onConflict((c) => c.columns(['home_id', 'id']).doNothing())
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  });
  return isFirst ? challenge : undefined;
}

function challengeIn(clientDataJSON: string): string | undefined {
  const octets = fromBase64url(clientDataJSON);
  const text = octets && fromUtf8(octets);
  const json = text === undefined ? undefined : parseStrictJson(text);
  const value = json?.ok ? json.value : undefined;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && typeof value.challenge === 'string' ? value.challenge : undefined;
}

/** Forgets answered challenges whose time is over: those are refused anyway. */
export async function sweepChallenges(deps: BaseDeps): Promise<void> {
  const now = deps.clock.now();
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<DeviceTables>(tx)
      .deleteFrom('spent_challenges')
      .where('home_id', '=', NODE_HOME)
      .where('until_at', '<=', now)
      .execute(),
  );
}
