import { eraseParty, importFrom } from '../archive/index.ts';
import { isFailure } from '../kernel/result.ts';
import { getPartyRow, NODE_HOME } from '../parties/index.ts';
import type { MovingDeps } from './deps.ts';
import { dropFile, inFile, sha256Of, sizeOf } from './files.ts';
import { MOVE_LIMITS } from './limits.ts';
import { getMove, invitationsIn, isComing, movesOf, secretOf, updateInvitation } from './store.ts';
import type { InvitationRow, InvitationState } from './tables.ts';
import { archivePassphrase } from './wire.ts';

/** What is to be done for the invitations of this node: check and import, let expire, clear away, note what is in use. */
export async function settleInvitations(deps: MovingDeps): Promise<void> {
  const rows = await deps.storage.read((view) =>
    invitationsIn(view, ['invited', 'receiving', 'checking', 'arrived', 'handed-over']),
  );
  for (const row of rows) await settle(deps, row);
  await clearAway(deps);
}

async function settle(deps: MovingDeps, row: InvitationRow): Promise<void> {
  if (row.state === 'checking') return check(deps, row);
  if (row.state === 'handed-over') return noteInUse(deps, row);
  // Once handed over it never expires: nobody else can act.
  if (deps.clock.now() > row.until_at) await change(deps, row, { state: 'expired' });
}

/**
 * Verifies what came and imports it as a paused copy. Whatever an earlier try left is taken away first: until `arrived` is
 * noted nobody relies on it.
 */
async function check(deps: MovingDeps, row: InvitationRow): Promise<void> {
  const { party, sha256, size } = row;
  const path = inFile(deps, row.id);
  if (party === null || (await sizeOf(path)) !== size || (await sha256Of(path)) !== sha256) {
    // The disk lost it, or a part came twice: it is sent anew.
    await dropFile(path);
    await change(deps, row, { state: 'receiving' });
    return;
  }
  // From here on there may be a copy, which has to be taken away if nothing comes of it.
  await change(deps, row, { state: 'checking', handle: '' });
  const left = await deps.storage.read((view) => getPartyRow(view, party));
  if (left?.paused_at === null) return change(deps, row, { state: 'refused', problem: 'party-exists' });
  if (left) await eraseParty(deps, party, left.handle);
  const imported = await importFrom(deps, path, archivePassphrase(secretOf(deps.nodeKey, row)));
  if (isFailure(imported)) {
    // A node that stops goes on when it starts again.
    if (imported.code === 'import-stopped' || imported.code === 'import-running') return;
    return change(deps, row, { state: 'refused', problem: imported.code });
  }
  const { counts, hashes, handle, party: came } = imported.value;
  if (came?.id !== party) {
    return change(deps, row, { state: 'refused', problem: 'party-other' });
  }
  const summary = JSON.stringify({ counts, hashes });
  const until_at = deps.clock.now() + MOVE_LIMITS.arrivedMs;
  await change(deps, row, { state: 'arrived', summary, handle, problem: null, until_at });
}

/** The person has taken it into use; its own rows say so. */
async function noteInUse(deps: MovingDeps, row: InvitationRow): Promise<void> {
  const { party } = row;
  if (party === null) return;
  const move = await deps.storage.read((view) => getMove(view, party, row.id));
  if (move?.is_in) await change(deps, row, { state: 'in-use' });
}

/** Removes copies and files of what is over; its rows stay, so that it can never be taken after all. */
async function clearAway(deps: MovingDeps): Promise<void> {
  const over = await deps.storage.read((view) => invitationsIn(view, ['cancelled', 'expired', 'refused']));
  for (const row of over) {
    const { party, handle } = row;
    if (party === null) continue;
    if (handle !== null) await eraseCopy(deps, party, row.id);
    await dropFile(inFile(deps, row.id));
    await deps.storage.transact(NODE_HOME, (tx) =>
      updateInvitation(tx, row.id, [row.state], { party: null, handle: null }),
    );
  }
}

/** The paused copy that came with an invitation; never a party that is in use, or that comes with another one. */
async function eraseCopy(deps: MovingDeps, party: string, invitation: string): Promise<void> {
  const copy = await deps.storage.read(async (view) => {
    const row = await getPartyRow(view, party);
    const [newest] = await movesOf(view, party);
    const isOther = newest?.is_in === true || (await isComing(view, party, invitation));
    return row?.paused_at != null && !isOther ? row : undefined;
  });
  if (copy) await eraseParty(deps, party, copy.handle);
}

async function change(
  deps: MovingDeps,
  row: InvitationRow,
  what: Partial<InvitationRow> & { readonly state: InvitationState },
): Promise<void> {
  await deps.storage.transact(NODE_HOME, async (tx) => {
    await updateInvitation(tx, row.id, [row.state], { ...what, changed_at: deps.clock.now() });
    if (row.party !== null) tx.wake(`changed:${row.party}`);
    tx.wake('moves');
  });
}
