import { readEnvelope } from '../../src/delivery/envelope.ts';
import type { Envelope } from '../../src/delivery/index.ts';
import { fromBase64url, fromUtf8, hashId, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { type Json, type JsonObject, parseStrictJson } from '../../src/kernel/json.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import { isCollection, signRequest, TAG, type WireRequest } from '../../src/network/index.ts';
import { homeOfInboxPath, type PartyTables } from '../../src/parties/index.ts';
import { isObject } from '../../src/records/index.ts';
import { tables } from '../../src/storage/index.ts';
import type { TestNode } from '../../test/harness/node.ts';
import { openHub } from '../../test/nodes/hub.ts';
import { type KeyBook, keyBookOf, keyNamed, ownSecretOf, recoveryKeys, STRANGER } from './key-book.ts';
import { knowledgeOf } from './knowledge.ts';
import { moreOf } from './more-variants.ts';
import { discoveryCases, letterRequests, requestsFile } from './shared-cases.ts';
import { payloadOf, signedParts } from './signed-parts.ts';
import { playStory } from './story.ts';
import { type ShownRequest, shown, tryLetter, tryOut, type Verdict } from './trial.ts';
import { type LooseEnvelope, variantsOf } from './variants.ts';

/** One message, as it arrives, with what has to be said of it. */
export interface MessageCase extends Verdict {
  readonly name: string;
  /** The receiver's clock, where the file does not say it for all. */
  readonly now?: number;
  /** An HTTP request; or what came out of a drop box. */
  readonly request?: ShownRequest;
  readonly letter?: ShownLetter;
}

/** base64url, but for the box. */
interface ShownLetter {
  readonly box: string;
  readonly key: string;
  readonly envelope: string;
}

/** A file of fixtures: all its cases come to the same receiver at the same moment. */
export interface MessageFile {
  readonly name: string;
  readonly type: string;
  readonly now: number;
  readonly knows: JsonObject;
  readonly cases: MessageCase[];
}

/** A message on its way. */
export interface Moment {
  readonly to: TestNode;
  readonly home: string;
  readonly envelope: Envelope;
  readonly sender: SigningKey;
  readonly book: KeyBook;
  readonly now: number;
  /** The request that it came in; undefined when it came out of a box. */
  readonly request?: WireRequest;
  /** Other envelopes stand before it in the request. */
  readonly isBehind?: boolean;
}

const hasRecord = (envelope: Envelope, fits: (payload: JsonObject) => boolean): boolean =>
  signedParts(envelope.body).some((part) => part.kind === 'record' && fits(payloadOf(part)));

/** The files that are made of one message each, beside those that are named by their type. */
const SPECIAL: readonly (readonly [
  string,
  string,
  (envelope: Envelope, done: ReadonlySet<string>) => boolean,
])[] = [
  ['record-first', 'record', (it) => hasRecord(it, (p) => p.seq === 1)],
  ['record', 'record', (it) => hasRecord(it, (p) => p.type === 'message' && Number(p.seq) > 1)],
  ['record-new-key', 'record', (_, done) => done.has('identity-changed')],
  ['agreement-interaction', 'agreement-interaction', ({ body }) => 'reply' in body],
  ['agreement-interaction-answer', 'agreement-interaction', ({ body }) => !('reply' in body)],
  ['quotes', 'quotes', ({ body }) => listOf(body.quotes).some((it) => 'hold' in it)],
  // The second one: then there is an alias that has been used.
  ['hold-wanted', 'hold-wanted', (_, done) => done.has('hold-answered')],
  ['records-told-branch', 'records-told', ({ body }) => listOf(body.records).length === 1],
  ['records-told', 'records-told', ({ body }) => listOf(body.records).length > 1],
  ['identity-changed', 'identity-changed', () => true],
  ['identity-changed-again', 'identity-changed', () => true],
];

const listOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

function slotOf(envelope: Envelope, done: ReadonlySet<string>): string | undefined {
  const special = SPECIAL.filter(([, type]) => type === envelope.type);
  const found = special.find(([name, , fits]) => !done.has(name) && fits(envelope, done));
  if (special.length > 0) return found?.[0];
  return done.has(envelope.type) ? undefined : envelope.type;
}

interface Captured {
  readonly files: readonly MessageFile[];
  readonly discovery: readonly object[];
  readonly letters: readonly MessageCase[];
}

/** Plays the story, and holds each kind of message up when it comes for the first time. */
export async function captureMessages(): Promise<Captured> {
  const files: MessageFile[] = [];
  const [discovery, letters]: [object[], MessageCase[]] = [[], []];
  const done = new Set<string>();
  const nodes = new Set<TestNode>();
  const book = new Map<string, SigningKey>();
  const look = async (moment: Moment): Promise<void> => {
    const name = slotOf(moment.envelope, done);
    if (name === undefined) return;
    // What stands behind another in a request may need that one first; then it is held up when it comes again.
    if (moment.isBehind && (await asSent(moment)).verdict === 'refuse') return;
    done.add(name);
    files.push(await fileOf(name, moment));
    if (name === 'cells-wanted') files.push(await requestsFile(moment));
    if (name === 'cells-wanted') discovery.push(...(await discoveryCases(moment)));
  };
  // A courier takes what throws for a try that failed.
  const wrong: unknown[] = [];
  const hub = openHub('messages', async (request, to, from) => {
    nodes.add(to);
    if (from) nodes.add(from);
    const isLetters = isCollection(request.url);
    if (request.method !== 'POST' || (isLetters && !from)) return;
    // What was a key once is kept: some messages are signed with what has been replaced.
    for (const [kid, key] of await bookOf([...nodes])) book.set(kid, key);
    if (isLetters && !done.has('letters')) {
      done.add('letters');
      letters.push(...(await letterRequests(request, to, book)));
    }
    const moments =
      isLetters && from ? await lettersIn(request, to, from, book) : momentsOf(request, to, book);
    for (const moment of moments) await look(moment).catch((error: unknown) => wrong.push(error));
  });
  try {
    await playStory(hub);
  } finally {
    await hub.close();
  }
  if (wrong.length > 0) throw wrong[0];
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), discovery, letters };
}

