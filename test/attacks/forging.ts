import assert from 'node:assert/strict';
import { toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { type SigningKey, signingKey, thumbprint } from '../../src/kernel/signing.ts';
import { ENVELOPES, signRequest, TAG, type WireRequest, type WireResponse } from '../../src/network/index.ts';
import { inceptionDocument } from '../../src/parties/identity.ts';
import { headOf, recordToWire, type SignedRecord, signRecord, toWire } from '../../src/records/index.ts';
import type { TestNode } from '../harness/node.ts';
import { HOME, rowsOf, type World } from './world.ts';

const MINUTE = 60_000;

export interface Forged {
  readonly v: number;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly iat: number;
  readonly exp: number;
  readonly body: object;
}

/** An envelope of the attacker's in the first relationship, with whatever is changed about it. */
export function envelope(world: World, change: Partial<Forged> = {}): Forged {
  const { first, random } = world;
  const [iat, id] = [world.now(), newId(random)];
  const own = {
    v: 1,
    id,
    from: first.me,
    to: first.inbox,
    type: 'record',
    iat,
    exp: iat + 60 * 24 * 60 * MINUTE,
  };
  return { ...own, body: { rel: first.rel }, ...change };
}

export function stranger(world: World): SigningKey {
  return signingKey(world.random.bytes(32));
}

/** An identity that nobody has met: its inception in wire form, its name and its key. */
export function newcomer(world: World, address = { host: 'mallory.example', inbox: 'somewhere' }) {
  const secret = world.random.bytes(32);
  const document = inceptionDocument(secret, 0, toBase64url(world.random.bytes(32)), address);
  return { secret, document: { ...toWire(document) }, octets: document };
}

/** Octets of envelopes as one request body. */
export function lines(envelopes: readonly (object | string)[]): Uint8Array {
  return toUtf8(envelopes.map((it) => `${typeof it === 'string' ? it : JSON.stringify(it)}\n`).join(''));
}

/** A request for the victim's inbox, signed by this key. */
export function posted(
  world: World,
  envelopes: readonly (object | string)[],
  key: SigningKey = world.first.key,
  change: Partial<WireRequest> = {},
): WireRequest {
  const [first] = envelopes;
  const inbox = typeof first === 'object' && 'to' in first ? first.to : world.first.inbox;
  const request = {
    method: 'POST',
    url: `https://${HOME}/parley/v1/inbox/${inbox}`,
    headers: { 'content-type': ENVELOPES },
    body: lines(envelopes),
    ...change,
  };
  return sealed(world, request, key);
}

export function sealed(world: World, request: WireRequest, key: SigningKey): WireRequest {
  const created = world.now();
  const nonce = toBase64url(world.random.bytes(16));
  return signRequest(request, key, { created, expires: created + 4 * MINUTE, nonce, tag: TAG });
}

interface Said {
  readonly type?: string;
  readonly content?: JsonObject;
  readonly key?: SigningKey;
}

/** The attacker's next record in the first relationship; with whatever is changed about it. */
export async function nextRecord(
  world: World,
  change: Partial<Parameters<typeof signRecord>[0]> = {},
  { type = 'message', content = { text: 'Forged.' }, key = world.first.key }: Said = {},
): Promise<SignedRecord> {
  const { me: author, rel } = world.first;
  const head = await headAt(world);
  const seen = await lastOf(world, world.first.victim);
  const own = { author, rel, seq: head.seq + 1, prev: head.id, seen: seen?.id ?? null, at: world.now() };
  return signRecord({ ...own, ...change }, type, 1, content, key, world.random);
}

/** The last record of the attacker's chain that the victim has. */
export async function headAt({ home, victim, first }: World): Promise<{ id: string; seq: number }> {
  const head = await lastOf({ home, victim, first }, first.me);
  assert(head, 'the attacker has said something honest before');
  return head;
}

/** Whoever has signed a receipt for a record and has not seen it is asked whether it was lost. */
function lastOf({ home, victim, first }: Pick<World, 'home' | 'victim' | 'first'>, author: string) {
  return home.deps.storage.transact(victim, (tx) => headOf(tx, first.rel, author));
}

export function carrying(world: World, record: SignedRecord, change: Partial<Forged> = {}): Forged {
  return envelope(world, { body: { rel: world.first.rel, record: { ...recordToWire(record) } }, ...change });
}

/** Answers in short: the status and the code, or what each line says. */
export function said(response: WireResponse): string {
  const text = Buffer.from(response.body).toString();
  if (response.status !== 200) return `${response.status} ${codeIn(text)}`;
  return text
    .trimEnd()
    .split('\n')
    .map((line) => lineSays(line))
    .join(', ');
}

function codeIn(text: string): string {
  return /"code":"([^"]+)"/.exec(text)?.[1] ?? '';
}

function lineSays(line: string): string {
  const { later, receipt } = JSON.parse(line) as { later?: string; receipt?: string }; // of our own making
  if (later !== undefined) return `later ${later}`;
  const { result, code } = JSON.parse(Buffer.from(receipt ?? '', 'base64url').toString());
  return code === undefined ? result : `${result} ${code}`;
}

/** Which tables changed, apart from those that may. */
export async function changed(
  node: TestNode,
  before: ReadonlyMap<string, string>,
  may: readonly string[] = [],
): Promise<string[]> {
  const after = await rowsOf(node);
  return [...after]
    .filter(([name, hash]) => before.get(name) !== hash && !may.includes(name))
    .map(([name]) => name);
}

/**
 * Posts to the victim, and answers what went wrong with that: another answer than expected, a row that changed, a request
 * that left the victim's node on the way.
 */
export async function refusedBy(
  world: World,
  request: WireRequest,
  expected: RegExp,
  may: readonly string[] = [],
  node: TestNode = world.home,
): Promise<string | undefined> {
  const before = await rowsOf(node);
  const asked = world.left.length;
  const answer = said(await node.answerPeer(request, world.side()));
  const rows = await changed(node, before, may);
  if (!expected.test(answer)) return `it was answered: ${answer}`;
  if (rows.length > 0) return `rows changed in ${rows.join(', ')}`;
  return world.left.length === asked ? undefined : 'the node asked the network before it refused';
}

/** The name that a key has by itself. */
export function nameOf(key: SigningKey): string {
  return thumbprint(key.publicKey);
}
