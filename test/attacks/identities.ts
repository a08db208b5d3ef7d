import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { type SigningKey, signingKey } from '../../src/kernel/signing.ts';
import { rootKey } from '../../src/parties/identity.ts';
import { changeDocument, type IdentityState, type Successor } from '../../src/parties/identity-change.ts';
import { inceptionState, readIntroduction } from '../../src/parties/index.ts';
import { servedSecretOf } from '../../src/parties/keys.ts';
import { documentId, toWire } from '../../src/records/index.ts';
import { envelope, posted, refusedBy } from './forging.ts';
import type { Attack } from './model.ts';
import { KEPT } from './refusing.ts';
import { countRows, MARKET, type World } from './world.ts';

/** The attacker's identity as the victim pinned it, and its root key, which lay on the stolen node. */
async function stolen({ vendor, first, around }: World): Promise<{ state: IdentityState; root: SigningKey }> {
  const inception = readIntroduction(around.documents.vendor);
  assert(inception, 'the vendor has an identity');
  const root = await vendor.deps.storage.read(async (view) => {
    const { rows } = await sql<{ home_id: string; position: number }>`
      select home_id, position from identities where id = ${first.me}`.execute(view.db);
    const [row] = rows;
    assert(row, 'the vendor has an identity');
    return rootKey(await servedSecretOf(view, vendor.deps.nodeKey, row.home_id), row.position);
  });
  return { state: inceptionState(inception), root };
}

type Change = Partial<Successor> & {
  readonly number?: number;
  readonly prev?: string;
  readonly identity?: string;
  readonly signer?: SigningKey;
};

/** A change of the vendor's identity, signed by its root unless it says otherwise, under its own name. */
async function changeOf(world: World, next: Change, key?: SigningKey) {
  const { state, root } = await stolen(world);
  const own = key ?? signingKey(world.random.bytes(32));
  const before = {
    ...state,
    id: next.identity ?? state.id,
    number: (next.number ?? 1) - 1,
    head: next.prev ?? state.head,
  };
  const after = {
    root: next.root ?? state.root,
    recovery: next.recovery ?? state.recovery,
    nodeKey: next.nodeKey ?? own.publicKey,
    address: next.address ?? { host: 'mallory.example', inbox: 'elsewhere' },
  };
  const document = changeDocument(before, after, next.signer ?? root);
  const body = { change: { ...toWire(document) } };
  const told = envelope(world, { type: 'identity-changed', from: documentId(document), body });
  return { told, key: own };
}

/** A change that must not be learned: nothing changes but where refusals are kept. */
function forged(
  name: string,
  does: string,
  next: (world: World) => Change,
  expected = /^refused record-malformed$/,
): Attack {
  return {
    name,
    does,
    async attempt(world) {
      const { told, key } = await changeOf(world, next(world));
      return refusedBy(world, posted(world, [told], key), expected, KEPT);
    },
  };
}

/** What came before it may still be on its way; nothing is learned of it. */
const COMES_AGAIN = /^later record-out-of-order$/;
const fresh = (world: World): SigningKey => signingKey(world.random.bytes(32));