async function bookOf(nodes: readonly TestNode[]): Promise<KeyBook> {
  const book = new Map(await keyBookOf(nodes.map((node) => node.deps)));
  for (const { deps } of nodes) {
    const movers = await deps.storage.read((view) =>
      tables<PartyTables>(view)
        .selectFrom('parties')
        .select('home_id')
        .where('handle', 'in', ['maya', 'fanfare'])
        .execute(),
    );
    for (const { home_id: home } of movers)
      for (const key of recoveryKeys(await secretOf(deps, home), 16)) book.set(key.kid, key);
  }
  return book;
}

const secrets = new Map<string, Promise<Uint8Array>>();

/** Opening it takes a while; it stays the same. */
function secretOf(deps: TestNode['deps'], home: string): Promise<Uint8Array> {
  const known = secrets.get(home) ?? ownSecretOf(deps, home);
  secrets.set(home, known);
  return known;
}

/** The envelopes of a request, one a line. */
function momentsOf(request: WireRequest, to: TestNode, book: KeyBook): Moment[] {
  const inbox = new URL(request.url).pathname.split('/').at(-1) ?? '';
  const home = homeOfInboxPath(to.deps.nodeKey, inbox);
  if (home === undefined) return [];
  const lines = (fromUtf8(request.body) ?? '').split('\n').filter((line) => line !== '');
  return lines.flatMap((line, place): Moment[] => {
    const envelope = readEnvelope(toUtf8(line));
    if (!envelope.ok) return [];
    const sender = keyNamed(book, keyIn(request));
    const now = to.deps.clock.now();
    return [{ to, home, envelope: envelope.value, sender, book, now, request, isBehind: place > 0 }];
  });
}

async function asSent({ to, envelope, sender, now, request }: Moment): Promise<Verdict> {
  if (!request) return { verdict: 'accept' };
  return tryOut(to.deps, signedLine(request, toUtf8(JSON.stringify(envelope)), sender, now), now);
}

