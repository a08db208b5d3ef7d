import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { must } from '../../src/kernel/result.ts';
import { inceptionDocument, nodeSigningKey, readInception } from '../../src/parties/identity.ts';
import { makeInboxPath } from '../../src/parties/index.ts';
import { servedSecretOf } from '../../src/parties/keys.ts';
import { toWire } from '../../src/records/index.ts';
import type { TestNode } from '../../test/harness/node.ts';
import type { Town } from './town.ts';

type Row = Record<string, SQLInputValue>;

/** One of the two nodes of a town: its file, its party, and rows of its own that the invented ones are like. */
interface Side {
  readonly file: DatabaseSync;
  readonly node: TestNode;
  readonly home: string;
  readonly served: Uint8Array;
  readonly likes: Readonly<Record<string, Row>>;
  position: number;
  outbox: number;
}

const LIKE = ['relationships', 'identities', 'counterparts', 'records', 'messages', 'outbox', 'inbox'] as const;
/** Relationships whose rows share a commit. */
const TOGETHER = 50;

/**
 * Relationships between both nodes with their history: the identities and keys are real, so that they can be spoken in; the
 * records are rows of the length of real ones, whose chains go on from their heads. Answers the relationships.
 */
export async function fill(town: Town, relationships: number, records: number): Promise<string[]> {
  const sides = [await sideOf(town.home, town.relationship), await sideOf(town.vendor, town.relationship)] as const;
  const ids = Array.from({ length: relationships }, () => newId(systemRandom)).sort();
  for (let at = 0; at < ids.length; at += TOGETHER) {
    for (const { file } of sides) file.exec('begin immediate');
    for (const id of ids.slice(at, at + TOGETHER)) fillOne(sides, id, records / relationships);
    for (const { file } of sides) file.exec('commit');
    await new Promise((resolve) => setImmediate(resolve)); // the nodes write now and then
  }
  for (const side of sides) {
    const { file, home, position, outbox } = side;
    file.prepare('update parties set next_position = ? where home_id = ?').run(position, home);
    file.prepare(`update counters set value = ? where home_id = ? and name = 'outbox'`).run(outbox, home);
    file.close();
  }
  return ids;
}

async function sideOf(node: TestNode, relationship: string): Promise<Side> {
  const file = new DatabaseSync(join(node.data, 'parley.sqlite'), { timeout: 60_000 });
  file.exec('pragma synchronous = off; pragma cache_size = -1000000');
  const first = (sql: string, ...values: SQLInputValue[]): Row => {
    const row = file.prepare(sql).get(...values);
    assert(row, sql);
    return row;
  };
  const home = first('select home_id from relationships where id = ?', relationship).home_id;
  assert(typeof home === 'string');
  const likes: Record<string, Row> = {};
  for (const table of LIKE) likes[table] = first(`select * from ${table} where home_id = ?`, home);
  likes.relationships = first('select * from relationships where id = ?', relationship);
  likes.records = first(`select * from records where home_id = ? and type = 'message'`, home);
  const served = await node.deps.storage.read((view) => servedSecretOf(view, node.deps.nodeKey, home));
  const position = Number(first('select next_position from parties where home_id = ?', home).next_position);
  const last = first(`select value from counters where home_id = ? and name = 'outbox'`, home).value;
  return { file, node, home, served, likes, position, outbox: Number(last) };
}

interface Identity {
  readonly id: string;
  readonly nodeKey: string;
  readonly host: string;
  readonly inbox: string;
}

function fillOne(sides: readonly [Side, Side], rel: string, records: number): void {
  const [ours, theirs] = [newIdentity(sides[0]), newIdentity(sides[1])];
  const pairs = [
    [sides[0], ours, theirs],
    [sides[1], theirs, ours],
  ] as const;
  for (const [side, mine, other] of pairs) {
    const { id, nodeKey: node_key, host, inbox } = other;
    insert(side, 'counterparts', { id, node_key, host, inbox });
    insert(side, 'relationships', { id: rel, mine: mine.id, theirs: id, agreement: anId(), offer: anId() });
  }
  const bytes = randomBytes(64);
  for (let place = 1; place <= records; place++) {
    const isOurs = place % 2 === 1;
    const [author, seq] = [isOurs ? ours : theirs, Math.ceil(place / 2)];
    const [id, envelope] = [anId(), newId(systemRandom)];
    for (const [side, mine, other] of pairs) {
      const isMine = author === mine;
      const is_mine = Number(isMine);
      insert(side, 'records', { id, rel, author: author.id, seq, place, is_mine, signature: bytes });
      insert(side, 'messages', { rel, record: id, place, is_mine });
      if (isMine) {
        const lane = { sender: mine.id, path: other.inbox, peer_key: other.nodeKey, host: other.host };
        const signer = `identity/${mine.id}`;
        const position = ++side.outbox;
        const sent = { octets: new Uint8Array(0), state: 'acted', about: id };
        insert(side, 'outbox', { id: envelope, position, signer, ...lane, ...sent });
      } else insert(side, 'inbox', { id: envelope, sender: other.id, path: mine.inbox });
    }
  }
}

function anId(): string {
  return toBase64url(randomBytes(32));
}

function newIdentity(side: Side): Identity {
  const { deps } = side.node;
  const address = { host: deps.host, inbox: makeInboxPath(deps.nodeKey, side.home, systemRandom) };
  const position = side.position++;
  const document = inceptionDocument(side.served, position, anId(), address);
  const { id } = must(readInception(document));
  const nodeKey = toBase64url(nodeSigningKey(side.served, position).publicKey);
  const kept = { node_key: nodeKey, document: JSON.stringify(toWire(document)) };
  insert(side, 'identities', { id, position, inbox: address.inbox, ...kept });
  return { id, nodeKey, ...address };
}

const texts = new Map<string, string>();

/** A row like one that is there, but for what is given. */
function insert({ file, likes }: Side, table: (typeof LIKE)[number], change: Row): void {
  const row = { ...likes[table], ...change };
  const names = Object.keys(row);
  const sql = texts.get(table) ?? `insert into ${table} (${names}) values (${names.map(() => '?')})`;
  texts.set(table, sql);
  prepared(file, sql).run(...Object.values(row));
}

const statements = new WeakMap<DatabaseSync, Map<string, ReturnType<DatabaseSync['prepare']>>>();

function prepared(file: DatabaseSync, sql: string): ReturnType<DatabaseSync['prepare']> {
  const its = statements.get(file) ?? new Map<string, ReturnType<DatabaseSync['prepare']>>();
  statements.set(file, its);
  const statement = its.get(sql) ?? file.prepare(sql);
  its.set(sql, statement);
  return statement;
}
