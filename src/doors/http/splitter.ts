/** A stream of octets, read up to one mark after another. */
export interface Splitter {
  /** Hands over everything before the mark and steps over it; false when the stream ends first. */
  readUntil(mark: Buffer, take: (chunk: Buffer) => Promise<void>): Promise<boolean>;
  /** The next octets, without stepping over them; fewer at the end. */
  peek(count: number): Promise<Buffer>;
}

/** Reads `start` first, then the source; holds at most one chunk and one mark in memory. */
export function splitter(source: AsyncIterable<Uint8Array>, start: Buffer): Splitter {
  const chunks = source[Symbol.asyncIterator]();
  let held = start;
  const more = async (): Promise<boolean> => {
    const next = await chunks.next();
    if (next.done) return false;
    held = Buffer.concat([held, next.value]);
    return true;
  };
  return {
    async readUntil(mark, take) {
      for (;;) {
        const at = held.indexOf(mark);
        if (at >= 0) {
          const before = held.subarray(0, at);
          held = held.subarray(at + mark.length);
          if (before.length > 0) await take(before);
          return true;
        }
        // The end may be the beginning of the mark.
        const certain = held.length - mark.length + 1;
        if (certain > 0) {
          const before = held.subarray(0, certain);
          held = held.subarray(certain);
          await take(before);
        }
        if (!(await more())) return false;
      }
    },
    async peek(count) {
      while (held.length < count && (await more()));
      return held.subarray(0, count);
    },
  };
}
