import { handlers as agreements, readers as outcomes, settlers } from './agreements/index.ts';
import { readers as commitments } from './commitments/index.ts';
import type { Handlers, InboxHandler, Settler, Settlers } from './delivery/index.ts';
import { handlers as desk } from './desk/index.ts';
import { readers as facts } from './facts/index.ts';
import { readers as grants } from './grants/index.ts';
import { handlers as intents } from './intents/index.ts';
import { settlers as invitationSettlers, handlers as invitations } from './invitations/index.ts';
import { handlers as market, settlers as marketSettlers } from './market/index.ts';
import { readers as messages } from './messages/index.ts';
import type { Deps } from './operations.ts';
import { readers as profferReaders, handlers as proffers } from './proffers/index.ts';
import {
  headsWanted,
  identityChanged,
  type RecordReader,
  recordHandler,
  recordsTold,
  readers as relationships,
  toldSettlers,
} from './relationships/index.ts';
import { readers as tiers } from './tiers/index.ts';

/** What each type of message between parties does, whichever node it comes from. */
const ALL: readonly InboxHandler<Deps>[] = [
  recordHandler,
  identityChanged,
  headsWanted,
  recordsTold,
  ...agreements,
  ...invitations,
  ...intents,
  ...market,
  ...desk,
  ...proffers,
];

/** What happens here when something sent was refused or given up. */
export const SETTLERS: Settlers<Deps> = new Map<string, Settler<Deps>>([
  ...settlers,
  ...toldSettlers,
  ...marketSettlers,
  ...invitationSettlers,
]);

export const HANDLERS: Handlers<Deps> = new Map(ALL.map((handler) => [handler.type, handler]));

/** What the rooms make of each type of record, in this order. */
export const READERS: ReadonlyMap<string, readonly RecordReader[]> = Map.groupBy(
  [
    ...relationships,
    ...messages,
    ...commitments,
    ...grants,
    ...facts,
    ...outcomes,
    ...profferReaders,
    ...tiers,
  ],
  (reader) => `${reader.type}/${reader.v}`,
);
