/**
 * For long pieces of work, after each part. What it has left lying around holds memory outside of V8 too (octets, keys),
 * which V8 does not count when it decides whether to look; the C library keeps for ever most of what that grows to.
 * Here and below: where the process was started without `--expose-gc`, nothing happens.
 */
export function collectGarbage(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync' });
}

/**
 * Hands back to the system what a long piece of work has left. V8 by itself keeps pages that it has emptied, and a node
 * at rest gives it no reason to look.
 */
export function giveBackMemory(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
