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
 * names the place of whatever is wrong. Fails with `sign-in-needed`, and `archive-locked` when it does not open.
 */
export async function verifyExport(
  _deps: ArchiveDeps,
  actor: Actor,
  input: z.output<typeof VerifyExport>,
): Promise<Result<Report>> {
  if (actor.home === undefined && !actor.isOperator) {
    return fail('sign-in-needed', 'This needs somebody of this node.', 'Sign in first.');
  }
  const { report } = await verifyArchive(input.file.path, input.passphrase);
  return lockedFailure(report) ?? ok(report);
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
