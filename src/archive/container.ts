import { type FileHandle, open } from 'node:fs/promises';
import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import type { Random } from '../kernel/random.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import type { Finding } from './model.ts';
import { unwrapFileKey, wrapFileKey } from './scrypt.ts';
import { type Code, inWords } from './words.ts';

/** What an age file with a passphrase begins with (C2SP age v1): one scrypt stanza, then the header's MAC. */
const HEADER =
  /^age-encryption\.org\/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n--- [A-Za-z0-9+/]{43}\n/;
const HEADER_BYTES_MAX = 256;
const NONCE_BYTES = 16;
const BLOCK_BYTES = 64 * 1024;
const TAG_BYTES = 16;

/** An archive whose passphrase fits. It can be read more than once; the key is derived once. */
export interface Container {
  /** The plain octets, each block verified before it is handed over. Throws Damaged at the first that is not whole. */
  blocks(): AsyncGenerator<Uint8Array>;
}

/** Carries the place of the damage out of a stream. */
export class Damaged extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super(finding.code);
    this.finding = finding;
  }
}

/** Encrypts to a file that must not exist yet; nothing of the plain text is kept. Answers its size in octets. */
export async function sealToFile(
  path: string,
  plain: AsyncIterable<Uint8Array>,
  passphrase: string,
  workFactor: number,
  random: Random,
): Promise<number> {
  const encrypter = new Encrypter();
  encrypter.addRecipient({
    async wrapFileKey(fileKey) {
      const salt = random.bytes(16);
      const wrapped = await wrapFileKey(fileKey, passphrase, salt, workFactor);
      return [new Stanza(['scrypt', base64(salt), String(workFactor)], wrapped)];
    },
  });
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of await encrypter.encrypt(ReadableStream.from(plain))) {
      await file.writeFile(chunk);
      bytes += chunk.length;
    }
  } finally {
    await file.close();
  }
  return bytes;
}

/** Opens an archive with its passphrase, or says what keeps it shut: something in the header, or that nothing follows it. */
export async function openContainer(path: string, passphrase: string): Promise<Container | Finding> {
  const start = await readStart(path);
  const found = HEADER.exec(start.octets.toString('latin1'));
  if (!found) return inHeader('not-age');
  const [whole, salt = '', digits = '', wrapped = ''] = found;
  const workFactor = Number(digits);
  if (workFactor > ARCHIVE_LIMITS.maxWorkFactor) return inHeader('work-factor');
  const fileKey = await unwrapFileKey(octets(wrapped), passphrase, octets(salt), workFactor);
  if (!fileKey) return inHeader('locked');
  if (start.size < whole.length + NONCE_BYTES + TAG_BYTES) {
    return inBlock(1, whole.length, start.size);
  }
  return { blocks: () => readBlocks(path, fileKey, whole.length, start.size) };
}

async function* readBlocks(
  path: string,
  fileKey: Uint8Array,
  headerBytes: number,
  fileBytes: number,
): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => fileKey });
  const file = await open(path, 'r');
  let whole = 0;
  try {
    const plain = await decrypter.decrypt(ReadableStream.from(chunksOf(file))).catch((error: unknown) => {
      throw rethrowOr(error, inHeader('header-damaged'));
    });
    try {
      for await (const block of plain) {
        whole++;
        yield block;
      }
    } catch (error) {
      throw rethrowOr(error, inBlock(whole + 1, headerBytes, fileBytes));
    }
  } finally {
    await file.close();
  }
}

/** Pieces smaller than a block, so that never two blocks are decrypted before the first of them is handed over. */
async function* chunksOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = Buffer.alloc(BLOCK_BYTES / 2);
    const { bytesRead } = await file.read(chunk);
    if (bytesRead === 0) return;
    yield new Uint8Array(chunk.buffer, chunk.byteOffset, bytesRead);
  }
}

async function readStart(path: string): Promise<{ octets: Buffer; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES_MAX), 0, HEADER_BYTES_MAX, 0);
    return { octets: buffer.subarray(0, bytesRead), size };
  } finally {
    await file.close();
  }
}

/** `block N (bytes A-B)`, counted from 1 and in octets of the file from 0; the first begins with the stream's nonce. */
function inBlock(number: number, headerBytes: number, fileBytes: number): Finding {
  const stride = BLOCK_BYTES + TAG_BYTES;
  const first = headerBytes + (number === 1 ? 0 : NONCE_BYTES + (number - 1) * stride);
  const last = Math.min(fileBytes, headerBytes + NONCE_BYTES + number * stride) - 1;
  const place = `block ${number} (bytes ${first}-${Math.max(first, last)})`;
  return { place, code: 'block-damaged', what: inWords('block-damaged') };
}

function inHeader(code: Code): Finding {
  return { place: 'header', code, what: inWords(code) };
}

/** A disk that cannot be read is no damage of the archive. */
function rethrowOr(error: unknown, finding: Finding): Error {
  if (error instanceof Damaged) return error;
  return error instanceof Error && 'syscall' in error ? error : new Damaged(finding);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}

function octets(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