/** What waits in the box that somebody is about to look into. */
async function lettersIn(request: WireRequest, at: TestNode, to: TestNode, book: KeyBook): Promise<Moment[]> {
  const response = await at.answerPeer(request, 'looking');
  const answer = objectIn(response.body);
  const letters = Array.isArray(answer.letters) ? answer.letters.filter(isObject) : [];
  const moments: Moment[] = [];
  for (const letter of letters) {
    const envelope = readEnvelope(octets(letter.envelope));
    const home = envelope.ok ? await homeOfBox(to, envelope.value.to) : undefined;
    if (!envelope.ok || home === undefined) continue;
    const sender = keyNamed(book, octets(letter.key));
    moments.push({ to, home, envelope: envelope.value, sender, book, now: to.deps.clock.now() });
  }
  return moments;
}

async function homeOfBox(to: TestNode, box: string): Promise<string | undefined> {
  const row = await to.deps.storage.read((view) =>
    tables<{ drop_boxes: { home_id: string; box: string } }>(view)
      .selectFrom('drop_boxes')
      .select('home_id')
      .where('box', '=', box)
      .executeTakeFirst(),
  );
  return row?.home_id;
}

async function fileOf(name: string, moment: Moment): Promise<MessageFile> {
  const { to, home, envelope, sender, book, now } = moment;
  const known = await knowledgeOf(to.deps, home);
  const { yours } = envelope.body;
  // Whose keys these are the receiver can tell by its secret, which is in no fixture.
  const knows = name === 'founding-told' && isObject(yours) ? { ...known, lost: [idOf(yours)] } : known;
  const loose = envelope as unknown as LooseEnvelope; // plain JSON, as it was read
  const variants = [...variantsOf(loose, book), ...moreOf(name, loose, book, knows)];
  const cases: MessageCase[] = [];
  for (const variant of variants) {
    const key = variant.isForeign ? STRANGER : (variant.key ?? sender);
    const octets = toUtf8(JSON.stringify(variant.envelope));
    cases.push(
      moment.request
        ? await requestCase(variant.name, moment, signedLine(moment.request, octets, key, now))
        : await letterCase(variant.name, moment, octets, key),
    );
  }
  return { name, type: envelope.type, now, knows, cases };
}

function idOf(wire: JsonObject): string {
  return hashId(octets(wire.payload));
}

export async function requestCase(
  name: string,
  { to, now }: Moment,
  request: WireRequest,
): Promise<MessageCase> {
  return { name, ...(await tryOut(to.deps, request, now)), request: shown(request) };
}

async function letterCase(
  name: string,
  { to, home, envelope, now }: Moment,
  octets: Uint8Array,
  key: SigningKey,
): Promise<MessageCase> {
  const letter = { box: envelope.to, key: toBase64url(key.publicKey), envelope: toBase64url(octets) };
  return { name, ...(await tryLetter(to.deps, home, envelope.to, octets, key.publicKey, now)), letter };
}

/** A request with one line, signed now. */
function signedLine(
  { method, url, headers }: WireRequest,
  line: Uint8Array,
  key: SigningKey,
  now: number,
): WireRequest {
  return signedBody({ method, url, headers, body: new Uint8Array([...line, 0x0a]) }, key, now);
}

export function signedBody(
  { method, url, headers, body }: WireRequest,
  key: SigningKey,
  now: number,
): WireRequest {
  const bare = { 'content-type': headers['content-type'] ?? '' };
  const nonce = toBase64url(seededRandom(`nonce ${now} ${key.kid}`).bytes(16));
  return signRequest({ method, url, headers: bare, body }, key, {
    created: now,
    expires: now + 240_000,
    nonce,
    tag: TAG,
  });
}

export function keyIn(request: WireRequest): Uint8Array {
  const found = /keyid="([^"]+)"/.exec(request.headers['signature-input'] ?? '');
  return octets(found?.[1] ?? '');
}

function octets(value: Json | undefined): Uint8Array {
  return fromBase64url(String(value)) ?? new Uint8Array(0);
}

export function objectIn(body: Uint8Array): JsonObject {
  const parsed = parseStrictJson(fromUtf8(body) ?? '');
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}
