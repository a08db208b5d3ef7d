import { hashId, toBase64url } from '../../src/kernel/bytes.ts';
import type { Random } from '../../src/kernel/random.ts';
import { must } from '../../src/kernel/result.ts';
import { type SigningKey, signingKey } from '../../src/kernel/signing.ts';
import { readInception } from '../../src/parties/identity.ts';
import {
  afterChange,
  changeDocument,
  type IdentityState,
  inceptionState,
  readChange,
} from '../../src/parties/identity-change.ts';
import { type SignedDocument, signDocument } from '../../src/records/index.ts';

interface Adopted {
  readonly identity: SignedDocument;
  readonly change: SignedDocument;
  /** As every node and device reads it. */
  readonly state: IdentityState;
  /** What the attacker signs with as its node. */
  readonly key: SigningKey;
}

/** An identity of an attacker, whose recovery key has named somebody else's root as its own: nobody has to have that root for it. */
export function adoptedRoot(random: Random, theirs: Uint8Array): Adopted {
  const drawn = () => signingKey(random.bytes(32));
  const [root, recovery, key] = [drawn(), drawn(), drawn()];
  const address = { host: 'elsewhere.example', inbox: 'elsewhere' };
  const nodeKey = toBase64url(key.publicKey);
  const committed = { recovery: hashId(recovery.publicKey), nodeKey, address };
  const identity = signDocument(
    { type: 'identity', v: 1, root: toBase64url(root.publicKey), ...committed },
    root,
  );
  const before = inceptionState(must(readInception(identity)));
  const next = { root: theirs, recovery: hashId(random.bytes(32)), nodeKey: key.publicKey, address };
  const change = changeDocument(before, next, recovery);
  return { identity, change, state: must(afterChange(before, must(readChange(change)))), key };
}
