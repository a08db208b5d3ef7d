import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import type { AtRest, Watch } from './model.ts';

/** What somebody was told is done is there, and the receipts that were given are. */
export const keptAfterStart: Watch = {
  name: 'acknowledged-kept',
  look: (world, host, life, isNew) => (isNew ? lost(world, host.name, life) : undefined),
};

export const keptAtRest: AtRest = {
  name: 'acknowledged-kept',
  look: (world, all) =>
    all.map(({ host, life }) => lost(world, host.name, life)).find((it) => it !== undefined),
};

const TAKES_BACK: readonly unknown[] = ['relationship-ended', 'grant-stopped'];

/**
 * Whoever stands still after a backup may take something back all the same, without knowing what stood in that place: then
 * that is kept as proof, and said again in another. What is over stays over; that what was stopped is gone is looked at
 * elsewhere.
 */
function isSaidAnew(life: Life, home: string, id: string): boolean {
  const [fork] = life.peek<{ rel: string; payload: Uint8Array }>(
    'select rel, payload from forks where home_id = ? and id = ?',
    home,
    id,
  );
  if (!fork) return false;
  const { type } = JSON.parse(Buffer.from(fork.payload).toString('utf8')); // a record of our own
  const [known] = life.peek<{ state: string }>(
    'select state from relationships where home_id = ? and id = ?',
    home,
    fork.rel,
  );
  return TAKES_BACK.includes(type) && (type !== 'relationship-ended' || known?.state === 'ended');
}

function lost({ ledger, restored }: World, host: string, life: Life): string | undefined {
  // Who speaks on from a backup that nobody noticed has said it in a place that was taken, and is told so.
  const mayGo = (table: string): boolean => table === 'records' && restored.get(host) === 'unnoticed';
  for (const { host: at, home, table, id } of ledger.kept) {
    if (mayGo(table)) continue;
    if (
      at === host &&
      life.peek(`select 1 from ${table} where home_id = ? and id = ?`, home, id).length === 0 &&
      !(table === 'records' && restored.has(host) && isSaidAnew(life, home, id))
    ) {
      return `${host} has lost ${id} of ${table}`;
    }
  }
  for (const [key, receipt] of ledger.receipts) {
    const [at, sender, id] = key.split(' ');
    if (at !== host || sender === undefined || id === undefined) continue;
    const [row] = life.peek<{ receipt: Uint8Array }>(
      'select receipt from inbox where sender = ? and id = ?',
      sender,
      id,
    );
    if (!row) return `${host} has lost what it took from ${sender.slice(0, 6)}`;
    if (Buffer.from(row.receipt).toString('base64url') !== receipt) return `${host} has changed a receipt`;
  }
  return undefined;
}
