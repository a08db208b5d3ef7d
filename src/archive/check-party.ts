import { toBase64url } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { must } from '../kernel/result.ts';
import { derive } from '../kernel/sealing.ts';
import { signingKey } from '../kernel/signing.ts';
import {
  type IdentityState,
  type Inception,
  inceptionState,
  readChange,
  readInception,
  replay,
} from '../parties/index.ts';
import { fromWire, type SignedDocument } from '../records/index.ts';
import type { Findings } from './findings.ts';
import type { Keyring } from './keyring.ts';
import type { Header, Row } from './model.ts';

/** Whom the archive knows: identities of the party and of its counterparts, with the key each signs records with. */
export interface People {
  /** Every key that an identity has signed with, the newest last. */
  readonly keys: Map<string, Uint8Array[]>;
  /** Changes of key logs, in order, before the identities that they belong to. */
  readonly changes: Map<string, SignedDocument[]>;
  readonly mine: Set<string>;
  served: Uint8Array | undefined;
  parties: number;
}

export function newPeople(): People {
  return { keys: new Map(), changes: new Map(), mine: new Set(), served: undefined, parties: 0 };
}

/** The party's own row says what the first line says. */
export function checkParty(
  people: People,
  header: Header,
  row: Row,
  place: string,
  findings: Findings,
): void {
  people.parties++;
  const { handle, name, kind } = header.party;
  if (row.handle !== handle || row.name !== name || row.kind !== kind) {
    findings.problem(place, 'party-differs');
  }
}

/** The secret from which all keys of the party come. */
export function checkSecret(people: People, row: Row, place: string, findings: Findings): void {
  if (people.served || !(row.served instanceof Uint8Array) || row.served.length !== 32) {
    findings.problem(place, 'secret-malformed');
    return;
  }
  people.served = row.served;
}

/** An entry of a key log; it is checked with the identity that it belongs to. */
export function checkChange(people: People, row: Row, place: string, findings: Findings): void {
  const document = documentOf(row);
  const change = document && readChange(document);
  if (!document || !change?.ok) {
    findings.problem(place, 'signature-broken');
    return;
  }
  findings.checked.signatures++;
  if (change.value.identity !== row.identity || change.value.number !== row.number) {
    findings.problem(place, 'row-differs');
  }
  if (typeof row.identity !== 'string') return;
  const known = people.changes.get(row.identity) ?? [];
  people.changes.set(row.identity, [...known, document]);
}

/** An identity of the party: its inception holds, and the party's secret gives its keys. */
export function checkIdentity(
  people: People,
  ring: Keyring,
  row: Row,
  place: string,
  findings: Findings,
): void {
  findings.checked.identities++;
  const inception = inceptionOf(people, ring, row, place, findings);
  if (!inception) return;
  people.mine.add(inception.id);
  const { served } = people;
  if (!served) return;
  const gives = (name: string): string =>
    toBase64url(signingKey(derive(served, `parley/${name}/v1/${row.position}`)).publicKey);
  if (gives('root') !== toBase64url(inception.root) || gives('node-key') !== toBase64url(inception.nodeKey)) {
    findings.problem(place, 'identity-foreign');
  }
}

/** The other side of a relationship, as it was pinned. */
export function checkCounterpart(
  people: People,
  ring: Keyring,
  row: Row,
  place: string,
  findings: Findings,
): void {
  findings.checked.counterparts++;
  inceptionOf(people, ring, row, place, findings);
}

export function checkPeople(people: People, findings: Findings): void {
  if (people.parties !== 1) findings.problem('section parties', 'party-missing');
  if (!people.served) findings.problem('section party_secrets', 'secret-missing');
}

/** What is in force of an identity: its inception and every change after it. */
function inceptionOf(
  people: People,
  ring: Keyring,
  row: Row,
  place: string,
  findings: Findings,
): IdentityState | undefined {
  const document = documentOf(row);
  const inception = document && readInception(document);
  if (!inception?.ok) {
    findings.problem(place, 'signature-broken');
    return undefined;
  }
  findings.checked.signatures++;
  const changes = people.changes.get(inception.value.id) ?? [];
  const state = replay(inceptionState(inception.value), changes);
  if (!state.ok) {
    findings.problem(place, 'key-log-broken');
    return undefined;
  }
  learn(people, ring, inception.value, changes);
  const { id, inbox, host, nodeKey } = state.value;
  const isSame = id === row.id && inbox === row.inbox && toBase64url(nodeKey) === row.node_key;
  // Where the party itself is reached is its node's own host.
  if (!isSame || ('host' in row && row.host !== host)) findings.problem(place, 'row-differs');
  return state.value;
}

function documentOf(row: Row): SignedDocument | undefined {
  const wire = typeof row.document === 'string' ? parseStrictJson(row.document) : undefined;
  const document = wire?.ok ? fromWire(wire.value) : undefined;
  return document?.ok ? document.value : undefined;
}

function learn(
  people: People,
  ring: Keyring,
  inception: Inception,
  changes: readonly SignedDocument[],
): void {
  const after = changes.map((document) => must(readChange(document)));
  const keys = [inception.nodeKey, ...after.map((change) => change.nodeKey)];
  people.keys.set(inception.id, keys);
  for (const key of [inception.root, ...keys, ...after.map((change) => change.root)]) ring.add(key);
}
