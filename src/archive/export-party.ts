import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { civilDateAt } from '../kernel/civil.ts';
import type { FileDownload } from '../kernel/download.ts';
import { type HomeId, newId } from '../kernel/ids.ts';
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
): Promise<Result<FileDownload>> {
  const { storage, clock, random } = deps;
  const home = actor.home;
  const path = join(deps.scratch, `${newId(random)}.parley`);
  const remove = (): Promise<void> => rm(path, { force: true });
  const party = await storage.read((view) => getPartyRow(view, home));
  assert(party, 'an acting party has a row');
  const bytes = await sealParty(deps, home, path, input.passphrase, workFactor);
  const name = `${party.handle}-${civilDateAt(clock.now(), 'UTC')}.parley`;
  return ok({ path, name, mediaType: 'application/octet-stream', bytes, remove });
}

/** Writes the archive of a party to a file that must not exist yet; answers its size. Nothing is left when it fails. */
export async function sealParty(
  deps: ArchiveDeps,
  home: HomeId,
  path: string,
  passphrase: string,
  workFactor: number,
): Promise<number> {
  const { storage, clock, random, nodeKey } = deps;
  try {
    return await storage.read((view) => {
      const lines = archiveOctets(view, storage.engine, { home, nodeKey, random }, clock.now());
      return sealToFile(path, lines, passphrase, workFactor, random);
    });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
