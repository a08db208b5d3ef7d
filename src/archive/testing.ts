import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after } from 'node:test';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { actAs, type Engine } from '../../test/harness/test-deps.ts';
import { receive, send } from '../delivery/index.ts';
import { HANDLERS } from '../handlers.ts';
import { sha256, toBase64url } from '../kernel/bytes.ts';
import { must } from '../kernel/result.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { makeUpload, type Upload } from '../kernel/upload.ts';
import { homeOfHandle, ownIdentity } from '../parties/index.ts';
import { recordToWire, signRecord } from '../records/index.ts';
import { findRelationship } from '../relationships/index.ts';
import { openContainer, sealToFile } from './container.ts';
import { exportParty } from './export-party.ts';
import type { Report } from './model.ts';
import { verifyArchive } from './verify-archive.ts';

/** scrypt's work for tests: 2^8. */
export const QUICK = 8;
export const ARCHIVE_PASSPHRASE = 'the archive’s own passphrase';

const GHENT = { id: '2797656', label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 };
const DAY = 86_400_000;
const CATEGORY = 'ae-2-8-3-5-3';
const maya = { as: 'maya' };
const shop = { as: 'fanfare' };

/** A folder that goes when the tests of the file are over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-archive-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function uploadOf(path: string): Upload {
  return makeUpload(path, basename(path), statSync(path).size, async () => {});
}

/** An archive of a home, with little work for the passphrase. */
export async function exportQuickly(
  node: TestNode,
  home: string,
  passphrase = ARCHIVE_PASSPHRASE,
): Promise<string> {
  return must(await exportParty(node.deps, actAs(home), { passphrase }, QUICK)).path;
}

export async function reportOn(path: string, passphrase = ARCHIVE_PASSPHRASE): Promise<Report> {
  return (await verifyArchive(path, passphrase)).report;
}

/** One octet is another, or only so many are left, or these (base64url) follow; see fixtures/archives. */
export type OctetsChange = { at: number; octet: number } | { keep: number } | { append: string };

export function changed(octets: Buffer, change: OctetsChange | undefined): Buffer {
  if (change === undefined) return octets;
  if ('keep' in change) return octets.subarray(0, change.keep);
  if ('append' in change) return Buffer.concat([octets, Buffer.from(change.append, 'base64url')]);
  const copy = Buffer.from(octets);
  copy[change.at] = change.octet;
  return copy;
}

/** The lines of an archive, and a new archive of other lines: what somebody with the passphrase can do. */
export async function readLinesOf(path: string): Promise<string[]> {
  const container = await openContainer(path, ARCHIVE_PASSPHRASE);
  assert('blocks' in container);
  const blocks: Uint8Array[] = [];
  for await (const block of container.blocks()) blocks.push(block);
  return Buffer.concat(blocks).toString('utf8').trimEnd().split('\n');
}

export async function sealText(path: string, text: string): Promise<number> {
  const octets = async function* () {
    yield new TextEncoder().encode(text);
  };
  return sealToFile(path, octets(), ARCHIVE_PASSPHRASE, QUICK, seededRandom(path));
}

/** A row as its line has it. */
export type JsonRow = Record<string, string | number | boolean | null>;

