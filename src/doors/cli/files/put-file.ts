import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FILE_LIMITS, type FileShown } from '../../../files/index.ts';
import { type Failure, fail, isFailure, type Result } from '../../../kernel/result.ts';
import type { Upload } from '../../../kernel/upload.ts';
import { askNode, askShown, askStands, type FileReach, told } from './reach.ts';

interface PutInput {
  readonly file: Upload;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

/**
 * Adds a file part by part, one of them in memory. Its SHA-256 tells it: begun before and not whole, it goes on where it
 * stopped. Fails with `file-too-large`, `file-differs` when it changes meanwhile, and as the node's operations do.
 */
export async function putFile(reach: FileReach, _: unknown, input: PutInput): Promise<Result<FileShown>> {
  const { path, bytes: octets, name } = input.file;
  if (octets > FILE_LIMITS.fileBytes) return tooLarge();
  try {
    const sha256 = await digestOf(path, octets, reach.tell);
    const begun = await askStands(reach, 'begin-file', {
      ...{ name: input.name ?? name, octets, mark: sha256 },
      ...(input.type !== undefined && { type: input.type }),
    });
    if (isFailure(begun)) return begun;
    const { id, parts, missing } = begun.value;
    const send = (number: number, octets: Uint8Array) =>
      askNode(reach, 'put-file-part', { id, number }, { octets });
    const refused = await sendParts({ path, octets, parts, missing, tell: reach.tell, send });
    const done = refused ?? (await askShown(reach, 'finish-file', { id, sha256 }));
    // With its SHA-256 as its mark it would be gone on with, and what was sent of another state of it stays wrong.
    if (isFailure(done) && done.code === 'file-differs') await askNode(reach, 'cancel-file', { id });
    return done;
  } finally {
    reach.tell('');
  }
}

interface Sending {
  readonly path: string;
  readonly octets: number;
  readonly parts: number;
  readonly missing: readonly number[];
  readonly tell: (progress: string) => void;
  send(number: number, part: Uint8Array): Promise<Result<unknown>>;
}

/** Sends the parts of a file that are missing, one of them in memory. Fails with `file-differs` when it became shorter. */
async function sendParts(sending: Sending): Promise<Failure | undefined> {
  const { path, octets, parts, missing, tell } = sending;
  const file = await open(path, 'r');
  try {
    let done = parts - missing.length;
    for (const number of missing) {
      tell(told(done, parts));
      const part = await readPart(file, number, octets);
      if (!part) return changed();
      const sent = await sending.send(number, part);
      if (isFailure(sent)) return sent;
      done++;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** Undefined when the file has become shorter. */
export async function readPart(
  file: FileHandle,
  number: number,
  octets: number,
): Promise<Uint8Array | undefined> {
  const from = (number - 1) * FILE_LIMITS.partBytes;
  const length = Math.min(FILE_LIMITS.partBytes, octets - from);
  const part = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(part, at, length - at, from + at);
    if (bytesRead === 0) return undefined;
    at += bytesRead;
  }
  return part;
}

/** SHA-256 of a file, read from end to end, in hexadecimal. */
export async function digestOf(
  path: string,
  octets: number,
  tell: (progress: string) => void,
): Promise<string> {
  const hash = createHash('sha256');
  const total = Math.max(1, Math.ceil(octets / FILE_LIMITS.partBytes));
  let read = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: FILE_LIMITS.partBytes })) {
    hash.update(chunk);
    read += chunk.length;
    tell(`looking at it: ${told(Math.floor(read / FILE_LIMITS.partBytes), total)}`);
  }
  return hash.digest('hex');
}

export function tooLarge(): Failure {
  return fail(
    'file-too-large',
    'A file may have 1 GiB, and this one has more. Nothing was sent.',
    'Split it.',
  );
}

export function changed(): Failure {
  return fail(
    'file-differs',
    'The file changed while it was sent. It was not made visible.',
    'Let nothing write to it, then begin again.',
  );
}
