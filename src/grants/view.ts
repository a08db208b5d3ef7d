import type { Grant, GrantRow } from './model.ts';
import { openingsOf as countOf } from './standing-rules.ts';

function isExpired({ state, until_at: until }: GrantRow, now: number): boolean {
  return state !== 'stopped' && until !== null && until <= now;
}

/** A grant as doors show it; past its date it has expired, whatever the row says. A value is added by whoever may open it. */
export function grantView(row: GrantRow, now: number): Grant {
  return {
    id: row.id,
    relationship: row.rel,
    isMine: row.is_mine,
    property: row.property,
    label: row.label,
    ...(row.item !== null && { item: row.item }),
    purpose: row.purpose,
    ...(row.until_at !== null && { until: row.until_at }),
    isEndless: row.until_at === null,
    // Told anew after a backup, nobody knows of which item it was.
    follows: row.is_following === true && (!row.is_mine || row.item !== null),
    ...(row.times !== null && { times: row.times }),
    ...(row.version !== null && { version: row.version }),
    isReadable: row.record !== null && row.version === null,
    ...(row.since_at !== null && { since: row.since_at }),
    ...(row.stopped_at !== null && { stoppedAt: row.stopped_at }),
    ...(row.stopped_by !== null && { stoppedBy: row.stopped_by }),
    state: isExpired(row, now) ? 'expired' : row.state,
    openings: openingsOf(row),
    ...deletionOf(row),
  };
}

function openingsOf({ opens, untold, opened_at: at, opened_by: by }: GrantRow): Grant['openings'] {
  return {
    count: countOf({ opens, untold }),
    ...(at !== null && { lastAt: at }),
    ...(by !== null && { lastBy: by }),
  };
}

function deletionOf({ deletion, deleted_at: at, deletion_words: words, kept_until: until }: GrantRow) {
  if (deletion === null || deletion === 'due' || at === null) return {};
  const stated: Grant['deletion'] = {
    what: deletion,
    at,
    ...(words !== null && words !== '' && { words }),
    ...(until !== null && { keptUntil: until }),
  };
  return { deletion: stated };
}
