import type { Summary } from './documents.ts';
import { MOVE_LIMITS } from './limits.ts';

/** Milliseconds before the next try: doubling, less up to half by chance (`jitter`, 0 to 255). */
export function waitAfterFailure(tries: number, jitter: number): number {
  const doubled = MOVE_LIMITS.firstWaitMs * 2 ** Math.min(tries - 1, 20);
  const wait = Math.min(doubled, MOVE_LIMITS.longestWaitMs);
  return wait - Math.floor((wait * jitter) / 512);
}

/** Milliseconds before the next look at something that has been the same for so long: ever less often. */
export function waitForOther(sinceMs: number): number {
  return Math.min(Math.max(MOVE_LIMITS.lookMs, Math.floor(sinceMs / 4)), MOVE_LIMITS.longestLookMs);
}

/** Whether two databases hold the same rows, section by section; what one does not have at all is empty in the other. */
export function isSameSummary(one: Summary, other: Summary): boolean {
  const names = new Set([...Object.keys(one.counts), ...Object.keys(other.counts)]);
  return [...names].every((name) => {
    const [a, b] = [one.counts[name] ?? 0, other.counts[name] ?? 0];
    return a === b && (a === 0 || one.hashes[name] === other.hashes[name]);
  });
}

/** The first texts that together are no longer than this. */
export function fitting(texts: readonly string[], chars: number): string[] {
  let left = chars;
  return texts.filter((text) => {
    left -= text.length;
    return left >= 0;
  });
}
