import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { civilDateAt } from '../kernel/civil.ts';
import type { Download } from '../kernel/download.ts';
import { newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, ok, type Result } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import { sealToFile } from './container.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import type { ArchiveDeps } from './model.ts';
import { archiveOctets } from './write-archive.ts';

export const ExportParty = z.strictObject({
  passphrase: z
    .string()
    .min(LIMITS.passphraseMinChars, `Use at least ${LIMITS.passphraseMinChars} characters.`)
    .max(LIMITS.passphraseMaxChars, `Keep it under ${LIMITS.passphraseMaxChars} characters.`)
    .describe('Locks the archive; it need not be the one you sign in with.'),
});

/**
 * Everything of a party, keys included, as one encrypted file: docs/reference/archive.md. It is read from one snapshot
 * and never stands unencrypted on disk. `workFactor` is log2 of scrypt's N; tests take less.
 */
export async function exportParty(
  deps: ArchiveDeps,
  actor: PartyActor,
  input: z.output<typeof ExportParty>,
  workFactor: number = ARCHIVE_LIMITS.workFactor,
): Promise<Result<Download>> {
  const { storage, clock, random, nodeKey } = deps;
  const home = actor.home;
  const now = clock.now();
  const path = join(deps.scratch, `${newId(random)}.parley`);
  const remove = (): Promise<void> => rm(path, { force: true });
  try {
    return await storage.read(async (view) => {
      const party = await getPartyRow(view, home);
      assert(party, 'an acting party has a row');
      const lines = archiveOctets(view, storage.engine, { home, nodeKey, random }, now);
      const bytes = await sealToFile(path, lines, input.passphrase, workFactor, random);
      const day = civilDateAt(now, 'UTC');
      const name = `${party.handle}-${day}.parley`;
      return ok({ path, name, mediaType: 'application/octet-stream', bytes, remove });
    });
  } catch (error) {
    await remove();
    throw error;
  }
}
