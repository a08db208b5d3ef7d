import { hashId } from '../kernel/bytes.ts';
import { type RecordPayload, readRecord, recordHolds, type SignedRecord } from '../records/index.ts';
import type { People } from './check-party.ts';
import type { Findings } from './findings.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import type { Row, Value } from './model.ts';

interface Chain {
  seq: number;
  head: string | null;
  /** The last of its places. */
  place: number;
  readonly ids: Set<string>;
  /** What it says it has seen of the other chain, each once, with the place of the first that says so. */
  readonly seen: Map<string, string>;
}

/** The chains of the relationship whose records pass now, the forks that came before, and who is in which. */
interface Chains {
  rel: Value;
  readonly authors: Map<string, Chain>;
  /** The places that are taken in it. */
  readonly places: Set<number>;
  /** Forks by `rel author seq`, each with the ids of the records that stand beside the kept one, and what they follow. */
  readonly forks: Map<string, { place: string; ids: string[]; follow: (string | null)[] }>;
  readonly forkIds: Set<string>;
  readonly relationships: Map<string, { mine: string | null; theirs: string | null }>;
}

export function newChains(): Chains {
  return {
    rel: null,
    authors: new Map(),
    places: new Set(),
    forks: new Map(),
    forkIds: new Set(),
    relationships: new Map(),
  };
}

export function noteRelationship(chains: Chains, row: Row): void {
  if (typeof row.id !== 'string') return;
  const side = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
  chains.relationships.set(row.id, { mine: side(row.mine), theirs: side(row.theirs) });
}

/** A row of `forks`: a second record that an author signed with a number already used. */
export function checkFork(chains: Chains, people: People, row: Row, place: string, findings: Findings): void {
  findings.checked.forks++;
  const signed = signedOf(row);
  if (!signed) findings.problem(place, 'record-malformed');
  const payload = signed && payloadOf(signed, row, people, place, findings);
  if (!signed || !payload) return;
  const id = hashId(signed.payload);
  const at = `${payload.rel} ${payload.author} ${payload.seq}`;
  const known = chains.forks.get(at);
  const fork = known ?? { place, ids: [], follow: [] };
  fork.ids.push(id);
  fork.follow.push(payload.prev);
  chains.forks.set(at, fork);
  chains.forkIds.add(id);
  findings.notice(place, 'fork');
}

/** A row of `records`: signed by its author, in its place in the chain, with the body it names or none. */
export function checkRecord(
  chains: Chains,
  people: People,
  row: Row,
  place: string,
  findings: Findings,
): void {
  findings.checked.records++;
  const rel = row.rel ?? null;
  if (rel !== chains.rel) endRelationship(chains, findings);
  chains.rel = rel;
  const signed = signedOf(row);
  const payload = signed && payloadOf(signed, row, people, place, findings);
  if (!signed) findings.problem(place, 'record-malformed');
  if (!signed || !payload) return;
  checkBody(signed, payload, place, findings);
  checkAuthor(chains, people, row, payload, place, findings);
  const chain = chainOf(chains, payload.author, findings);
  const id = hashId(signed.payload);
  if (payload.seq !== chain.seq + 1) {
    findings.problem(place, 'chain-gap', `Record ${payload.seq} follows record ${chain.seq}.`);
  } else if (payload.prev !== chain.head) {
    findings.problem(place, 'chain-broken');
  }
  if ('place' in row) checkPlace(chains, chain, row.place, place, findings);
  chain.seq = payload.seq;
  chain.head = id;
  chain.ids.add(id);
  if (payload.seen !== null && !chain.seen.has(payload.seen)) chain.seen.set(payload.seen, place);
  const at = `${payload.rel} ${payload.author} ${payload.seq}`;
  const fork = chains.forks.get(at);
  if (fork?.ids.includes(id)) findings.problem(fork.place, 'fork-unproven');
  chains.forks.delete(at);
}

