/** As much of the kernel's protocol (linux/fuse.h, version 7.31) as one file of fixed size needs. */
const OPCODES = {
  forget: 2,
  getattr: 3,
  setattr: 4,
  open: 14,
  read: 15,
  write: 16,
  statfs: 17,
  release: 18,
  fsync: 20,
  flush: 25,
  init: 26,
  interrupt: 36,
  destroy: 38,
  batchForget: 42,
} as const;
const NAMES = new Map<number, string>(Object.entries(OPCODES).map(([name, code]) => [code, name]));

const IN_HEADER = 40;
const OUT_HEADER = 16;
const ENOSYS = 38;
const MAX_WRITE = 128 * 1024;
const BIG_WRITES = 1 << 5;
const MAX_PAGES = 1 << 22;
/** Every write comes here at once: nothing of it waits in the kernel as a page of this file. */
const DIRECT_IO = 1;
const FILE_MODE = 0o100600;

export type FuseRequest =
  | { readonly kind: 'read'; readonly unique: bigint; readonly offset: number; readonly size: number }
  | { readonly kind: 'write'; readonly unique: bigint; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'flush'; readonly unique: bigint }
  | { readonly kind: 'other'; readonly unique: bigint; readonly name: string; readonly major: number };

export function readRequest(octets: Buffer): FuseRequest {
  const name = NAMES.get(octets.readUInt32LE(4)) ?? 'unknown';
  const unique = octets.readBigUInt64LE(8);
  const body = octets.subarray(IN_HEADER);
  if (name === 'read' || name === 'write') {
    const [offset, size] = [Number(body.readBigUInt64LE(8)), body.readUInt32LE(16)];
    if (name === 'read') return { kind: 'read', unique, offset, size };
    return { kind: 'write', unique, offset, data: body.subarray(40, 40 + size) };
  }
  if (name === 'fsync') return { kind: 'flush', unique };
  return { kind: 'other', unique, name, major: name === 'init' ? body.readUInt32LE(0) : 0 };
}

/** The octets to answer; nothing where no answer is waited for. `effect` is what was read, or a count, or an error. */
export function answer(request: FuseRequest, fileSize: number, effect: Buffer | number): Buffer | undefined {
  const { unique } = request;
  if (typeof effect === 'number' && effect < 0) return framed(unique, effect);
  switch (request.kind) {
    case 'read':
      return framed(unique, 0, typeof effect === 'number' ? Buffer.alloc(0) : effect);
    case 'write': {
      const out = Buffer.alloc(8);
      out.writeUInt32LE(Number(effect), 0);
      return framed(unique, 0, out);
    }
    case 'flush':
      return framed(unique, 0);
    default:
      return other(unique, request.name, fileSize);
  }
}

function other(unique: bigint, name: string, fileSize: number): Buffer | undefined {
  switch (name) {
    case 'init':
      return framed(unique, 0, initAnswer());
    case 'getattr':
    case 'setattr':
      return framed(unique, 0, attributes(fileSize));
    case 'open': {
      const out = Buffer.alloc(16);
      out.writeUInt32LE(DIRECT_IO, 8);
      return framed(unique, 0, out);
    }
    case 'statfs':
      return framed(unique, 0, Buffer.alloc(80));
    case 'release':
    case 'flush':
    case 'destroy':
      return framed(unique, 0);
    case 'forget':
    case 'batchForget':
    case 'interrupt':
      return undefined;
    default:
      return framed(unique, -ENOSYS);
  }
}

function framed(unique: bigint, error: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const out = Buffer.alloc(OUT_HEADER + body.length);
  out.writeUInt32LE(out.length, 0);
  out.writeInt32LE(error, 4);
  out.writeBigUInt64LE(unique, 8);
  body.copy(out, OUT_HEADER);
  return out;
}

function initAnswer(): Buffer {
  const out = Buffer.alloc(64);
  out.writeUInt32LE(7, 0);
  out.writeUInt32LE(31, 4);
  out.writeUInt32LE(MAX_WRITE, 8);
  out.writeUInt32LE(BIG_WRITES | MAX_PAGES, 12);
  out.writeUInt16LE(16, 16);
  out.writeUInt16LE(12, 18);
  out.writeUInt32LE(MAX_WRITE, 20);
  out.writeUInt32LE(1, 24);
  out.writeUInt16LE(MAX_WRITE / 4096, 28);
  return out;
}

function attributes(fileSize: number): Buffer {
  const out = Buffer.alloc(104);
  out.writeBigUInt64LE(3600n, 0);
  const attr = out.subarray(16);
  attr.writeBigUInt64LE(1n, 0);
  attr.writeBigUInt64LE(BigInt(fileSize), 8);
  attr.writeBigUInt64LE(BigInt(fileSize / 512), 16);
  attr.writeUInt32LE(FILE_MODE, 60);
  attr.writeUInt32LE(1, 64);
  attr.writeUInt32LE(4096, 80);
  return out;
}
