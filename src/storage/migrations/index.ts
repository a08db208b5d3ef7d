import type { ColumnTypes } from '../migrate.ts';
import { parties } from './0001-parties.ts';
import { records } from './0002-records.ts';
import { delivery } from './0003-delivery.ts';
import { jobs } from './0004-jobs.ts';
import { vault } from './0005-vault.ts';
import { terms } from './0006-terms.ts';
import { relationships } from './0007-relationships.ts';
import { market } from './0008-market.ts';
import { desk } from './0009-desk.ts';
import { intents } from './0010-intents.ts';
import { agreements } from './0011-agreements.ts';
import { lanes } from './0012-lanes.ts';
import { keyLogs } from './0013-key-logs.ts';
import { reconciling } from './0014-reconciling.ts';
import { dropBoxes } from './0015-drop-boxes.ts';
import { pastKeys } from './0016-past-keys.ts';
import { moves } from './0017-moves.ts';
import { holds } from './0018-holds.ts';
import { agreedTerms } from './0019-agreed-terms.ts';
import { publicProfiles } from './0020-public-profiles.ts';
import { invitations } from './0021-invitations.ts';
import { intentEndings } from './0022-intent-endings.ts';
import { counts } from './0023-counts.ts';
import { otherSide } from './0024-other-side.ts';
import { outboxUnfinished } from './0025-outbox-unfinished.ts';
import { saidAgain } from './0026-said-again.ts';
import { fewerPages } from './0027-fewer-pages.ts';
import { devices } from './0028-devices.ts';
import { proofs } from './0029-proofs.ts';
import { tiers } from './0030-tiers.ts';
import { grantKeys } from './0031-grant-keys.ts';
import { sealedVault } from './0034-sealed-vault.ts';
import { sealedMode } from './0035-sealed-mode.ts';
import { files } from './0036-files.ts';
import { howOften } from './0038-how-often.ts';
import { inPlace } from './0040-in-place.ts';
import { compared } from './0041-compared.ts';
import { grantsInOrder } from './0042-grants-in-order.ts';

interface Migration {
  readonly number: number;
  readonly name: string;
  /** Statements in the subset that SQLite and PostgreSQL share; every key begins with home_id (law 1). */
  readonly up: (types: ColumnTypes) => readonly string[];
}

/** In order and frozen: a migration that has been released is never edited (law 9). */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'parties', up: parties },
  { number: 2, name: 'records', up: records },
  { number: 3, name: 'delivery', up: delivery },
  { number: 4, name: 'jobs', up: jobs },
  { number: 5, name: 'vault', up: vault },
  { number: 6, name: 'terms', up: terms },
  { number: 7, name: 'relationships', up: relationships },
  { number: 8, name: 'market', up: market },
  { number: 9, name: 'desk', up: desk },
  { number: 10, name: 'intents', up: intents },
  { number: 11, name: 'agreements', up: agreements },
  { number: 12, name: 'lanes', up: lanes },
  { number: 13, name: 'key-logs', up: keyLogs },
  { number: 14, name: 'reconciling', up: reconciling },
  { number: 15, name: 'drop-boxes', up: dropBoxes },
  { number: 16, name: 'past-keys', up: pastKeys },
  { number: 17, name: 'moves', up: moves },
  { number: 18, name: 'holds', up: holds },
  { number: 19, name: 'agreed-terms', up: agreedTerms },
  { number: 20, name: 'public-profiles', up: publicProfiles },
  { number: 21, name: 'invitations', up: invitations },
  { number: 22, name: 'intent-endings', up: intentEndings },
  { number: 23, name: 'counts', up: counts },
  { number: 24, name: 'other-side', up: otherSide },
  { number: 25, name: 'outbox-unfinished', up: outboxUnfinished },
  { number: 26, name: 'said-again', up: saidAgain },
  { number: 27, name: 'fewer-pages', up: fewerPages },
  { number: 28, name: 'devices', up: devices },
  { number: 29, name: 'proofs', up: proofs },
  { number: 30, name: 'tiers', up: tiers },
  { number: 31, name: 'grant-keys', up: grantKeys },
  { number: 34, name: 'sealed-vault', up: sealedVault },
  { number: 35, name: 'sealed-mode', up: sealedMode },
  { number: 36, name: 'files', up: files },
  { number: 38, name: 'how-often', up: howOften },
  { number: 40, name: 'in-place', up: inPlace },
  { number: 41, name: 'compared', up: compared },
  { number: 42, name: 'grants-in-order', up: grantsInOrder },
];