/** When the records of a relationship have passed: each side has seen only what the other has said. */
function endRelationship(chains: Chains, findings: Findings): void {
  for (const [author, chain] of chains.authors) {
    const others = [...chains.authors].filter(([name]) => name !== author).map(([, other]) => other);
    for (const [id, place] of chain.seen) {
      if (others.some((other) => other.ids.has(id)) || chains.forkIds.has(id)) continue;
      findings.problem(place, 'seen-unknown');
    }
  }
  chains.authors.clear();
  chains.places.clear();
}

/** When all records have passed. */
export function endRecords(chains: Chains, findings: Findings): void {
  endRelationship(chains, findings);
  for (const { place, follow } of chains.forks.values()) {
    // A branch may be longer than the chain that is kept: what follows a fork is part of it.
    const isOfBranch = follow.every((id) => id !== null && chains.forkIds.has(id));
    if (!isOfBranch) findings.problem(place, 'fork-unproven');
  }
  chains.forks.clear();
}

function payloadOf(
  record: SignedRecord,
  row: Row,
  people: People,
  place: string,
  findings: Findings,
): RecordPayload | undefined {
  const read = readRecord(record);
  if (!read.ok) {
    findings.problem(place, 'record-malformed');
    return undefined;
  }
  const payload = read.value;
  const isSame = row.rel === payload.rel && row.author === payload.author && row.seq === payload.seq;
  const isSameKind = !('type' in row) || (row.type === payload.type && row.v === payload.v);
  if (!isSame || !isSameKind) findings.problem(place, 'row-differs');
  if (row.id !== hashId(record.payload)) {
    findings.problem(place, 'id-differs');
  }
  const keys = people.keys.get(payload.author);
  const bare = { ...record, body: undefined };
  if (!keys) findings.problem(place, 'author-unknown');
  else if (keys.some((key) => recordHolds(bare, payload, key))) findings.checked.signatures++;
  else findings.problem(place, 'signature-broken');
  return payload;
}

function checkBody(record: SignedRecord, payload: RecordPayload, place: string, findings: Findings): void {
  if (record.body === undefined) findings.checked.erasedBodies++;
  else if (hashId(record.body) === payload.bodyHash) findings.checked.bodies++;
  else findings.problem(place, 'body-differs');
}

/** What is said next stands after the last records of both, so the places of each grow, and nobody has another's. */
function checkPlace(
  { places }: Chains,
  chain: Chain,
  its: Value | undefined,
  place: string,
  findings: Findings,
): void {
  if (typeof its !== 'number') {
    findings.problem(place, 'place-unsound');
    return;
  }
  if (its <= chain.place || its > ARCHIVE_LIMITS.lastPlace || places.has(its))
    findings.problem(place, 'place-unsound');
  places.add(its);
  chain.place = Math.max(chain.place, its);
}

function checkAuthor(
  chains: Chains,
  people: People,
  row: Row,
  payload: RecordPayload,
  place: string,
  findings: Findings,
): void {
  const relationship = chains.relationships.get(payload.rel);
  if (!relationship) {
    findings.problem(place, 'relationship-missing');
    return;
  }
  const isMine = payload.author === relationship.mine;
  const isTheirs = payload.author === relationship.theirs;
  if (isMine === isTheirs || row.is_mine !== isMine || people.mine.has(payload.author) !== isMine) {
    findings.problem(place, 'author-foreign');
  }
}

function chainOf(chains: Chains, author: string, findings: Findings): Chain {
  let chain = chains.authors.get(author);
  if (!chain) {
    findings.checked.chains++;
    chain = { seq: 0, head: null, place: 0, ids: new Set(), seen: new Map() };
    chains.authors.set(author, chain);
  }
  return chain;
}

function signedOf(row: Row): SignedRecord | undefined {
  const { protected: header, payload, signature, body } = row;
  const isWhole = [header, payload, signature].every((part) => part instanceof Uint8Array);
  if (!isWhole || !(header instanceof Uint8Array) || !(payload instanceof Uint8Array)) return undefined;
  if (!(signature instanceof Uint8Array)) return undefined;
  return { protected: header, payload, signature, body: body instanceof Uint8Array ? body : undefined };
}
