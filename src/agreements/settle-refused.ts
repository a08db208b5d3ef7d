import { dropAbout, type Settlers } from '../delivery/index.ts';
import { releaseOffer } from '../desk/index.ts';
import { dropPlannedGrants } from '../grants/index.ts';
import { markOffer } from '../intents/index.ts';
import { aboutRecord, recordsOf } from '../records/index.ts';
import {
  findByAgreement,
  type RelationshipDeps,
  type RelationshipRow,
  updateRelationship,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { keptAgreement } from './kept-agreement.ts';
import { offerStateAfter } from './rules.ts';
import { foundingSettlers } from './tell-founding.ts';

async function asking(
  tx: Tx,
  agreement: string,
  state: RelationshipRow['state'],
): Promise<RelationshipRow | undefined> {
  const row = await findByAgreement(tx, tx.home, agreement);
  return row?.state === state ? row : undefined;
}

/** What I have said in a relationship that does not come about goes nowhere. */
async function dropSaid(tx: Tx, rel: string, now: number): Promise<void> {
  const said = await recordsOf(tx, tx.home, rel, ['sealing-key']);
  await dropAbout(
    tx,
    said.map((it) => aboutRecord(rel, it.id)),
    now,
  );
}

/** What becomes of a relationship when the envelope that should have opened it was refused or never arrived. */
export const settlers: Settlers<RelationshipDeps> = new Map([
  ...foundingSettlers,
  [
    'accept',
    async (tx, deps, agreement, code) => {
      const row = await asking(tx, agreement, 'asked');
      if (!row) return;
      await updateRelationship(tx, row.id, { state: 'refused', refusal: code, last_at: deps.clock.now() });
      await dropPlannedGrants(tx, row.id);
      await markOffer(tx, row.offer, offerStateAfter(code));
    },
  ],
  [
    'agreement-signed',
    async (tx, deps, agreement, code) => {
      const row = await asking(tx, agreement, 'active');
      if (!row) return;
      await updateRelationship(tx, row.id, { state: 'refused', refusal: code, last_at: deps.clock.now() });
      await dropSaid(tx, row.id, deps.clock.now());
      // Nobody holds this agreement but me: what was taken for it can be had again.
      await releaseOffer(tx, deps, (await keptAgreement(tx, row)).agreement);
    },
  ],
]);
