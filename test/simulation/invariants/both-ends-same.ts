import type { AtRest, Running } from './model.ts';

interface End {
  readonly home: string;
  readonly id: string;
  readonly side: 'buyer' | 'seller';
  readonly state: string;
  readonly ended_by: string | null;
  readonly expectations: string;
  readonly their_expectations: string;
}

interface Side extends End {
  readonly at: Running;
}

/** Every relationship's two ends, as their hosts have them. */
export function ends(all: readonly Running[]): Map<string, Side[]> {
  const sides = all.flatMap((at) =>
    at.life
      .peek<End>(
        `select home_id as home, id, side, state, ended_by, expectations, their_expectations from relationships`,
      )
      .map((end): Side => ({ ...end, at })),
  );
  return Map.groupBy(sides, (side) => side.id);
}

/** Once connected, both ends hold the same records in each author's order. */
export const recordsSame: AtRest = {
  name: 'records-same',
  look({ restored }, all) {
    for (const [rel, [one, other]] of ends(all)) {
      if (!one || !other) continue;
      const isOver = one.state === 'ended' || other.state === 'ended';
      const isSilent = isOver || one.state === 'paused' || other.state === 'paused';
      const [forgetful] = [one, other].filter((it) => restored.get(it.at.host.name) === 'unnoticed');
      if (isSilent && forgetful) {
        // Where nobody speaks, nobody finds out what an unnoticed backup has forgotten: the end of both chains, no more.
        const more = notIn(forgetful, forgetful === one ? other : one, isOver);
        if (more !== undefined) return `${rel.slice(0, 6)}: ${more} stands only where the backup came back`;
        continue;
      }
      const [here, there] = [recordsOf(one, isOver), recordsOf(other, isOver)];
      if (here.length !== there.length) {
        const [its, theirs] = [one, other].map((it) => `${it.side} at ${it.at.host.name}`);
        return `${rel.slice(0, 6)}: ${its} holds ${here.length} records, ${theirs} ${there.length}`;
      }
      const differs = here.findIndex((line, i) => line !== there[i]);
      if (differs >= 0)
        return `${rel.slice(0, 6)}: ${here[differs]} at the ${one.side}'s is ${there[differs]} elsewhere`;
    }
    return undefined;
  },
};

/** A record of one side that is not in the other's chains, or there in another place. */
function notIn(one: Side, other: Side, isOver: boolean): string | undefined {
  const there = new Set(recordsOf(other, isOver));
  return recordsOf(one, isOver).find((line) => !there.has(line));
}

/** Without bodies where it has ended: of what comes after the end the receiver keeps none. */
function recordsOf({ at, home, id }: Side, isOver: boolean): string[] {
  const body = isOver ? "''" : "coalesce(substr(hex(body), 1, 200), 'erased')";
  return at.life
    .peek<{ line: string }>(
      `select substr(author, 1, 6) || ' ' || seq || ' ' || id || ' ' || type || ' ' || ${body} as line
        from records where home_id = ? and rel = ? order by author, seq`,
      home,
      id,
    )
    .map((row) => row.line);
}

/** Once connected, both ends agree how things stand: whether it is open, and what was promised, said and expected. */
export const standingSame: AtRest = {
  name: 'standing-same',
  look(_world, all) {
    for (const [rel, [one, other]] of ends(all)) {
      if (!one) continue;
      if (!other) {
        if (one.state !== 'refused') return `${rel.slice(0, 6)} is ${one.state} at the ${one.side}'s only`;
        continue;
      }
      if (one.state !== other.state) {
        return `${rel.slice(0, 6)} is ${one.state} at the ${one.side}'s and ${other.state} at the ${other.side}'s`;
      }
      // What came after an end is kept and changes nothing, so that the two may differ in it.
      if (one.state === 'ended') continue;
      if (one.expectations !== other.their_expectations || other.expectations !== one.their_expectations) {
        return `${rel.slice(0, 6)}: the two have read different expectations`;
      }
      const [here, there] = [promisesOf(one), promisesOf(other)];
      if (here !== there) return `${rel.slice(0, 6)}: promises are ${here} and ${there}`;
    }
    return undefined;
  },
};

function promisesOf({ at, home, id }: Side): string {
  const rows = at.life.peek<{ line: string }>(
    `select position || ' ' || state || ' ' || coalesce(outcome, '') as line from commitments
      where home_id = ? and rel = ? order by position`,
    home,
    id,
  );
  return rows.map((row) => row.line).join(', ');
}
