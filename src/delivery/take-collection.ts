import { fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { isFailure } from '../kernel/result.ts';
import { thumbprint } from '../kernel/signing.ts';
import {
  LETTERS,
  LETTERS_WANTED,
  problemAnswer,
  verifyRequest,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import { NODE_HOME } from '../parties/index.ts';
import { isObject } from '../records/index.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { boxOf } from './drop-box.ts';
import type { Guard } from './guard.ts';
import { BOX_LIMITS } from './limits.ts';
import type { DeliveryTables } from './model.ts';

/**
 * Hands the letters of a box to whoever signs with its key: those after `readTo`, which are forgotten up to there. Asked
 * again with the same number it answers the same. Nothing says whether there ever was such a box.
 */
export async function takeCollection(
  deps: BaseDeps,
  request: WireRequest,
  guard: Guard,
  side: string | undefined,
): Promise<WireResponse> {
  if (request.method !== 'POST' || new URL(request.url).search !== '') return problemAnswer(404, 'not-found');
  if (request.headers['content-type'] !== LETTERS_WANTED) return problemAnswer(415, 'type-unknown');
  const tooMuch = guard.checkSide(request, side);
  if (tooMuch) return tooMuch;
  const verified = verifyRequest(request, deps.clock.now());
  if (isFailure(verified)) {
    const more = verified.code === 'clock-differs' ? { now: deps.clock.now() } : {};
    return problemAnswer(401, verified.code, more);
  }
  const readTo = readToOf(request.body);
  if (readTo === undefined) return problemAnswer(400, 'collection-malformed');
  const box = boxOf(thumbprint(verified.value.publicKey));
  const letters = await deps.storage.transact(NODE_HOME, async (tx) => {
    const db = tables<DeliveryTables>(tx);
    await db
      .deleteFrom('drop_letters')
      .where('home_id', '=', NODE_HOME)
      .where('box', '=', box)
      .where('position', '<=', readTo)
      .execute();
    return db
      .selectFrom('drop_letters')
      .select(['position', 'sender_key', 'octets'])
      .where('home_id', '=', NODE_HOME)
      .where('box', '=', box)
      .orderBy('position')
      .limit(BOX_LIMITS.letters)
      .execute();
  });
  const told: object[] = [];
  let octets = 0;
  for (const letter of letters) {
    octets += letter.octets.length;
    if (told.length > 0 && octets > BOX_LIMITS.answerBytes) break;
    const { position, sender_key: key, octets: envelope } = letter;
    told.push({ position, key: toBase64url(key), envelope: toBase64url(envelope) });
  }
  const body = toUtf8(JSON.stringify({ v: 1, letters: told, isAll: told.length === letters.length }));
  return { status: 200, headers: { 'content-type': LETTERS }, body };
}

function readToOf(body: Uint8Array): number | undefined {
  const text = body.length <= 200 ? fromUtf8(body) : undefined;
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  const readTo = parsed?.ok && isObject(parsed.value) ? parsed.value.readTo : undefined;
  return typeof readTo === 'number' && readTo >= 0 ? readTo : undefined;
}
