import { createHash } from 'node:crypto';

const KEPT = 400;

/** What happened, line by line: the last lines, and a hash of all of them. */
export interface Trace {
  note(line: string): void;
  last(count: number): readonly string[];
  hash(): string;
}

export function newTrace(now: () => number): Trace {
  const hash = createHash('sha256');
  let lines: string[] = [];
  const start = now();
  return {
    note(line) {
      const whole = `${String(now() - start).padStart(9)} ${line}`;
      hash.update(`${whole}\n`);
      lines.push(whole);
      if (lines.length > 2 * KEPT) lines = lines.slice(-KEPT);
    },
    last: (count) => lines.slice(-count),
    hash: () => hash.copy().digest('hex').slice(0, 32),
  };
}

/** A few letters that stand for octets. */
export function mark(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex').slice(0, 8);
}
