import { hashId, toBase64url } from '../../src/kernel/bytes.ts';
import type { Json, JsonObject } from '../../src/kernel/json.ts';
import { type SigningKey, thumbprint } from '../../src/kernel/signing.ts';
import { isObject } from '../../src/records/index.ts';
import { changed, type Given, inside, other, withBody } from './changed.ts';
import { STRANGER } from './key-book.ts';
import { payloadOf, signedAnew, signedParts, textOf } from './signed-parts.ts';
import type { Variant } from './variants.ts';

/** What can be wrong with changes of keys, and with what is signed by a key before. */
export const KEYS: Readonly<Record<string, (given: Given) => Variant[]>> = {
  'identity-changed': changesOfKeys,
  'identity-changed-again': changesAgain,
  'record-new-key': (given) => {
    const before = keyBefore(given, 'nodeKey');
    const [part] = signedParts(given.envelope.body);
    const wire = part && signedAnew(part, textOf(part.wire.payload), given.book, { key: before });
    return [
      {
        name: 'signed by the key before, and so is its request',
        envelope: withBody(given, ['record'], wire),
        key: before,
      },
      {
        name: 'signed by the key before, in a request by the new one',
        envelope: withBody(given, ['record'], wire),
      },
    ];
  },
};

function changesOfKeys(given: Given): Variant[] {
  const root = keyBefore(given, 'root');
  const before = documentKnown(given);
  const change = inside(given, ['change']);
  const moved = {
    ...change,
    signer: toBase64url(root.publicKey),
    root: before.root ?? null,
    recovery: before.recovery ?? null,
  };
  return [
    changed(given, 'the root moves the address and the node’s key', ['change'], moved, root),
    changed(given, 'the root names its successor', ['change'], { ...moved, root: change.root ?? null }, root),
    changed(
      given,
      'the root names another recovery key',
      ['change'],
      { ...moved, recovery: change.recovery ?? null },
      root,
    ),
    changed(given, 'signed by neither root nor recovery key', ['change'], { signer: other }, STRANGER),
    changed(given, 'of an identity that is not known', ['change'], { identity: other }),
    changed(given, 'number 2', ['change'], { number: 2 }),
    changed(given, 'number 0', ['change'], { number: 0 }),
    changed(given, 'after another one', ['change'], { prev: other }),
    changed(given, 'an address without a host', ['change'], { address: { host: '', inbox: 'x' } }),
  ];
}

/** What can be said of a number that is taken. */
function changesAgain(given: Given): Variant[] {
  const { changes } = logKnown(given);
  const [known] = Array.isArray(changes) ? changes.filter(isObject) : [];
  if (!known) throw new Error('their keys have changed before');
  const first = JSON.parse(textOf(known.payload)) as JsonObject; // the story signed it
  const { nodeKey, address } = inside(given, ['change']);
  const [root, recovery] = [keyBefore(given, 'root'), keyIn(given, first.signer)];
  const { root: before, recovery: committed } = documentKnown(given);
  const byRoot = {
    ...first,
    nodeKey: nodeKey ?? null,
    address: address ?? null,
    signer: toBase64url(root.publicKey),
    root: before ?? null,
    recovery: committed ?? null,
  };
  const anew = (name: string, change: JsonObject, key: SigningKey): Variant =>
    changed(given, name, ['change'], change, key);
  return [
    {
      name: 'the first change again',
      envelope: {
        ...withBody(given, ['change'], known),
        from: hashId(new Uint8Array(Buffer.from(String(known.payload), 'base64url'))),
      },
      key: keyIn(given, first.nodeKey),
    },
    anew('another first change, by the root', byRoot, root),
    anew('another first change, by the recovery key', { ...first, nodeKey: nodeKey ?? null }, recovery),
    anew('another first change, by a stranger', { ...byRoot, signer: other }, STRANGER),
    anew('another first change, after another one', { ...byRoot, prev: other }, root),
    anew('number 3', { number: 3 }, keyIn(given, inside(given, ['change']).signer)),
  ];
}

/** The one identity that the change or the record is of, as the receiver has it. */
function logKnown({ envelope, knows }: Given): JsonObject {
  const [part] = signedParts(envelope.body);
  const { identity, author } = part ? payloadOf(part) : {};
  const known = Array.isArray(knows.counterparts) ? knows.counterparts.filter(isObject) : [];
  const found = known.find(({ id }) => id === (identity ?? author));
  if (!found) throw new Error('the receiver knows whose it is');
  return found;
}

/** The same as it began. */
function documentKnown(given: Given): JsonObject {
  const { document } = logKnown(given);
  const read: unknown = isObject(document) ? JSON.parse(textOf(document.payload)) : undefined;
  if (!isObject(read)) throw new Error('an identity is an object');
  return read;
}

function keyBefore(given: Given, member: 'root' | 'nodeKey'): SigningKey {
  return keyIn(given, documentKnown(given)[member]);
}

function keyIn({ book }: Given, text: Json | undefined): SigningKey {
  const key = book.get(thumbprint(new Uint8Array(Buffer.from(String(text), 'base64url'))));
  if (!key) throw new Error('the story has every key');
  return key;
}
