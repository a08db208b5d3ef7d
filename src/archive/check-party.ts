import { toBase64url } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { derive } from '../kernel/sealing.ts';
import { signingKey } from '../kernel/signing.ts';
import { type Inception, readInception } from '../parties/index.ts';
import { fromWire } from '../records/index.ts';
import type { Findings } from './findings.ts';
import type { Keyring } from './keyring.ts';
import type { Header, Row } from './model.ts';
import { isPartyId } from './sections.ts';

/** Whom the archive knows: identities of the party and of its counterparts, with the key each signs records with. */
export interface People {
  readonly keys: Map<string, Uint8Array>;
  readonly mine: Set<string>;
  served: Uint8Array | undefined;
  parties: number;
}

export function newPeople(): People {
  return { keys: new Map(), mine: new Set(), served: undefined, parties: 0 };
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
  const { id, handle, name, kind } = header.party;
  if (!isPartyId(id)) findings.problem('line 1', 'party-malformed');
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

/** An identity of the party: its inception holds, and the party's secret gives its keys. */
export function checkIdentity(
  people: People,
  ring: Keyring,
  row: Row,
  place: string,
  findings: Findings,
): void {
  findings.checked.identities++;
  const inception = inceptionOf(row, place, findings);
  if (!inception) return;
  learn(people, ring, inception);
  people.mine.add(inception.id);
  const { served } = people;
  if (!served || typeof row.position !== 'number') return;
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
  const inception = inceptionOf(row, place, findings);
  if (!inception) return;
  learn(people, ring, inception);
  if (inception.host !== row.host) findings.problem(place, 'row-differs');
}

export function checkPeople(people: People, findings: Findings): void {
  if (people.parties !== 1) findings.problem('section parties', 'party-missing');
  if (!people.served) findings.problem('section party_secrets', 'secret-missing');
}

function inceptionOf(row: Row, place: string, findings: Findings): Inception | undefined {
  const wire = typeof row.document === 'string' ? parseStrictJson(row.document) : undefined;
  const document = wire?.ok ? fromWire(wire.value) : undefined;
  const inception = document?.ok ? readInception(document.value) : undefined;
  if (!inception?.ok) {
    findings.problem(place, 'signature-broken');
    return undefined;
  }
  findings.checked.signatures++;
  const { id, inbox, nodeKey } = inception.value;
  if (id !== row.id || inbox !== row.inbox || toBase64url(nodeKey) !== row.node_key) {
    findings.problem(place, 'row-differs');
  }
  return inception.value;
}

function learn(people: People, ring: Keyring, inception: Inception): void {
  people.keys.set(inception.id, inception.nodeKey);
  ring.add(inception.root);
  ring.add(inception.nodeKey);
}
