import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { parseStrictJson } from '../kernel/json.ts';
import type { Repeating } from '../kernel/repeating.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import {
  collectionUrl,
  LETTERS_WANTED,
  originOf,
  SIGNATURE_MS,
  signRequest,
  TAG,
  type WayOut,
  type WireResponse,
} from '../network/index.ts';
import { getPartyRow, speakersKey } from '../parties/index.ts';
import { isObject } from '../records/index.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { BOXES } from './drop-box.ts';
import { readEnvelope } from './envelope.ts';
import { BOX_LIMITS } from './limits.ts';
import type { DeliveryTables, DropBoxRow } from './model.ts';
import { type Handlers, receive } from './receive.ts';

/** The longest that the collector sleeps while there are boxes. */
const LONGEST_SLEEP_MS = 60_000;

/**
 * Looks into the boxes of everybody here, at other nodes, as often as each is due, until their time is over. Without a
 * box it sleeps until one is opened.
 */
export function startCollector<Deps extends BaseDeps>(
  deps: Deps,
  out: WayOut,
  handlers: Handlers<Deps>,
): Repeating {
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  let cancel = (): void => {};
  const sleep = (ms: number): void => {
    cancel();
    if (!isStopped) cancel = deps.clock.after(ms, look);
  };
  const look = (): void => {
    running = running
      .then(async () => {
        await collectDue(deps, out, handlers);
        const next = await deps.storage.read(nextLook);
        if (next !== undefined) sleep(Math.min(Math.max(next - deps.clock.now(), 1), LONGEST_SLEEP_MS));
      })
      .catch(() => {
        deps.log('collector.stumbled');
        sleep(LONGEST_SLEEP_MS);
      });
  };
  deps.storage.listen(BOXES, () => sleep(BOX_LIMITS.firstLookMs));
  look();
  return {
    idle: () => running,
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}

/** When the next box is due; undefined when there is none. */
async function nextLook(view: View): Promise<Instant | undefined> {
  const row = await tables<DeliveryTables>(view)
    .selectFrom('drop_boxes')
    .select('look_at')
    .orderBy('look_at')
    .limit(1)
    .executeTakeFirst();
  return row?.look_at;
}

async function collectDue<Deps extends BaseDeps>(
  deps: Deps,
  out: WayOut,
  handlers: Handlers<Deps>,
): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.storage.read((view) =>
    tables<DeliveryTables>(view)
      .selectFrom('drop_boxes')
      .selectAll()
      .where('look_at', '<=', now)
      .orderBy('look_at')
      .orderBy('home_id')
      .orderBy('box')
      .limit(BOX_LIMITS.atOnce)
      .execute(),
  );
  await Promise.all(due.map((box) => collect(deps, out, handlers, box)));
}

/** One look into one box: every letter is taken in as if it had been posted here, then the box is noted as read. */
async function collect<Deps extends BaseDeps>(
  deps: Deps,
  out: WayOut,
  handlers: Handlers<Deps>,
  box: DropBoxRow,
): Promise<void> {
  const answer = await ask(deps, out, box);
  const letters = isFailure(answer) ? [] : lettersOf(answer.value);
  let readTo = box.read_to;
  for (const letter of letters) {
    const envelope = readEnvelope(letter.envelope);
    const isForBox = envelope.ok && envelope.value.to === box.box;
    const taken = isForBox && (await receive(deps, handlers, box.home_id, envelope.value, letter.key));
    if (taken && isFailure(taken)) break;
    readTo = letter.position;
  }
  const isFresh = readTo > box.read_to;
  const looked = isFresh ? 0 : box.looked + 1;
  const wait = Math.min(BOX_LIMITS.firstLookMs * 2 ** Math.min(looked, 20), BOX_LIMITS.longestLookMs);
  await deps.storage.transact(box.home_id, async (tx) => {
    const db = tables<DeliveryTables>(tx);
    const now = deps.clock.now();
    if (now > box.until_at) {
      await db
        .deleteFrom('drop_boxes')
        .where('home_id', '=', box.home_id)
        .where('box', '=', box.box)
        .execute();
      return;
    }
    await db
      .updateTable('drop_boxes')
      .set({ read_to: readTo, looked, look_at: now + wait })
      .where('home_id', '=', box.home_id)
      .where('box', '=', box.box)
      .execute();
  });
}

async function ask(deps: BaseDeps, out: WayOut, box: DropBoxRow): Promise<Result<WireResponse>> {
  const { party, key } = await deps.storage.read(async (view) => ({
    party: await getPartyRow(view, box.home_id),
    key: await speakersKey(view, deps, box.home_id, box.signer),
  }));
  if (!key || party?.paused_at !== null) return fail('party-paused', 'This copy is not in use.', '');
  const created = deps.clock.now();
  const request = {
    method: 'POST',
    url: collectionUrl(originOf(box.host, out.plainHosts)),
    headers: { 'content-type': LETTERS_WANTED },
    body: toUtf8(JSON.stringify({ v: 1, readTo: box.read_to })),
  };
  const nonce = toBase64url(deps.random.bytes(16));
  const signed = signRequest(request, key, { created, expires: created + SIGNATURE_MS, nonce, tag: TAG });
  return (out.hidden ?? out.exchange)(signed);
}

interface Letter {
  readonly position: number;
  readonly key: Uint8Array;
  readonly envelope: Uint8Array;
}

function lettersOf(response: WireResponse): Letter[] {
  const text = response.status === 200 ? fromUtf8(response.body) : undefined;
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  const letters = parsed?.ok && isObject(parsed.value) ? parsed.value.letters : undefined;
  if (!Array.isArray(letters)) return [];
  return letters.slice(0, BOX_LIMITS.letters).flatMap((it) => {
    const read = isObject(it) ? letterOf(it) : undefined;
    return read?.ok ? [read.value] : [];
  });
}

function letterOf(it: Record<string, unknown>): Result<Letter> {
  const [key, envelope] = [it.key, it.envelope].map((text) =>
    typeof text === 'string' ? fromBase64url(text) : undefined,
  );
  const { position } = it;
  const isWhole = typeof position === 'number' && Number.isSafeInteger(position);
  return key && envelope && isWhole
    ? ok({ position, key, envelope })
    : fail('letter-malformed', 'A letter could not be read.', '');
}
