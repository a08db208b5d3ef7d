const KEY = 'parley-as';
const listening = new Set<() => void>();

/** Who this tab acts as; two tabs may act as two parties of one session. */
export function actingHandle(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function actAs(handle: string | undefined): void {
  try {
    if (handle === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, handle);
  } catch {
    // Storage is blocked: the server's choice, the last party that signed in, applies.
  }
  for (const listen of listening) listen();
}

/** For what goes on beside the pages, and must not go on as somebody else. */
export function whenActingTurns(listen: () => void): void {
  listening.add(listen);
}
