import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Begun, NewFile, SealedFile, Vault } from '../../../../device/index.ts';
import { FILE_LIMITS } from '../../../files/index.ts';
import { isFailure, ok, type Result } from '../../../kernel/result.ts';
import type { Upload } from '../../../kernel/upload.ts';
import { changed, digestOf, readPart, tooLarge } from '../files/put-file.ts';
import { told } from '../files/reach.ts';
import { type DeviceDeps, type Reach, withVault } from './acts.ts';

interface PutInput extends Reach {
  readonly file: Upload;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

/**
 * Adds a file that only devices open: each part is sealed here. Begun before with the same octets, it goes on; where what lies
 * there is not this file or is broken, it begins anew. Fails with `file-too-large`, `file-differs` when it changes meanwhile.
 */
export function putSealedFile(
  deps: DeviceDeps,
  _: unknown,
  { file, name, type, passphraseFile }: PutInput,
): Promise<Result<SealedFile>> {
  return withVault(deps, { passphraseFile }, async ({ files }) => {
    const { path, bytes: octets } = file;
    if (octets > FILE_LIMITS.fileBytes) return tooLarge();
    const { tell } = deps;
    try {
      const mark = await digestOf(path, octets, tell);
      return await putAs({ files, path, tell }, { name: name ?? file.name, type, octets, mark });
    } finally {
      tell('');
    }
  });
}

interface Putting {
  readonly files: Vault['files'];
  readonly path: string;
  readonly tell: (progress: string) => void;
}

async function putAs(putting: Putting, file: NewFile): Promise<Result<SealedFile>> {
  const { files } = putting;
  for (const isNot: string[] = []; ; ) {
    const begun = await files.begin({ ...file, isNot });
    if (isFailure(begun)) return begun;
    const { id, isNew } = begun.value;
    const put = await putParts(putting, file.octets, begun.value);
    if (!isFailure(put) && put.value === file.mark) {
      const done = await files.finish(id, file.mark);
      return isFailure(done) ? done : files.get(id);
    }
    const isOther = isFailure(put) && put.code === 'file-present' && !isNew;
    if (isFailure(put) && !isOther) return put;
    // Nothing goes on with what is not the file that it was begun as. What was whole stays: it is its owner's to remove.
    await files.cancel(id);
    if (!isOther) return changed();
    isNot.push(id);
  }
}

/**
 * Sends each part that is not there as it is in the file. Nobody but this device can say later that it is the file that was
 * meant: answers the SHA-256 of what it has sent itself or read back from there, undefined when the file became shorter. Fails
 * with `file-present` where another part stands and none is taken in its place.
 */
async function putParts(
  { files, path, tell }: Putting,
  octets: number,
  { id, parts, missing }: Begun,
): Promise<Result<string | undefined>> {
  const absent = new Set(missing);
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    for (let number = 1; number <= parts; number++) {
      tell(told(number - 1, parts));
      const part = await readPart(file, number, octets);
      if (!part) return ok(undefined);
      const isThere = absent.has(number) ? ok(false) : await stands(files, id, number, part);
      if (isFailure(isThere)) return isThere;
      const sent = isThere.value ? ok(undefined) : await files.putPart(id, number, part);
      if (isFailure(sent)) return sent;
      hash.update(part);
    }
    return ok(hash.digest('hex'));
  } finally {
    await file.close();
  }
}

/** A part that is broken, gone, or that an earlier node does not show before the file is whole. */
const BROKEN = new Set(['vault-broken', 'file-broken', 'file-begun-only']);

/** Whether the node keeps this very part: one that was sent before may have been of another state of the file. */
async function stands(
  files: Vault['files'],
  id: string,
  number: number,
  part: Uint8Array,
): Promise<Result<boolean>> {
  const there = await files.readPart(id, number);
  if (!isFailure(there)) return ok(Buffer.compare(there.value, part) === 0);
  return BROKEN.has(there.code) ? ok(false) : there;
}
