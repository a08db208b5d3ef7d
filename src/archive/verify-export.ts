import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { Actor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { uploadedFile } from '../kernel/upload.ts';
import type { ArchiveDeps, Report } from './model.ts';
import { verifyArchive } from './verify-archive.ts';

export const VerifyExport = z.strictObject({
  file: uploadedFile.describe('An archive, as export-party makes them.'),
  passphrase: z.string().max(LIMITS.passphraseMaxChars).describe('The passphrase of the archive.'),
});

/**
 * Checks an archive without touching any data: octets, lines, counts, hashes, signatures, chains, bodies. The report
 * names the place of whatever is wrong. One at a time, because opening one takes much memory. Fails with
 * `archive-busy`, and `archive-locked` when it does not open.
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
    return lockedFailure(report) ?? ok(report);
  } finally {
    leave();
  }
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