/** Takeovers of somebody's identity (docs/reference/wire.md, identity-changed). */
export const identities: readonly Attack[] = [
  forged('a root that names its successor', 'puts a root of its own in the place of the stolen one', (w) => ({
    root: fresh(w).publicKey,
  })),
  forged('a root that changes the recovery key', 'commits to a recovery key of its own', (w) => ({
    recovery: toBase64url(w.random.bytes(32)),
  })),
  forged('a change signed by a stranger', 'signs the change with a key that the log does not know', (w) => ({
    signer: fresh(w),
  })),
  forged('a wrong recovery key', 'signs as the recovery key with one that was not committed to', (w) => ({
    signer: fresh(w),
    root: fresh(w).publicKey,
    recovery: toBase64url(w.random.bytes(32)),
  })),
  forged('signed by the node’s key', 'signs the change with the key that signs requests', (w) => ({
    signer: w.first.key,
  })),
  forged('a gap in the numbers', 'writes change 3 before change 1', () => ({ number: 3 }), COMES_AGAIN),
  forged('a change without a past', 'cites an entry that there is not', () => ({ prev: 'D'.repeat(43) })),
  forged('number 2^53 - 1', 'claims the last number there is', () => ({ number: 2 ** 53 - 1 }), COMES_AGAIN),
  forged(
    'somebody else’s identity',
    'changes the victim’s own identity',
    (w) => ({ identity: w.first.victim }),
    /^later sender-foreign$/,
  ),
  forged(
    'an identity that nobody met',
    'tells of keys of an identity of its own',
    (w) => ({ identity: toBase64url(w.random.bytes(32)) }),
    /^later sender-foreign$/,
  ),
  {
    name: 'a change at the victim’s other inbox',
    does: 'tells one relationship’s change to the other’s inbox, to see whether both are one person’s',
    async attempt(world) {
      const { told, key } = await changeOf(world, {});
      return refusedBy(
        world,
        posted(world, [{ ...told, to: world.second.inbox }], key),
        /^later sender-foreign$/,
      );
    },
  },
  {
    name: 'a change under another name',
    does: 'sends a change under the vendor’s name instead of its own',
    async attempt(world) {
      const { told } = await changeOf(world, {});
      return refusedBy(world, posted(world, [{ ...told, from: world.first.me }]), /^later sender-foreign$/);
    },
  },
  {
    name: 'a change that another key carries',
    does: 'carries a true change with a key that it does not name',
    async attempt(world) {
      const { told } = await changeOf(world, {});
      return refusedBy(world, posted(world, [told], fresh(world)), /^later sender-foreign$/);
    },
  },
  {
    name: 'an address takeover',
    does: 'claims the address of the market, moves on, and waits for the market’s mail to follow',
    async attempt(world) {
      const { home, victim, around } = world;
      const row = { host: MARKET, inbox: around.paths.market };
      const counterpart = await peek(world);
      await home.deps.storage.transact(victim, async (tx) => {
        await sql`update counterparts set host = ${row.host}, inbox = ${row.inbox} where id = ${world.first.me}`.execute(
          tx.db,
        );
        await sql`insert into outbox (home_id, id, position, sender, signer, host, path, peer_key, type, octets, state, attempts,
          next_at, expires_at, saved_at) values (${victim}, 'for-the-market', 999999, 'x', 'one-use/x', ${row.host}, ${row.inbox},
          null, 'cast', ${Buffer.from(JSON.stringify(envelope(world, { to: row.inbox })))}, 'saved', 0, ${2 ** 52}, ${2 ** 52}, 0)`.execute(
          tx.db,
        );
      });
      const { told, key } = await changeOf(world, {});
      await home.answerPeer(posted(world, [told], key), world.side());
      const { rows } = await home.deps.storage.read((view) =>
        sql<{ host: string }>`select host from outbox where id = 'for-the-market'`.execute(view.db),
      );
      await home.deps.storage.transact(victim, async (tx) => {
        await sql`delete from outbox where id = 'for-the-market'`.execute(tx.db);
        await sql`delete from identity_changes where identity = ${world.first.me}`.execute(tx.db);
        await sql`update counterparts set host = ${counterpart.host}, inbox = ${counterpart.inbox}, node_key = ${counterpart.node_key}
          where id = ${world.first.me}`.execute(tx.db);
      });
      return rows[0]?.host === MARKET ? undefined : `the market’s mail goes to ${rows[0]?.host}`;
    },
  },
  {
    name: 'a flood of contradicting changes',
    does: 'signs fifty first changes, so that the proofs fill the disk',
    async attempt(world) {
      const counterpart = await peek(world);
      const own = await changeOf(
        world,
        { address: { host: counterpart.host, inbox: counterpart.inbox }, nodeKey: world.first.key.publicKey },
        world.first.key,
      );
      await world.home.answerPeer(posted(world, [own.told], own.key), world.side());
      for (let i = 0; i < 50; i++) {
        const { told, key } = await changeOf(world, {});
        await world.home.answerPeer(posted(world, [told], key), world.side());
      }
      const proofs = await countRows(world.home, 'identity_conflicts');
      const after = await peek(world);
      if (after.host !== counterpart.host || after.node_key !== counterpart.node_key)
        return 'one of them took effect';
      return proofs <= 3 ? undefined : `${proofs} proofs were kept`;
    },
  },
];

/** The attacker's identity as the victim's row has it. */
async function peek({ home, first }: World) {
  const { rows } = await home.deps.storage.read((view) =>
    sql<{ host: string; inbox: string; node_key: string }>`select host, inbox, node_key from counterparts
      where id = ${first.me}`.execute(view.db),
  );
  const [row] = rows;
  assert(row, 'the victim knows the vendor');
  return row;
}
