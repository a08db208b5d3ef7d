import { hashId, toBase64url } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import { must } from '../../src/kernel/result.ts';
import { derive } from '../../src/kernel/sealing.ts';
import type { SeededRandom } from '../../src/kernel/seeded-random.ts';
import { type SigningKey, signingKey } from '../../src/kernel/signing.ts';
import { inceptionDocument, readInception } from '../../src/parties/identity.ts';
import {
  afterChange,
  changeDocument,
  type IdentityState,
  inceptionState,
  readChange,
} from '../../src/parties/identity-change.ts';
import {
  addSignature,
  documentId,
  recordId,
  type SignedDocument,
  type SignedRecord,
  signDocument,
  signRecord,
  toWire,
} from '../../src/records/index.ts';
import { linesOf, type Row, type Sections } from './lines.ts';

interface Person {
  readonly id: string;
  /** The node keys that it has had, the newest last. */
  readonly keys: SigningKey[];
  readonly root: SigningKey;
  readonly state: IdentityState;
  readonly inception: SignedDocument;
  readonly changes: SignedDocument[];
}

const keyFrom = (secret: Uint8Array, name: string): SigningKey => signingKey(derive(secret, name));
const wireText = (document: SignedDocument): string => JSON.stringify(toWire(document));

/** An identity with a key log: its keys come from `served` at a position, after each change from the next secret. */
function person(served: readonly Uint8Array[], position: number, random: SeededRandom): Person {
  const [first = random.bytes(32)] = served;
  const recovery = [0, 1, 2, 3].map(() => signingKey(random.bytes(32)));
  const commitment = (n: number): string => hashId((recovery[n] ?? keyFrom(first, 'none')).publicKey);
  const address = () => ({ host: 'node.example', inbox: toBase64url(random.bytes(12)) });
  const inception = inceptionDocument(first, position, commitment(0), address());
  let state = inceptionState(must(readInception(inception)));
  const nodeKey = (secret: Uint8Array) => keyFrom(secret, `parley/node-key/v1/${position}`);
  const keys = [nodeKey(first)];
  const changes: SignedDocument[] = [];
  for (const [i, secret] of served.slice(1).entries()) {
    const key = nodeKey(secret);
    const root = keyFrom(secret, `parley/root/v1/${position}`).publicKey;
    const next = { root, recovery: commitment(i + 1), nodeKey: key.publicKey, address: address() };
    const change = changeDocument(state, next, recovery[i] ?? key);
    state = must(afterChange(state, must(readChange(change))));
    keys.push(key);
    changes.push(change);
  }
  const root = keyFrom(served.at(-1) ?? first, `parley/root/v1/${position}`);
  return { id: documentId(inception), keys, root, state, inception, changes };
}

/** The other side may move by its root, too. */
function moved(it: Person, random: SeededRandom): Person {
  const key = signingKey(random.bytes(32));
  const { root, recovery } = it.state;
  const next = { root, recovery, nodeKey: key.publicKey, address: { host: 'new.example', inbox: 'x' } };
  const change = changeDocument(it.state, next, it.root);
  const state = must(afterChange(it.state, must(readChange(change))));
  return { ...it, keys: [...it.keys, key], state, changes: [...it.changes, change] };
}

/** A party that never lived: whole, with one to four relationships in any state. */
export function generateParty(random: SeededRandom): string[] {
  const secrets = Array.from({ length: 1 + random.below(3) }, () => random.bytes(32));
  const sections: Sections = {};
  const add = (name: string, row: Row): void => {
    sections[name] = [...(sections[name] ?? []), row];
  };
  const count = 1 + random.below(4);
  const handle = `party-${random.below(1000)}`;
  add('parties', { handle, name: 'A party', kind: 'person', created_at: 1 });
  add('party_secrets', {
    served: toBase64url(secrets.at(-1) ?? new Uint8Array(32)),
    served_number: secrets.length - 1,
  });
  for (let i = 0; i < count; i++) {
    const mine = person(secrets, i, random);
    addLog(add, mine, true);
    add('identities', {
      id: mine.id,
      position: i,
      inbox: mine.state.inbox,
      node_key: toBase64url(mine.state.nodeKey),
      document: wireText(mine.inception),
    });
    const other = person(
      Array.from({ length: 1 + random.below(3) }, () => random.bytes(32)),
      0,
      random,
    );
    relate(add, mine, random.chance(300) ? moved(other, random) : other, random);
  }
  for (let i = random.below(4); i > 0; i--)
    add('items', {
      id: newId(random),
      words: random.pick(['é', '😀', 'a "b" \\', 'x\ny']),
      amount: `${random.below(9999)}`,
    });
  return linesOf(newId(random), handle, sections);
}

