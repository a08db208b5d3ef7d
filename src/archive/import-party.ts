import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { Actor } from '../kernel/operation.ts';
import { type Failure, fail, isFailure, type Result } from '../kernel/result.ts';
import { uploadUpTo } from '../kernel/upload.ts';
import { appointFirstOperator, getPartyRow, NODE_HOME } from '../parties/index.ts';
import type { Container } from './container.ts';
import { finishImport } from './finish-import.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import type { ArchiveDeps, Header, ImportReport, Report } from './model.ts';
import type { Bound } from './node-bound.ts';
import { planImport } from './plan-import.ts';
import { missingRows } from './read-back.ts';
import { begin, end, undo, wipeHome } from './unfinished.ts';
import { verifyArchive } from './verify-archive.ts';
import { lockedFailure, refusedArchive } from './verify-export.ts';
import { NotWritten, writeRows } from './write-rows.ts';

export const ImportParty = z.strictObject({
  file: uploadUpTo(ARCHIVE_LIMITS.fileBytes).describe('An archive, as export-party makes them.'),
  passphrase: z.string().max(LIMITS.passphraseMaxChars).describe('The passphrase of the archive.'),
});

interface Archive {
  readonly header: Header;
  readonly container: Container;
  readonly report: Report;
}

/**
 * Takes a party from its archive into this node, as a paused copy that signs nothing. The archive is verified first;
 * afterwards every row is read back from the database and held against the manifest. Until all of it is there nothing of
 * it can be seen, and an import that was interrupted can simply be run again. Fails with `archive-locked`,
 * `archive-refused`, `archive-newer`, `archive-older`, `party-exists`, `import-running`, `import-incomplete`,
 * `import-stopped`, `node-full`; then nothing stays.
 */
export async function importParty(
  deps: ArchiveDeps,
  _actor: Actor,
  input: z.output<typeof ImportParty>,
): Promise<Result<ImportReport>> {
  return importFrom(deps, input.file.path, input.passphrase);
}

/** The same of a file of this node's own. */
export async function importFrom(
  deps: ArchiveDeps,
  path: string,
  passphrase: string,
): Promise<Result<ImportReport>> {
  const { report, header, container } = await verifyArchive(path, passphrase);
  const locked = lockedFailure(report);
  if (locked) return locked;
  if (!report.ok || !header || !container) return refusedArchive(report, 'Nothing was imported.');
  return alone(deps, header.party.id, (isStopping) =>
    takeIn(deps, { header, container, report }, isStopping),
  );
}

/** One import of a party at a time; a node that stops waits for its next whole step. */
function alone<T>(
  deps: ArchiveDeps,
  home: string,
  work: (isStopping: () => boolean) => Promise<Result<T>>,
): Promise<Result<T>> {
  const name = `import/${home}`;
  if (deps.jobs.cancel(name)) {
    return Promise.resolve(
      fail('import-running', 'This party is being imported already.', 'Wait until that has ended.'),
    );
  }
  let isStopping = false;
  const running = work(() => isStopping);
  const stop = (wish: string): void => {
    if (wish === 'interrupted') isStopping = true;
  };
  deps.jobs.add(name, { stop, ended: running.then(nothing, nothing) });
  return running;
}

function nothing(): void {}

async function takeIn(
  deps: ArchiveDeps,
  archive: Archive,
  isStopping: () => boolean,
): Promise<Result<ImportReport>> {
  const { storage, nodeKey, random } = deps;
  const { header } = archive;
  const home = header.party.id;
  const plan = await storage.read(async (view) => {
    const fits = await planImport(view, storage.engine, header);
    return fits.ok && (await getPartyRow(view, home)) ? partyExists() : fits;
  });
  if (isFailure(plan)) return plan;
  await storage.transact(NODE_HOME, (tx) => begin(tx, home, 'import'));
  await wipeHome(deps, home, false);
  const bound: Bound = { home, nodeKey, random };
  const done = await fill(deps, bound, archive, isStopping);
  if (isFailure(done)) await undo(deps, home);
  else await end(deps, home);
  if (done.ok && header.party.kind !== 'market') await appointFirstOperator(deps, home);
  return done;
}

async function fill(
  deps: ArchiveDeps,
  bound: Bound,
  { header, container, report }: Archive,
  isStopping: () => boolean,
): Promise<Result<ImportReport>> {
  try {
    const written = await writeRows(deps.storage, bound, container, isStopping);
    const isSame =
      written && Object.entries(report.hashes).every(([name, hash]) => written.hashes.get(name) === hash);
    if (!written || !isSame) return changed();
    const missing = await missingRows(deps.storage, bound, header, report);
    if (missing) return missing;
    return await finishImport(deps, bound, header, written.party, report);
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
    return error.section === undefined ? stopped() : unfit(error.section);
  }
}

function partyExists(): Failure {
  return fail(
    'party-exists',
    'This very party is on this node already. Nothing was imported.',
    'Sign in to it; or remove it here first, if the archive is to take its place.',
  );
}

function changed(): Failure {
  return fail(
    'archive-refused',
    'The archive changed while it was read. Nothing was imported.',
    'Send it again.',
  );
}

function unfit(section: string): Failure {
  return fail(
    'import-incomplete',
    `This database does not take a row of ${section}. Nothing was imported.`,
    'Import it into a node on the other kind of database, and report this.',
    { [section]: 'A row was refused.' },
  );
}

function stopped(): Failure {
  return fail('import-stopped', 'The node is being stopped. Nothing was imported.', 'Import it again.');
}
