import type { AtRest } from './model.ts';

/** Whatever somebody took into their inbox, its sender has in their outbox. */
export const nothingForged: AtRest = {
  name: 'nothing-forged',
  look({ restored }, all) {
    if (restored.size > 0) return undefined;
    const sent = new Set(
      all.flatMap(({ life }) =>
        life.peek<{ key: string }>(`select sender || ' ' || id as key from outbox`).map((row) => row.key),
      ),
    );
    for (const { host, life } of all) {
      const taken = life.peek<{ key: string; type: string }>(
        `select sender || ' ' || id as key, type from inbox`,
      );
      const forged = taken.find((row) => !sent.has(row.key));
      if (forged) return `${host.name} took a ${forged.type} that nobody sent`;
    }
    return undefined;
  },
};
