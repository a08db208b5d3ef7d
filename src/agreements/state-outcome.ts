import { z } from 'zod';
import { Outcome } from '../commitments/index.ts';
import { dropAbout, send } from '../delivery/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { civilDateAt } from '../kernel/civil.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { assert, ok } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { asOneUse, oneUseKey } from '../parties/index.ts';
import { isObject, signDocument, toWire } from '../records/index.ts';
import { type RecordReader, recordReader } from '../relationships/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { asJson } from './documents.ts';
import type { AgreementTables, TicketRow } from './model.ts';

const Confirmed = z.object({ salt: z.string(), commitment: id, outcome: Outcome });

/**
 * When I, the buyer, say how the seller kept its promise, the market hears it too: under the one-use key that the
 * seller's ticket allows, so that it counts for the seller's standing and names nobody.
 */
export const outcomeReaders: readonly RecordReader[] = [
  recordReader({
    type: 'commitment-confirmed',
    v: 1,
    content: Confirmed,
    isAfterEnd: true,
    async apply(tx, deps, { relationship, id, isMine, content, at }) {
      if (!isMine || relationship.side !== 'buyer') return ok('not mine to state');
      const ticket = await ticketOf(tx, relationship.id);
      if (!ticket?.document) return ok('no ticket');
      const wire = parseStrictJson(ticket.document);
      assert(wire.ok && isObject(wire.value), 'a kept ticket is JSON');
      const key = await oneUseKey(tx, deps, `outcome/${relationship.id}`);
      const outcome = signDocument(
        {
          type: 'outcome',
          v: 1,
          storefront: relationship.storefront,
          result: content.outcome,
          on: civilDateAt(at, 'UTC'),
          salt: toBase64url(deps.random.bytes(16)),
        },
        key,
      );
      await send(tx, deps, {
        to: { host: ticket.market_host, inbox: ticket.market_inbox },
        as: asOneUse(key, `outcome/${relationship.id}`),
        type: 'outcome',
        body: { ticket: wire.value, outcome: asJson(toWire(outcome)) },
        about: aboutOutcome(id),
      });
      return ok('stated');
    },
    undo: (tx, deps, { id }) => dropAbout(tx, [aboutOutcome(id)], deps.clock.now()),
  }),
];

/** What an envelope about the outcome that a record states is about. */
function aboutOutcome(record: string): string {
  return `outcome/${record}`.slice(0, 64);
}

async function ticketOf(tx: Tx, rel: string): Promise<TicketRow | undefined> {
  return tables<AgreementTables>(tx)
    .selectFrom('tickets')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('rel', '=', rel)
    .executeTakeFirst();
}
