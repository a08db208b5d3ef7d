import { toBase64url } from '../kernel/bytes.ts';
import { ok, type Result } from '../kernel/result.ts';
import { fromWire, malformed, type SignedDocument } from '../records/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { readIntroduction } from './identity.ts';
import {
  afterChange,
  type IdentityChange,
  type IdentityState,
  inceptionState,
  readChange,
  signerOf,
} from './identity-change.ts';
import { changesOf, dropChanges, keepChange, keepConflict, replay, stateOf } from './key-log.ts';
import type { CounterpartRow, PartyTables } from './model.ts';
import { getCounterpart } from './store.ts';

/** What became of a change that somebody told of their keys. */
type Learned = 'learned' | 'known' | 'conflict';

/**
 * Takes a change of a counterpart's keys or address into their log. It holds by the log alone: whoever has the root may
 * move the address, and only the recovery key, which the log committed to, may put another root in its place. A second
 * change with a number that is taken is kept as proof; it takes effect only where the recovery key overrules the root.
 * Fails with `record-malformed`.
 */
export async function learnChange(tx: Tx, deps: BaseDeps, wire: unknown): Promise<Result<Learned>> {
  const document = fromWire(wire);
  const change = document.ok ? readChange(document.value) : document;
  if (!document.ok) return document;
  if (!change.ok) return change;
  const row = await getCounterpart(tx, tx.home, change.value.identity);
  if (!row) return malformed('nobody here knows that identity');
  const state = await stateOf(tx, tx.home, row);
  if (change.value.number <= state.number) return contradict(tx, deps, row, document.value, change.value);
  const next = afterChange(state, change.value);
  if (!next.ok) return next;
  await putInForce(tx, deps, document.value, next.value);
  return ok('learned');
}

async function contradict(
  tx: Tx,
  deps: BaseDeps,
  row: CounterpartRow,
  document: SignedDocument,
  change: IdentityChange,
): Promise<Result<Learned>> {
  const changes = await changesOf(tx, tx.home, row.id);
  const stands = changes[change.number - 1];
  const inception = readIntroduction(JSON.parse(row.document));
  const before = inception && replay(inceptionState(inception), changes.slice(0, change.number - 1));
  if (!stands || !before?.ok) return malformed('it belongs to no log');
  const [kept, told] = [readChange(stands), afterChange(before.value, change)];
  if (!told.ok) return told;
  if (kept.ok && kept.value.id === change.id) return ok('known');
  const isHigher =
    kept.ok && signerOf(before.value, change) === 'recovery' && signerOf(before.value, kept.value) === 'root';
  if (!isHigher) {
    await keepConflict(tx, row.id, document, deps.clock.now());
    return ok('conflict');
  }
  for (const overruled of changes.slice(change.number - 1))
    await keepConflict(tx, row.id, overruled, deps.clock.now());
  await dropChanges(tx, row.id, change.number);
  await putInForce(tx, deps, document, told.value);
  return ok('learned');
}

async function putInForce(
  tx: Tx,
  deps: BaseDeps,
  document: SignedDocument,
  state: IdentityState,
): Promise<void> {
  await keepChange(tx, state, document, false, deps.clock.now());
  await tables<PartyTables>(tx)
    .updateTable('counterparts')
    .set({ node_key: toBase64url(state.nodeKey), host: state.host, inbox: state.inbox })
    .where('home_id', '=', tx.home)
    .where('id', '=', state.id)
    .execute();
}