type Add = (name: string, row: Row) => void;

function addLog(add: Add, it: Person, isMine: boolean): void {
  for (const [i, change] of it.changes.entries())
    add('identity_changes', {
      identity: it.id,
      number: i + 1,
      is_mine: isMine,
      document: wireText(change),
      at: 1,
    });
}

function relate(add: Add, mine: Person, other: Person, random: SeededRandom): void {
  const rel = newId(random);
  const state = random.pick(['asked', 'active', 'active', 'paused', 'ended', 'refused']);
  const isKnown = state !== 'asked' && state !== 'refused';
  if (isKnown) {
    addLog(add, other, false);
    const { host, inbox, nodeKey } = other.state;
    add('counterparts', {
      id: other.id,
      node_key: toBase64url(nodeKey),
      host,
      inbox,
      document: wireText(other.inception),
    });
  }
  const shop = signingKey(random.bytes(32));
  const [key = shop] = mine.keys;
  const payload = {
    type: 'agreement',
    v: 1,
    rel,
    buyer: { identity: mine.id, key: toBase64url(key.publicKey) },
    seller: { key: toBase64url(shop.publicKey) },
    salt: newId(random),
  };
  const asked = signDocument(payload, key);
  const agreement = isKnown || random.chance(200) ? addSignature(asked, shop) : asked;
  addDocument(add, 'agreement', agreement);
  if (state === 'refused')
    addDocument(
      add,
      'refusal',
      signDocument({ type: 'refusal', v: 1, agreement: documentId(agreement), salt: newId(random) }, shop),
    );
  if (isKnown)
    add('tickets', {
      rel,
      document: wireText(signDocument({ type: 'ticket', v: 1, key: toBase64url(key.publicKey) }, shop)),
    });
  add('relationships', {
    id: rel,
    state,
    mine: mine.id,
    theirs: isKnown ? other.id : null,
    agreement: documentId(agreement),
  });
  if (isKnown) speak(add, rel, mine, other, random);
}

function addDocument(add: Add, type: string, document: SignedDocument): void {
  const pairs = document.signatures.map((it) => [toBase64url(it.protected), toBase64url(it.signature)]);
  add('documents', {
    id: documentId(document),
    type,
    payload: toBase64url(document.payload),
    signatures: JSON.stringify(pairs),
  });
}

/** Both talk in any order; now and then a body is erased, or somebody says a second thing with one number. */
function speak(add: Add, rel: string, mine: Person, other: Person, random: SeededRandom): void {
  const heads = new Map<Person, { seq: number; id: string | null }>(
    [mine, other].map((it) => [it, { seq: 0, id: null }]),
  );
  const count = random.below(9);
  for (let i = count; i > 0; i--) {
    const [author, listener] = random.chance(500) ? [mine, other] : [other, mine];
    const head = heads.get(author) ?? { seq: 0, id: null };
    const position = {
      author: author.id,
      rel,
      seq: head.seq + 1,
      prev: head.id,
      seen: heads.get(listener)?.id ?? null,
      at: i,
    };
    const make = () =>
      signRecord(position, 'message', 1, { words: newId(random) }, random.pick(author.keys), random);
    const record = make();
    const row = {
      rel,
      author: author.id,
      seq: position.seq,
      protected: toBase64url(record.protected),
      payload: toBase64url(record.payload),
      signature: toBase64url(record.signature),
    };
    const body = random.chance(200) ? null : toBase64url(record.body ?? new Uint8Array(0));
    const place = count - i + 1;
    const isMine = author === mine;
    add('records', { ...row, id: recordId(record), type: 'message', v: 1, body, is_mine: isMine, place });
    heads.set(author, { seq: position.seq, id: recordId(record) });
    if (!random.chance(100)) continue;
    const fork = make();
    addFork(add, position, fork);
    // A branch may be longer than the chain.
    if (!random.chance(300)) continue;
    const next = { ...position, seq: position.seq + 1, prev: recordId(fork) };
    addFork(add, next, signRecord(next, 'message', 1, { words: 'More.' }, random.pick(author.keys), random));
  }
}

function addFork(add: Add, at: { rel: string; author: string; seq: number }, fork: SignedRecord): void {
  add('forks', {
    rel: at.rel,
    author: at.author,
    seq: at.seq,
    id: recordId(fork),
    protected: toBase64url(fork.protected),
    payload: toBase64url(fork.payload),
    signature: toBase64url(fork.signature),
  });
}
