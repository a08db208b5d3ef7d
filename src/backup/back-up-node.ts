import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ARCHIVE_LIMITS, isRecipient, type Lock, sealWith } from '../archive/index.ts';
import { toUtf8 } from '../kernel/bytes.ts';
import { civilDateAt } from '../kernel/civil.ts';
import type { FileDownload } from '../kernel/download.ts';
import { newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type BackupDeps, DATABASE, FORMAT, KEY, MANIFEST, type Manifest } from './model.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

const PIECE = 256 * 1024;
const RECIPIENT_CHARS = 4_000;

export const BackUpNode = z.object({
  passphrase: z
    .string()
    .min(LIMITS.passphraseMinChars, `Use at least ${LIMITS.passphraseMinChars} characters.`)
    .max(LIMITS.passphraseMaxChars, `Keep it under ${LIMITS.passphraseMaxChars} characters.`)
    .optional()
    .describe('Locks the backup; or give a recipient.'),
  recipient: z
    .string()
    .max(RECIPIENT_CHARS)
    .refine(isRecipient, 'This is no age recipient; they begin with age1.')
    .optional()
    .describe('The public key (age1…) that the backup is locked to: whoever makes it needs no secret.'),
  withKey: z
    .boolean()
    .default(false)
    .describe(
      "Puts the node's key in too, at the machine itself: whoever opens the backup can then sign as everybody of this node. Without it, a restored node starts only with the key that you keep elsewhere.",
    ),
});

/**
 * Everything of this node as one age file, as it is at one moment, while everything goes on. Fails with
 * `backup-lock-needed`, `machine-needed`, `backup-elsewhere`, `backup-running`, `backup-stopped`; then nothing stays.
 */
export async function backUpNode(
  deps: BackupDeps,
  actor: Actor,
  input: z.output<typeof BackUpNode>,
  workFactor: number = ARCHIVE_LIMITS.workFactor,
): Promise<Result<FileDownload>> {
  const { passphrase, recipient, withKey } = input;
  if ((passphrase === undefined) === (recipient === undefined)) {
    return fail(
      'backup-lock-needed',
      'A backup is locked with a passphrase or to a recipient, one of the two. Nothing was written.',
      'Give --passphrase, or --recipient with a key that begins with age1.',
    );
  }
  // A cookie can be taken, on a home network by whoever listens, and a key that was taken is taken for ever.
  if (withKey && actor.session !== undefined) {
    return fail(
      'machine-needed',
      "The node's key leaves only through the command line at the machine. Nothing was written.",
      'Run parley back-up-node there, or leave the key out.',
    );
  }
  const lock: Lock =
    recipient === undefined
      ? { passphrase: passphrase ?? '', workFactor, random: deps.random }
      : { recipient };
  return alone(deps, (signal) => write(deps, lock, withKey, signal));
}

const WORK = 'back-up-node';

/** One at a time; a node that stops breaks it off. */
async function alone<T>(
  deps: BackupDeps,
  work: (signal: AbortSignal) => Promise<Result<T>>,
): Promise<Result<T>> {
  const leave = deps.jobs.enter(WORK);
  if (!leave) {
    return fail('backup-running', 'A backup is being made already.', 'Wait until that has ended.');
  }
  const stopping = new AbortController();
  const running = work(stopping.signal).finally(leave);
  const stop = (): void => stopping.abort(new Stopped());
  const nothing = (): void => {};
  deps.jobs.add(WORK, { stop, ended: running.then(nothing, nothing) });
  return running;
}

async function write(
  deps: BackupDeps,
  lock: Lock,
  withKey: boolean,
  signal: AbortSignal,
): Promise<Result<FileDownload>> {
  const { storage, clock, random, scratch } = deps;
  if (!storage.copyTo) {
    return fail(
      'backup-elsewhere',
      "This node's data is in PostgreSQL, whose own program backs it up. Nothing was written.",
      'Use pg_dump and age: docs/how-to/back-up.md says how.',
    );
  }
  const id = newId(random);
  const copy = join(scratch, `${id}.sqlite`);
  const path = join(scratch, `${id}.age`);
  const remove = (): Promise<void> => rm(path, { force: true });
  try {
    const madeAt = clock.now();
    await storage.copyTo(copy, signal);
    // Whatever is said from now on is not in it: who comes back from it has to notice, however soon that is.
    await deps.beat();
    const manifest: Manifest = {
      ...{ format: FORMAT, v: 1, madeAt, hasKey: withKey },
      database: { bytes: (await stat(copy)).size, sha256: await sha256Of(copy, signal) },
    };
    const key = withKey ? deps.nodeKey : undefined;
    const bytes = await sealWith(lock, path, contents(manifest, key, copy, signal));
    const name = `node-${civilDateAt(madeAt, 'UTC')}.backup.age`;
    return ok({ path, name, mediaType: 'application/octet-stream', bytes, remove });
  } catch (error) {
    await remove();
    if (error instanceof Stopped)
      return fail('backup-stopped', 'The node is being stopped. Nothing was written.', 'Make it again.');
    throw error;
  } finally {
    await rm(copy, { force: true });
  }
}

class Stopped extends Error {}

async function* contents(
  manifest: Manifest,
  key: Uint8Array | undefined,
  database: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { madeAt } = manifest;
  const small = function* (name: string, octets: Uint8Array): Generator<Uint8Array> {
    yield tarHeader(name, octets.length, madeAt);
    yield octets;
    yield tarPadding(octets.length);
  };
  yield* small(MANIFEST, toUtf8(`${JSON.stringify(manifest)}\n`));
  if (key) yield* small(KEY, key);
  const { bytes } = manifest.database;
  yield tarHeader(DATABASE, bytes, madeAt);
  yield* piecesOf(database, signal);
  yield tarPadding(bytes);
  yield tarEnd();
}

async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(path, signal)) hash.update(piece);
  return hash.digest('hex');
}

async function* piecesOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
    signal.throwIfAborted();
    yield piece;
  }
}
