import type { By } from '../../device/index.ts';

/** Long enough for the first page to come, and no longer. */
const KEPT_MS = 60_000;

/** What somebody has just signed in with: it opens what is sealed too, without being asked for again. In memory alone. */
let brought: { readonly handle: string; readonly by: By } | undefined;
let timer: number | undefined;

export function bring(handle: string, by: By): void {
  brought = { handle, by };
  window.clearTimeout(timer);
  timer = window.setTimeout(forgetBrought, KEPT_MS);
}

/** What this party has come in with, once. */
export function takeBrought(handle: string): By | undefined {
  const by = brought?.handle === handle ? brought.by : undefined;
  forgetBrought();
  return by;
}

export function forgetBrought(): void {
  if (!brought) return;
  window.clearTimeout(timer);
  brought = undefined;
}
