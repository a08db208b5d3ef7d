/**
 * Hands back to the system what a long piece of work has left. V8 by itself keeps pages that it has emptied, and a node
 * at rest gives it no reason to look. Where the process was started without `--expose-gc`, nothing happens.
 */
export function giveBackMemory(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
