import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { Actor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { uploadUpTo } from '../kernel/upload.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import type { ArchiveDeps, Report } from './model.ts';
import { verifyArchive } from './verify-archive.ts';

export const VerifyExport = z.strictObject({
  file: uploadUpTo(ARCHIVE_LIMITS.fileBytes).describe('An archive, as export-party makes them.'),
  passphrase: z.string().max(LIMITS.passphraseMaxChars).describe('The passphrase of the archive.'),
});

/**
 * Checks an archive without touching any data: octets, lines, counts, hashes, signatures, chains, bodies. Whatever is
 * wrong is named by its place. One at a time, because opening one takes much memory. Fails with
 * `archive-busy`, `archive-locked` when it does not open, and `archive-refused` when anything is wrong with it.
 */
export async function verifyExport(
  deps: ArchiveDeps,
  _actor: Actor,
  input: z.output<typeof VerifyExport>,
): Promise<Result<Report>> {
  const leave = deps.jobs.enter('verify-export');
  if (!leave) {
    return fail('archive-busy', 'Another archive is being checked just now.', 'Wait for it, then try again.');
  }
  try {
    const { report } = await verifyArchive(input.file.path, input.passphrase);
    if (report.ok) return ok(report);
    return lockedFailure(report) ?? refusedArchive(report, 'Do not rely on it.');
  } finally {
    leave();
  }
}

/** What is wrong with an archive, the first places by name. */
export function refusedArchive(report: Report, consequence: string): Failure {
  const [first] = report.problems;
  const where = first ? `${first.place}: ${first.what}` : 'it does not say.';
  const more = report.problemCount > 1 ? ` And ${report.problemCount - 1} more.` : '';
  const fields = Object.fromEntries(report.problems.slice(0, 20).map(({ place, what }) => [place, what]));
  return fail(
    'archive-refused',
    `This archive is not whole, at ${where}${more} ${consequence}`,
    'Take another copy of the file, or export again.',
    fields,
  );
}

/** A passphrase that does not fit is a slip more often than damage, and is told as one. */
export function lockedFailure(report: Report): Failure | undefined {
  if (report.problems[0]?.code !== 'locked') return undefined;
  return fail(
    'archive-locked',
    'The archive does not open: the passphrase is another one, or its header is damaged.',
    'Try the passphrase that was chosen for this archive; if that is the one, take another copy of the file.',
    { passphrase: 'This does not open it.' },
  );
}
