import { sweepUnfinished } from '../archive/index.ts';
import { type Categories, openCategories } from '../categories/index.ts';
import { guardOf } from '../delivery/index.ts';
import { doubtCopies } from '../facts/index.ts';
import { READERS } from '../handlers.ts';
import { interruptJobs, runningJobs } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { PASSPHRASE_COST, type PassphraseCost } from '../kernel/sealing.ts';
import { ensureMarket } from '../market/index.ts';
import { newDoings } from '../moving/index.ts';
import type { WayOut } from '../network/index.ts';
import type { Deps } from '../operations.ts';
import { COMMITMENTS_AHEAD } from '../parties/index.ts';
import { openPlaces } from '../places/index.ts';
import { endRestoring, reconcileAll } from '../relationships/index.ts';
import { sweepSample } from '../sample/index.ts';
import {
  databaseProblem,
  type EngineOptions,
  holdDatabase,
  migrate,
  postgresStorage,
  type Storage,
  sqliteStorage,
} from '../storage/index.ts';
import { sealPlainItems } from '../vault/index.ts';
import { beatOnce, isRestored } from './beat.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { hiddenWay } from './hidden-way.ts';
import { openNodeKey } from './node-key.ts';
import { namesOf } from './node-names.ts';
import { openPeerDoor, type PeerDoor } from './peer-door.ts';
import { type Services, startServices } from './services.ts';

interface NodeOptions extends EngineOptions {
  /** The data folder; made when it is not there. */
  readonly data: string;
  /** Where the node's key lies, or is made; `node.key` in the data folder when left out. */
  readonly keyFile?: string | undefined;
  /** PostgreSQL's address; SQLite in the data folder when left out. */
  readonly databaseUrl?: string | undefined;
  /** The gazetteer's file, which set-up builds. */
  readonly gazetteer: string;
  /** Read anew when left out; several nodes in one process may share them. */
  readonly categories?: Categories;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** What it costs to try a passphrase; as much as SECURITY.md says when left out. */
  readonly passphraseCost?: PassphraseCost;
  /** As many as parties usually have when left out. */
  readonly commitmentsAhead?: number;
  /** Where other nodes reach this one; nowhere when left out. */
  readonly publicOrigin?: string | undefined;
  readonly wayOut: WayOut;
  /** Somebody else's node that carries what is said before any relationship, so that nobody learns this one's address. */
  readonly relay?: string | undefined;
  /** Carries for others. */
  readonly carriesForOthers?: boolean;
}

/** A node that is open: everything an operation needs, and nothing that listens yet. */
export interface OpenNode {
  readonly deps: Deps;
  readonly folder: DataFolder;
  /** What another node is answered. */
  answerPeer: PeerDoor;
  /** Resolves when no job runs and nothing that is due waits to be delivered. */
  idle(): Promise<void>;
  /** Lets what runs come to its next whole step, then closes everything and frees the data folder. */
  close(): Promise<void>;
}

/**
 * Puts a node together: data folder, database brought up to date, key, services. Fails with what openDataFolder,
 * openNodeKey, migrate and databaseProblem fail with; then nothing stays open or locked.
 */
export async function openNode(options: NodeOptions): Promise<Result<OpenNode>> {
  const folder = openDataFolder(options.data, options.keyFile);
  if (!folder.ok) return folder;
  let storage: Storage | undefined;
  const abandon = async (): Promise<void> => {
    await storage?.close().catch(() => {}); // it is the first problem that is told
    folder.value.lock.release();
  };
  try {
    storage = await openStorage(options, folder.value);
    const deps = await assemble(options, folder.value, storage);
    if (!deps.ok) await abandon();
    return deps.ok
      ? ok(
          running(
            deps.value,
            folder.value,
            startServices(deps.value, folder.value),
            options.carriesForOthers ?? false,
          ),
        )
      : deps;
  } catch (error) {
    await abandon();
    const problem = databaseProblem(error);
    if (problem) return problem;
    throw error;
  }
}

/** The data folder's lock guards the SQLite file in it; a PostgreSQL database is held by a lock of its own. */
async function openStorage(options: NodeOptions, folder: DataFolder): Promise<Storage> {
  const { databaseUrl: url, rehearse = false } = options;
  if (!url) return sqliteStorage(folder.database, options);
  const hold = await holdDatabase(url, () => options.log('database.held-elsewhere'));
  return postgresStorage(url, { rehearse, hold });
}

async function assemble(options: NodeOptions, folder: DataFolder, storage: Storage): Promise<Result<Deps>> {
  const migrated = await migrate(storage, options.clock.now());
  if (!migrated.ok) return migrated;
  const key = await openNodeKey(folder.keyFile, storage, options.random);
  if (isFailure(key)) return key;
  const base = {
    storage,
    clock: options.clock,
    random: options.random,
    log: options.log,
    nodeKey: key.value,
    passphraseCost: options.passphraseCost ?? PASSPHRASE_COST,
    commitmentsAhead: options.commitmentsAhead ?? COMMITMENTS_AHEAD,
    ...(await namesOf(storage, key.value, options.publicOrigin)),
    publicOrigin: options.publicOrigin,
    wayOut: options.wayOut,
    relay: options.relay,
    carriesForOthers: options.carriesForOthers ?? false,
    jobs: runningJobs(),
    doings: newDoings(),
    scratch: folder.scratch,
    beat: () => beatOnce(storage, folder.beatFile),
    readers: READERS,
    places: openPlaces(options.gazetteer),
    categories: options.categories ?? openCategories(),
  };
  const hidden = options.relay === undefined ? undefined : hiddenWay(base, options.wayOut, options.relay);
  const deps: Deps = { ...base, wayOut: { ...options.wayOut, ...(hidden && { hidden }) } };
  const sealed = await sealPlainItems(deps);
  if (sealed > 0) options.log('vault.sealed', { items: sealed });
  // Before the next beat: whoever is ended in between finds out again.
  if (await isRestored(storage, folder.beatFile)) {
    options.log('node.restored', { relationships: await reconcileAll(deps) });
    await doubtCopies(deps);
  }
  await beatOnce(storage, folder.beatFile);
  await endRestoring(storage);
  await interruptJobs(deps);
  await sweepUnfinished(deps);
  await sweepSample(deps);
  // A new market has no crowd to hide in yet, and says so: see docs/decisions/0004-joining-a-crowd.md.
  await ensureMarket(deps, { name: 'The market of this node', smallest: 1 });
  return ok(deps);
}

function running(deps: Deps, folder: DataFolder, services: Services, carriesForOthers: boolean): OpenNode {
  return {
    deps,
    folder,
    answerPeer: openPeerDoor(deps, guardOf(deps), carriesForOthers),
    async idle() {
      await deps.jobs.idle();
      await services.idle();
    },
    async close() {
      await deps.jobs.stop();
      await services.stop();
      // A copy made in the minute before counts as old; where nothing can be written any more, that is all that is lost.
      await deps.beat().catch(() => deps.log('beat.stumbled'));
      await deps.storage.close();
      deps.places.close();
      folder.lock.release();
    },
  };
}
