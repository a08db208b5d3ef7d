/** The names that somebody has typed in this tab: whoever else acts, only the node says so. */
const KEY = 'parley-said';
const inMemory = new Set<string>();

const plain = (handle: string): string => handle.normalize('NFKC').trim().toLowerCase();

export function say(handle: string): void {
  inMemory.add(plain(handle));
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...new Set([...kept(), ...inMemory])]));
  } catch {
    // Storage is blocked: this page knows while it is open.
  }
}

export function isSaid(handle: string): boolean {
  return inMemory.has(plain(handle)) || kept().includes(plain(handle));
}

function kept(): readonly unknown[] {
  try {
    const it: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(it) ? it : [];
  } catch {
    return [];
  }
}
