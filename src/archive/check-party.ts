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
  if (!isPartyId(id)) findings.problem('line 1', 'party-malformed', 'This is not the id of a party.');
  if (row.handle !== handle || row.name !== name || row.kind !== kind) {
    findings.problem(place, 'party-differs', 'The party is another one than the first line says.');
  }
}

/** The secret from which all keys of the party come. */
export function checkSecret(people: People, row: Row, place: string, findings: Findings): void {
  if (people.served || !(row.served instanceof Uint8Array) || row.served.length !== 32) {
    findings.problem(place, 'secret-malformed', 'The secret is not 32 octets, once.');
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
    findings.problem(
      place,
      'identity-foreign',
      'The secret in this archive does not give the keys of this identity.',
    );
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
  if (inception.host !== row.host)
    findings.problem(place, 'row-differs', 'The row says other than the document.');
}

export function checkPeople(people: People, findings: Findings): void {
  if (people.parties !== 1)
    findings.problem('section parties', 'party-missing', 'There is not one party in it.');
  if (!people.served) findings.problem('section party_secrets', 'secret-missing', 'The secret is missing.');
}

function inceptionOf(row: Row, place: string, findings: Findings): Inception | undefined {
  const wire = typeof row.document === 'string' ? parseStrictJson(row.document) : undefined;
  const document = wire?.ok ? fromWire(wire.value) : undefined;
  const inception = document?.ok ? readInception(document.value) : undefined;
  if (!inception?.ok) {
    findings.problem(place, 'signature-broken', 'This identity is not signed by its root.');
    return undefined;
  }
  findings.checked.signatures++;
  const { id, inbox, nodeKey } = inception.value;
  if (id !== row.id || inbox !== row.inbox || toBase64url(nodeKey) !== row.node_key) {
    findings.problem(place, 'row-differs', 'The row says other than the document.');
  }
  return inception.value;
}

function learn(people: People, ring: Keyring, inception: Inception): void {
  people.keys.set(inception.id, inception.nodeKey);
  ring.add(inception.root);
  ring.add(inception.nodeKey);
}
