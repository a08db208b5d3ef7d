import { type FileHandle, open } from 'node:fs/promises';
import { Decrypter, Encrypter, type Recipient, Stanza } from 'age-encryption';
import type { Random } from '../kernel/random.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import type { Finding } from './model.ts';
import { unwrapFileKey, wrapFileKey } from './scrypt.ts';
import { type Code, inWords } from './words.ts';

/** What an age file with a passphrase begins with (C2SP age v1): one scrypt stanza, then the header's MAC. */
const HEADER =
  /^age-encryption\.org\/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n--- [A-Za-z0-9+/]{43}\n/;
const HEADER_BYTES_MAX = 256;
const AGE = 'age-encryption.org/v1\n';
/** Post-quantum recipients have long stanzas. */
const RECIPIENT_HEADER_BYTES_MAX = 16 * 1024;
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

/** What a file can be locked with: a passphrase, or an age recipient (`age1…`), which anybody may know. */
export type Lock =
  | { readonly passphrase: string; readonly workFactor: number; readonly random: Random }
  | { readonly recipient: string };

/** Encrypts with a passphrase to a file that must not exist yet. Answers its size in octets. */
export function sealToFile(
  path: string,
  plain: AsyncIterable<Uint8Array>,
  passphrase: string,
  workFactor: number,
  random: Random,
): Promise<number> {
  return sealWith({ passphrase, workFactor, random }, path, plain);
}

/** Encrypts to a file that must not exist yet; nothing of the plain text is kept. Answers its size in octets. */
export async function sealWith(lock: Lock, path: string, plain: AsyncIterable<Uint8Array>): Promise<number> {
  const encrypter = new Encrypter();
  encrypter.addRecipient('recipient' in lock ? lock.recipient : byPassphrase(lock));
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

/** Whether this is a recipient that something can be encrypted to. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return text.startsWith('age1');
  } catch {
    return false;
  }
}

/** Whether this is the secret key of a recipient. */
export function isIdentity(text: string): boolean {
  try {
    new Decrypter().addIdentity(text);
    return true;
  } catch {
    return false;
  }
}

function byPassphrase({ passphrase, workFactor, random }: Extract<Lock, { passphrase: string }>): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = random.bytes(16);
      const wrapped = await wrapFileKey(fileKey, passphrase, salt, workFactor);
      return [new Stanza(['scrypt', base64(salt), String(workFactor)], wrapped)];
    },
  };
}

/** Opens an archive with its passphrase, or says what keeps it shut: something in the header, or that nothing follows it. */
export async function openContainer(path: string, passphrase: string): Promise<Container | Finding> {
  const start = await readStart(path, HEADER_BYTES_MAX);
  const found = HEADER.exec(start.octets.toString('latin1'));
  const [whole = '', salt = '', digits = '', wrapped = ''] = found ?? [];
  if (!found || ![salt, wrapped].every(isCanonical)) return inHeader('not-age');
  const workFactor = Number(digits);
  if (workFactor > ARCHIVE_LIMITS.maxWorkFactor) return inHeader('work-factor');
  const fileKey = await unwrapFileKey(octets(wrapped), passphrase, octets(salt), workFactor);
  if (!fileKey) return inHeader('locked');
  if (start.size < whole.length + NONCE_BYTES + TAG_BYTES) {
    return inBlock(1, whole.length, start.size);
  }
  return { blocks: () => readBlocks(path, fileKey, whole.length, start.size) };
}

/** Opens a file that was locked to a recipient, with any of these secret keys (`AGE-SECRET-KEY-1…`). */
export async function openForIdentities(
  path: string,
  identities: readonly string[],
): Promise<Container | Finding> {
  const start = await readStart(path, RECIPIENT_HEADER_BYTES_MAX);
  const end = start.octets.indexOf('\n', start.octets.indexOf('\n--- ') + 1) + 1;
  if (!start.octets.toString('latin1').startsWith(AGE) || end < AGE.length) return inHeader('not-age');
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  const header = new Uint8Array(start.octets.subarray(0, end));
  // What does not open, and what is damaged, look alike from outside.
  const fileKey = await decrypter.decryptHeader(header).catch(() => undefined);
  if (!fileKey) return inHeader('locked');
  if (start.size < end + NONCE_BYTES + TAG_BYTES) return inBlock(1, end, start.size);
  return { blocks: () => readBlocks(path, fileKey, end, start.size) };
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

async function readStart(path: string, most: number): Promise<{ octets: Buffer; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
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

/** Whether base64 text is the only one that says these octets. */
function isCanonical(text: string): boolean {
  return base64(octets(text)) === text;
}

function octets(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
