import type { AtRest } from './model.ts';

interface Shown {
  readonly id: string;
  readonly by: 'mine' | 'theirs' | 'both';
  readonly mine: number;
  readonly theirs: number;
}

interface Row {
  readonly rel: string;
  readonly key: string;
  readonly type: string;
  readonly mine: number;
}

/** What nobody says in a pause; taking something back, settling and ending go on. */
const SPOKEN = ['message', 'grant', 'expectations'];

/** Who is shown to have paused a relationship has said so in it; and who knows of a pause says nothing in it. */
export const pauseHonoured: AtRest = {
  name: 'pause-honoured',
  look({ restored }, all) {
    for (const { host, life } of all) {
      const shown = life.peek<Shown>(
        `select id, paused_by as by, ${pausesBy(1)} as mine, ${pausesBy(0)} as theirs
          from relationships r where paused_by is not null`,
      );
      const wrong = shown.find(({ by, mine, theirs }) => {
        return (by !== 'theirs' && mine === 0) || (by !== 'mine' && theirs === 0);
      });
      if (wrong) return `${host.name}: ${wrong.id.slice(0, 6)} is paused by ${wrong.by}, who never said so`;
      // What the other side gave back comes in another order than it was said in.
      if (restored.has(host.name)) continue;
      const rows = life.peek<Row>(
        `select rel, home_id || ' ' || rel as key, type, is_mine as mine from records order by home_id, rel, place`,
      );
      const broken = spokenInPause(rows);
      if (broken)
        return `${host.name}: a ${broken.type} was said in ${broken.rel.slice(0, 6)}, which was paused`;
    }
    return undefined;
  },
};

function pausesBy(mine: 0 | 1): string {
  return `(select count(*) from records where home_id = r.home_id and rel = r.id
    and type = 'relationship-paused' and is_mine = ${mine})`;
}

/** In the order in which this node came to know of each. */
function spokenInPause(rows: readonly Row[]): Row | undefined {
  const paused = new Set<string>();
  return rows.find(({ key, type, mine }) => {
    if (type === 'relationship-paused') paused.add(`${key} ${mine}`);
    if (type === 'relationship-resumed') paused.delete(`${key} ${mine}`);
    return mine === 1 && SPOKEN.includes(type) && (paused.has(`${key} 0`) || paused.has(`${key} 1`));
  });
}
