import { z } from 'zod';
import { newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Actor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { handle, line } from '../kernel/schema.ts';
import { seal } from '../kernel/sealing.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { commitmentsOf, insertCommitments } from './commitments.ts';
import { handleFrom } from './handle.ts';
import { NODE_HOME, type Party, PartyKind, type PartyTables, passphrase } from './model.ts';
import { appointFirstOperator } from './operators.ts';
import { recoveryKey, servedSecret, wrapWithPassphrase, wrapWithRecovery } from './secrets.ts';
import { refuseForm } from './split.ts';
import { getPartyRow, homeOfHandle } from './store.ts';
import { partyView } from './view.ts';

export const CreateParty = z.object({
  name: line.describe('The name you want to be called by.'),
  passphrase: passphrase.describe(
    'Wraps your keys; it cannot be looked up or reset without the recovery code.',
  ),
  handle: handle.optional().describe('How programs name you; made from the name when left out.'),
  kind: PartyKind.exclude(['market']).default('person'),
});

/** A new party on this node: its secret, wrapped; its handle; identities prepared. Fails with `handle-taken`, `passphrase-not-here`. */
export async function createParty(
  deps: BaseDeps,
  _actor: Actor,
  input: z.output<typeof CreateParty>,
): Promise<Result<Party>> {
  const unfit = refuseForm(undefined, input.passphrase);
  if (unfit) return unfit;
  const home = newId(deps.random);
  const secret = deps.random.bytes(32);
  const wrapped = await wrapWithPassphrase(secret, input.passphrase, home, deps);
  const reserved = await reserveHandle(deps, home, input.handle, input.name);
  if (!reserved.ok) return reserved;
  const commitments = commitmentsOf(secret, 0, deps.commitmentsAhead);
  const created = await deps.storage.transact(home, async (tx) => {
    const { name, kind } = input;
    await insertParty(tx, deps, { handle: reserved.value, name, kind, sample: null });
    await insertSecrets(tx, deps, secret, wrapped);
    await insertCommitments(tx, commitments);
    return ok(await partyView(tx, home));
  });
  if (!(await keepHandle(deps, home, reserved.value))) {
    await forgetUnfinished(deps, home);
    return handleTaken(reserved.value);
  }
  // The first party of a node is its operator's, so that signing in suffices from then on.
  await appointFirstOperator(deps, home);
  return created;
}

/**
 * Whether the handle is still this home's: whoever asked for it before this party was there may have it. It is a write
 * to the same row, so that of two who pass each other the database lets one wait, look again, and find the other.
 */
async function keepHandle(deps: BaseDeps, home: string, handle: string): Promise<boolean> {
  const kept = await deps.storage.transact(NODE_HOME, (tx) =>
    tables<PartyTables>(tx)
      .updateTable('handles')
      .set({ party: home })
      .where('home_id', '=', NODE_HOME)
      .where('handle', '=', handle)
      .where('party', '=', home)
      .executeTakeFirst(),
  );
  return kept.numUpdatedRows === 1n;
}

async function forgetUnfinished(deps: BaseDeps, home: string): Promise<void> {
  await deps.storage.transact(home, async (tx) => {
    const db = tables<PartyTables>(tx);
    await db.deleteFrom('recovery_commitments').where('home_id', '=', home).execute();
    await db.deleteFrom('party_secrets').where('home_id', '=', home).execute();
    await db.deleteFrom('parties').where('home_id', '=', home).execute();
  });
}

function handleTaken(handle: string): Failure {
  return fail(
    'handle-taken',
    `Somebody on this node is already called ${handle}.`,
    'Choose another handle.',
    { handle: 'This handle is taken.' },
  );
}

/** Takes a handle for a home in the node's rows; one whose party was never finished is free again. */
export async function reserveHandle(
  deps: BaseDeps,
  home: string,
  wished: string | undefined,
  name: string,
): Promise<Result<string>> {
  return deps.storage.transact(NODE_HOME, async (tx) => {
    const db = tables<PartyTables>(tx);
    const { total } = await db
      .selectFrom('handles')
      .select((e) => e.fn.countAll<number>().as('total'))
      .where('home_id', '=', NODE_HOME)
      .executeTakeFirstOrThrow();
    if (total >= LIMITS.parties) {
      return fail('node-full', 'This node holds as many parties as it may.', 'Use another node.');
    }
    if (wished?.startsWith(SAMPLE_PREFIX)) return handleTaken(wished);
    const chosen = wished ?? (await freeHandle(tx, handleFrom(name)));
    const holder = await homeOfHandle(tx, chosen);
    if (holder !== undefined && (await getPartyRow(tx, holder))) {
      return handleTaken(chosen);
    }
    await db
      .insertInto('handles')
      .values({ home_id: NODE_HOME, handle: chosen, party: home })
      .onConflict((c) => c.columns(['home_id', 'handle']).doUpdateSet({ party: home }))
      .execute();
    return ok(chosen);
  });
}

/** Handles of the sample market's parties begin like this, and nobody else's do. */
export const SAMPLE_PREFIX = 'sample-';

async function freeHandle(tx: Tx, base: string): Promise<string> {
  for (let number = 1; ; number++) {
    const own = base.startsWith(SAMPLE_PREFIX) ? `my-${base}`.slice(0, 32) : base;
    const candidate = number === 1 ? own : `${own.slice(0, 27)}-${number}`;
    if ((await homeOfHandle(tx, candidate)) === undefined) return candidate;
  }
}

interface NewParty {
  readonly handle: string;
  readonly name: string;
  readonly kind: PartyKind;
  readonly sample: string | null;
}

export async function insertParty(tx: Tx, deps: BaseDeps, party: NewParty): Promise<void> {
  await tables<PartyTables>(tx)
    .insertInto('parties')
    .values({ home_id: tx.home, ...party, created_at: deps.clock.now(), paused_at: null, next_position: 0 })
    .execute();
}

/** Keeps the secret in its wraps; the recovery code waits, sealed, until its owner has seen it. */
export async function insertSecrets(
  tx: Tx,
  deps: BaseDeps,
  secret: Uint8Array,
  wrapped: Awaited<ReturnType<typeof wrapWithPassphrase>>,
): Promise<void> {
  const code = deps.random.bytes(16);
  await tables<PartyTables>(tx)
    .insertInto('party_secrets')
    .values({
      home_id: tx.home,
      served: seal(deps.nodeKey, servedSecret(secret), `served|${tx.home}`, deps.random),
      ...wrapped,
      served_number: null,
      recovery_wrapped: wrapWithRecovery(secret, recoveryKey(code), tx.home, deps.random),
      recovery_shown_at: null,
      recovery_code: seal(deps.nodeKey, code, `recovery-code|${tx.home}`, deps.random),
    })
    .execute();
}
