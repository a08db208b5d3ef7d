import { operations as agreements } from './agreements/index.ts';
import { type ArchiveDeps, operations as archive } from './archive/index.ts';
import { type BackupDeps, operations as backup } from './backup/index.ts';
import { operations as commitments } from './commitments/index.ts';
import { operations as delivery } from './delivery/index.ts';
import { type DeskDeps, operations as desk } from './desk/index.ts';
import { operations as devices } from './devices/index.ts';
import { operations as discovery } from './discovery/index.ts';
import { operations as facts } from './facts/index.ts';
import { operations as files } from './files/index.ts';
import { operations as grants } from './grants/index.ts';
import { type IntentDeps, operations as intents } from './intents/index.ts';
import { operations as invitations } from './invitations/index.ts';
import { type JobDeps, operations as jobs } from './jobs/index.ts';
import type { FileDeps } from './kernel/download.ts';
import type { Operation } from './kernel/operation.ts';
import { operations as market } from './market/index.ts';
import { operations as messages } from './messages/index.ts';
import { heldOnTheMove, type MovingDeps, operations as moving } from './moving/index.ts';
import { type NetworkDeps, operations as network } from './network/index.ts';
import { operations as parties } from './parties/index.ts';
import { operations as proffers } from './proffers/index.ts';
import { type RelationshipDeps, operations as relationships } from './relationships/index.ts';
import { operations as sample } from './sample/index.ts';
import { operations as sealed } from './sealed/index.ts';
import { operations as terms } from './terms/index.ts';
import { operations as tiers } from './tiers/index.ts';
import { operations as today } from './today/index.ts';
import { operations as vault } from './vault/index.ts';

/** Everything that any operation needs; main.ts puts it together once. */
export type Deps = JobDeps &
  FileDeps &
  RelationshipDeps &
  IntentDeps &
  DeskDeps &
  ArchiveDeps &
  BackupDeps &
  NetworkDeps &
  MovingDeps;

const ALL: readonly Operation<Deps>[] = [
  ...parties,
  ...devices,
  ...jobs,
  ...terms,
  ...proffers,
  ...discovery,
  ...vault,
  ...sealed,
  ...files,
  ...intents,
  ...market,
  ...desk,
  ...agreements,
  ...relationships,
  ...invitations,
  ...messages,
  ...commitments,
  ...grants,
  ...facts,
  ...tiers,
  ...delivery,
  ...network,
  ...today,
  ...sample,
  ...archive,
  ...moving,
  ...backup,
];

/** The one table of operations (law 3). Routes, commands, OpenAPI and reference derive from it. */
export const OPERATIONS: readonly Operation<Deps>[] = ALL.map((operation) => heldOnTheMove(operation));
