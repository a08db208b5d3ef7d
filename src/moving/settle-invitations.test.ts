import assert from 'node:assert/strict';
import { copyFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { startTestNode } from '../../test/harness/node.ts';
import { engines, FEW } from '../../test/harness/test-deps.ts';
import { sealParty, sweepUnfinished } from '../archive/index.ts';
import { must } from '../kernel/result.ts';
import { getPartyRow, NODE_HOME } from '../parties/index.ts';
import { type Storage, tables } from '../storage/index.ts';
import { readCode } from './code.ts';
import { inFile, outFile, sha256Of } from './files.ts';
import { settleInvitations } from './settle-invitations.ts';
import { getInvitation } from './store.ts';
import type { MovingTables } from './tables.ts';
import { archivePassphrase } from './wire.ts';

/**
 * The same database, which fails at its n-th transaction from now, as one that a crash ends does. It wakes nobody, so that
 * the node's own mover, whose clock stands still, does not come into it.
 */
function breaking(storage: Storage, at = Number.POSITIVE_INFINITY): Storage {
  let done = 0;
  return {
    ...storage,
    transact(of, body) {
      if (++done === at) throw new Error('the power went out');
      return storage.transact(of, (tx) => body(Object.create(tx, { wake: { value: () => {} } })));
    },
  };
}

for (const engine of engines()) {
  test(`an arrival that is interrupted at any transaction ends as one whole paused copy, on ${engine}`, async () => {
    const from = await startTestNode({ seed: 'from' });
    const to = await startTestNode({ engine, seed: 'to', publicOrigin: 'https://to.example' });
    try {
      const party = await from.party('maya');
      const { code } = await to.done<{ code: string }>('invite-party', {}, 'operator');
      const { id, secret } = must(readCode(code));
      const sealed = outFile(from.deps, id);
      const size = await sealParty(from.deps, party, sealed, archivePassphrase(secret), 8);
      const sha256 = await sha256Of(sealed);
      const quiet = { ...to.deps, storage: breaking(to.deps.storage) };
      let crashes = 0;
      // Each of the first, then ever wider apart: most are alike, one for each table.
      for (let at = 1, isOver = false; !isOver; at = at < 8 ? at + 1 : Math.ceil(at * 2.2)) {
        copyFileSync(sealed, inFile(to.deps, id));
        await quiet.storage.transact(NODE_HOME, (tx) =>
          tables<MovingTables>(tx)
            .updateTable('move_invitations')
            .set({ state: 'checking', party, sha256, size, peer_key: 'x', peer_host: 'from.example' })
            .execute(),
        );
        const broken = { ...to.deps, storage: breaking(to.deps.storage, at) };
        isOver = await settleInvitations(broken).then(
          () => true,
          () => false,
        );
        if (!isOver) crashes++;
        await sweepUnfinished(quiet);
        await settleInvitations(quiet);
        const { row, copy } = await to.deps.storage.read(async (view) => ({
          row: await getInvitation(view, id),
          copy: await getPartyRow(view, party),
        }));
        assert.equal(row?.state, 'arrived', `after a crash at transaction ${at}`);
        assert.equal(typeof copy?.paused_at, 'number');
        assert.equal(JSON.parse(row.summary ?? '').counts.recovery_commitments, FEW);
      }
      assert(crashes > 8, `there were ${crashes} transactions to crash at`);
      assert.equal(statSync(sealed).size, size);
    } finally {
      await from.close();
      await to.close();
    }
  });
}
