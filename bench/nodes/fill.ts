import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { inceptionDocument, nodeSigningKey } from '../../src/parties/identity.ts';
import { makeInboxPath } from '../../src/parties/index.ts';
import { servedSecretOf } from '../../src/parties/keys.ts';
import { documentId, toWire } from '../../src/records/index.ts';
import type { TestNode } from '../../test/harness/node.ts';
import type { Town } from './town.ts';

type Row = Record<string, SQLInputValue>;

/** One of the two nodes of a town: its file, its party, and rows of its own that the invented ones are like. */
interface Side {
  readonly file: DatabaseSync;
  readonly node: TestNode;
  readonly home: string;
  /** Whether what is said in odd places is its own. */
  readonly isFirst: boolean;
  readonly served: Uint8Array;
  readonly likes: Readonly<Record<string, Row>>;
  position: number;
  outbox: number;
}

const LIKE = [
  'relationships',
  'identities',
  'counterparts',
  'records',
  'messages',
  'outbox',
  'inbox',
] as const;
/** Relationships whose rows share a commit. */
const TOGETHER = 200;

/**
 * Relationships between both nodes with their history: the identities and keys are real, so that they can be spoken in; the
 * records are rows of the length of real ones, whose chains go on from their heads. Answers the relationships.
 */
export async function fill(town: Town, relationships: number, records: number): Promise<string[]> {
  const sides = [
    await sideOf(town.home, town.relationship, true),
    await sideOf(town.vendor, town.relationship, false),
  ] as const;
  const ids = Array.from({ length: relationships }, () => newId(systemRandom)).sort();
  for (let at = 0; at < ids.length; at += TOGETHER) {
    for (const { file } of sides) file.exec('begin immediate');
    for (const id of ids.slice(at, at + TOGETHER)) meet(sides, id);
    for (const side of sides) {
      remember(side, ids.slice(at, at + TOGETHER), records / relationships);
      side.file.exec('commit');
      await new Promise((resolve) => setImmediate(resolve)); // the nodes write now and then
    }
  }
  for (const { file, home, position } of sides) {
    file.prepare('update parties set next_position = ? where home_id = ?').run(position, home);
    file.exec(`update counters set value = (select max(position) from outbox where home_id = counters.home_id)
      where name = 'outbox'`);
    file.close();
  }
  return ids;
}

interface Identity {
  readonly id: string;
  readonly nodeKey: string;
  readonly host: string;
  readonly inbox: string;
}

/** Both know each other in a relationship in which nothing has been said. */
function meet(sides: readonly [Side, Side], rel: string): void {
  const [ours, theirs] = [newIdentity(sides[0]), newIdentity(sides[1])];
  const pairs = [
    [sides[0], ours, theirs],
    [sides[1], theirs, ours],
  ] as const;
  for (const [side, mine, { id, nodeKey: node_key, host, inbox }] of pairs) {
    insert(side, 'counterparts', { id, node_key, host, inbox });
    insert(side, 'relationships', { id: rel, mine: mine.id, theirs: id, agreement: anId(), offer: anId() });
  }
}

/**
 * What was said in these relationships, by turns, as rows that SQLite itself makes. Only the last two ids have to be the
 * same on both sides: a chain goes on from them.
 */
function remember(side: Side, relationships: readonly string[], records: number): void {
  const { file, home, isFirst } = side;
  file.exec('drop table if exists temp.said');
  file.exec(`create temp table said as
    with places(place) as (select 1 union all select place + 1 from places where place < ${records})
    select r.id as rel, r.mine, r.theirs, places.place, (places.place % 2 = ${isFirst ? 1 : 0}) as is_mine,
      case when places.place > ${records - 2} then r.id || printf('-%016d', places.place)
        else substr(hex(randomblob(22)), 1, 43) end as record,
      substr(hex(randomblob(13)), 1, 26) as envelope, i.inbox as mine_inbox, c.inbox as their_inbox, c.node_key, c.host
    from relationships r cross join places
      join identities i on i.home_id = r.home_id and i.id = r.mine
      join counterparts c on c.home_id = r.home_id and c.id = r.theirs
    where r.home_id = '${home}' and r.id between '${relationships[0]}' and '${relationships.at(-1)}'
      and r.id in (${relationships.map((id) => `'${id}'`)})
    order by r.id, places.place`);
  const author = 'case is_mine when 1 then mine else theirs end';
  copyLike(side, 'records', '1', {
    ...{ rel: 'rel', author, seq: '(place + 1) / 2', id: 'record', place: 'place', is_mine: 'is_mine' },
    signature: 'randomblob(64)',
  });
  copyLike(side, 'messages', '1', { rel: 'rel', record: 'record', place: 'place', is_mine: 'is_mine' });
  copyLike(side, 'outbox', 'is_mine = 1', {
    ...{ id: 'envelope', sender: 'mine', path: 'their_inbox', peer_key: 'node_key', host: 'host' },
    ...{ signer: `'identity/' || mine`, octets: `x''`, state: `'acted'`, about: `rel || '/' || record` },
    position: `said.rowid + ${side.outbox}`,
  });
  copyLike(side, 'inbox', 'is_mine = 0', { id: 'envelope', sender: 'theirs', path: 'mine_inbox' });
  side.outbox += relationships.length * records;
}

/** Rows for what was said, like one that is there but for these columns. */
function copyLike(
  { file, likes }: Side,
  table: (typeof LIKE)[number],
  where: string,
  columns: Readonly<Record<string, string>>,
): void {
  const like = likes[table] ?? {};
  const names = Object.keys(like);
  const values = names.map((name) => columns[name] ?? '?');
  const given = names.filter((name) => !(name in columns)).map((name) => like[name] ?? null);
  file.prepare(`insert into ${table} (${names}) select ${values} from said where ${where}`).run(...given);
}

function anId(): string {
  return toBase64url(randomBytes(32));
}

function newIdentity(side: Side): Identity {
  const { deps } = side.node;
  const address = { host: deps.host, inbox: makeInboxPath(deps.nodeKey, side.home, systemRandom) };
  const position = side.position++;
  const document = inceptionDocument(side.served, position, anId(), address);
  const nodeKey = toBase64url(nodeSigningKey(side.served, position).publicKey);
  const id = documentId(document);
  const kept = { node_key: nodeKey, document: JSON.stringify(toWire(document)) };
  insert(side, 'identities', { id, position, inbox: address.inbox, ...kept });
  return { id, nodeKey, ...address };
}

/** A row like one that is there, but for what is given. */
function insert({ file, likes }: Side, table: (typeof LIKE)[number], change: Row): void {
  const row = { ...likes[table], ...change };
  const names = Object.keys(row);
  file.prepare(`insert into ${table} (${names}) values (${names.map(() => '?')})`).run(...Object.values(row));
}

async function sideOf(node: TestNode, relationship: string, isFirst: boolean): Promise<Side> {
  const file = new DatabaseSync(join(node.data, 'parley.sqlite'), { timeout: 60_000 });
  file.exec('pragma synchronous = off; pragma cache_size = -400000');
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
  return { file, node, home, isFirst, served, likes, position, outbox: Number(last) };
}