/** Where the rows of a section are among the lines. */
export function rowsOf(lines: readonly string[], section: string): number[] {
  const start = lines.indexOf(JSON.stringify({ section }));
  const end = lines.findIndex((line, i) => i > start && /^\{"(section|manifest)":/.test(line));
  return Array.from({ length: end - start - 1 }, (_, i) => start + 1 + i);
}

export function findRow(lines: readonly string[], section: string, fits: (row: JsonRow) => boolean): number {
  const at = rowsOf(lines, section).find((i) => fits(JSON.parse(lines[i] ?? '')));
  assert(at !== undefined, `there is such a row in ${section}`);
  return at;
}

/** Changes the first row that fits. */
export function editRow(
  lines: string[],
  section: string,
  fits: (row: JsonRow) => boolean,
  change: (row: JsonRow) => void,
): void {
  const at = findRow(lines, section, fits);
  const row: JsonRow = JSON.parse(lines[at] ?? '');
  change(row);
  lines[at] = JSON.stringify(row);
}

/** The last line again, over whatever the lines are now: as somebody does who knows the passphrase and the format. */
export function countAgain(lines: string[]): void {
  const sha = (list: readonly string[]): string =>
    toBase64url(sha256(list.map((line) => `${line}\n`).join('')));
  const { manifest } = JSON.parse(lines.at(-1) ?? '');
  for (const section of Object.keys(manifest.counts)) {
    const rows = rowsOf(lines, section).map((i) => lines[i] ?? '');
    manifest.counts[section] = rows.length;
    manifest.hashes[section] = sha(rows);
  }
  manifest.total = { lines: lines.length - 1, sha256: sha(lines.slice(0, -1)) };
  lines[lines.length - 1] = JSON.stringify({ manifest });
}

/** Two people who dealt with each other on one node, through what a person can do. */
export interface Town {
  readonly node: TestNode;
  readonly homes: { readonly maya: string; readonly fanfare: string; readonly market: string };
  /** The relationship that is still open. */
  readonly open: string;
}

/**
 * Maya accepts an offer for each of her wants; the last is refused, for the shop has one less. With more than two the
 * first relationship ends; a shared item is taken back, a record is forked, and a message cannot be delivered.
 */
export async function openTown(engine: Engine, seed: string, wants = 3): Promise<Town> {
  const node = await startTestNode({ engine, seed });
  const fanfare = await openShop(node, wants - 1);
  const home = await node.party('maya');
  const email = { property: 'schema:email', value: 'maya@example.org', tags: ['ｈome', '😀'], note: 'An é.' };
  const { id: item } = await node.done<{ id: string }>('put-item', email, maya);
  await node.done('put-item', { id: item, property: 'schema:email', value: 'maya@example.net' }, maya);
  const { code } = await node.done<{ code: string }>('show-recovery-code', {}, maya);
  await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
  await node.done('choose-terms', { ids: ['SD-BASE'] }, maya);
  const relationships = await acceptAll(node, item, wants);
  const [first = '', open = ''] =
    relationships.length > 2 ? relationships : [relationships[0], relationships[0]];
  for (const relationship of new Set([first, open])) await talk(node, relationship);
  if (first === open) await takeBack(node, open);
  else await node.done('end-relationship', { relationship: first, why: 'Done.' }, maya);
  await node.idle();
  await sendFork(node, fanfare, home, open);
  await sendNowhere(node, home);
  return { node, homes: { maya: home, fanfare, market: await homeOf(node, 'market') }, open };
}

async function acceptAll(node: TestNode, item: string, wants: number): Promise<string[]> {
  const offers: string[] = [];
  for (let i = 0; i < wants; i++) offers.push(await want(node, 30_000 + i * 10_000));
  const relationships: string[] = [];
  for (const offer of offers) {
    const disclose = [{ item, purpose: 'to say when it is ready' }];
    const accepted = await node.done<{ relationship: string }>('accept-offer', { offer, disclose }, maya);
    relationships.push(accepted.relationship);
    await node.idle();
  }
  const refused = { relationship: relationships.at(-1) };
  assert.equal((await node.done<{ state: string }>('get-relationship', refused, maya)).state, 'refused');
  return relationships;
}

async function openShop(node: TestNode, stock: number): Promise<string> {
  const home = await node.party('fanfare');
  await node.done('open-storefront', { name: 'Fanfare' }, shop);
  await node.idle();
  const listing = {
    title: 'Student trumpet, overhauled',
    category: CATEGORY,
    price: { unit: 'EUR', value: '26500' },
    stock,
    mode: 'first-come',
    place: GHENT,
    reach: { level: 'local', km: 40 },
    acceptsTerms: ['SD-BASE'],
    demands: { asks: [{ property: 'schema:email', purpose: 'to say when it is ready', days: 30 }] },
    delivery: { how: 'pickup', days: 3 },
    until: node.deps.clock.now() + 60 * DAY,
  };
  await node.done('publish-listing', listing, shop);
  await node.idle();
  return home;
}

/** Casts a want and answers the one offer for it. */
async function want(node: TestNode, max: number): Promise<string> {
  const fields = {
    kind: 'goods',
    category: CATEGORY,
    place: GHENT,
    radiusKm: 30,
    budget: { max: { unit: 'EUR', value: String(max) } },
    words: `a trumpet under ${max}`,
  };
  await node.call('preview-cast', { fields }, maya);
  await node.idle();
  const { choices } = await node.done<{ choices: { cell: { id: string } }[] }>(
    'preview-cast',
    { fields },
    maya,
  );
  const choice = choices.at(-1)?.cell.id;
  const { id } = await node.done<{ id: string }>('cast-intent', { fields, choice, ifBelow: 'hold' }, maya);
  await node.idle();
  const { rows } = await node.done<{ rows: { id: string }[] }>('list-offers', { intent: id }, maya);
  assert.equal(rows.length, 1);
  return rows[0]?.id ?? '';
}

async function talk(node: TestNode, relationship: string): Promise<void> {
  await node.done('send-message', { relationship, text: 'When can I fetch it? 🎺' }, maya);
  await node.idle();
  await node.done('send-message', { relationship, text: 'On Tuesday.', signedAs: 'Jan' }, shop);
  await node.idle();
  await node.done('fulfil-commitment', { commitment: `${relationship}:0`, note: 'It is ready.' }, shop);
  await node.idle();
  await node.done('confirm-commitment', { commitment: `${relationship}:0`, outcome: 'late' }, maya);
  await node.idle();
  await node.done('write-review', { relationship, outcome: 'late', text: 'A good trumpet.' }, maya);
  await node.idle();
}

/** The shop signs a second record with a number it has used, and Maya keeps it as the proof. */
async function sendFork(node: TestNode, from: string, to: string, rel: string): Promise<void> {
  const { deps } = node;
  const identityIn = (home: string) =>
    deps.storage.transact(home, async (tx) => {
      const relationship = await findRelationship(tx, home, rel);
      const identity = relationship && (await ownIdentity(tx, deps, relationship.mine));
      assert.ok(identity);
      return identity;
    });
  const [mine, theirs] = [await identityIn(from), await identityIn(to)];
  const position = { author: mine.id, rel, seq: 1, prev: null, seen: null, at: 1 };
  const content = { words: 'Another one.', signedAs: '' };
  const record = signRecord(position, 'message', 1, content, mine.key, deps.random);
  const envelope = {
    v: 1,
    id: 'fork',
    from: mine.id,
    to: theirs.inbox,
    type: 'record',
    iat: 1,
    exp: deps.clock.now() + DAY,
  } as const;
  const body = { rel, record: { ...recordToWire(record) } };
  const receipt = must(await receive(deps, HANDLERS, to, { ...envelope, body }, 'neighbour'));
  assert.match(Buffer.from(receipt).toString(), /record-fork/);
}

async function takeBack(node: TestNode, relationship: string): Promise<void> {
  const { rows } = await node.done<{ rows: { id: string }[] }>('list-grants', { relationship }, maya);
  await node.done('stop-sharing', { grant: rows[0]?.id }, maya);
}

/** What waits for a node that cannot be reached is part of a party too. */
async function sendNowhere({ deps, idle }: TestNode, home: string): Promise<void> {
  const to = { host: 'elsewhere.invalid', inbox: 'nobody' };
  await deps.storage.transact(home, (tx) =>
    send(tx, deps, { to, as: { name: 'me', signer: 'one-use/test' }, type: 'record', body: {} }),
  );
  await idle();
}

async function homeOf(node: TestNode, handle: string): Promise<string> {
  const home = await node.deps.storage.read((view) => homeOfHandle(view, handle));
  assert.ok(home);
  return home;
}
