import { hashId, toUtf8 } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import type { KnownMarket } from '../market/index.ts';
import type { Tx } from '../storage/index.ts';
import { lastsUntil } from './cell-rules.ts';
import type { Decision } from './decide-rules.ts';
import type { IntentDeps } from './deps.ts';
import { knowledgeOf } from './knowledge.ts';
import type { IfBelow, IntentFields } from './model.ts';
import { folded } from './store.ts';
import type { IntentRow } from './tables.ts';

interface NewIntent {
  readonly market: KnownMarket;
  readonly fields: IntentFields;
  readonly openKey: string;
  readonly ifBelow: IfBelow;
  readonly decision: Decision;
}

/** The row of a want that has just been decided on; what was let go has one only to be shown. */
export function newIntent(tx: Tx, deps: IntentDeps, what: NewIntent): IntentRow {
  const { market, fields, openKey, ifBelow, decision } = what;
  const now = deps.clock.now();
  const isCast = decision.kind === 'cast' || decision.kind === 'widened';
  const isLetGo = decision.kind === 'let-go';
  const sentence = fields.words === '' ? knowledgeOf(deps).categoryName(fields.category) : fields.words;
  return {
    home_id: tx.home,
    id: newId(deps.random),
    market: market.id,
    market_name: market.name,
    is_sample: market.isSample,
    state: isCast ? 'open' : isLetGo ? 'closed' : 'held',
    sentence,
    search: folded(sentence),
    fields: JSON.stringify(fields),
    open_key: isLetGo ? null : openKey,
    if_below: ifBelow,
    cell: decision.as.id,
    at_least: isCast ? decision.as.atLeast : null,
    unit_of_count: market.rules.counts,
    created_at: now,
    cast_at: isCast ? now : null,
    until_at: lastsUntil(fields, now),
    look_at: null,
    end_reason: null,
  };
}

/** Names the same want whatever the order in which its fields were written. */
export function keyOfFields(fields: IntentFields): string {
  const words = folded(fields.words).replaceAll(/\s+/g, ' ');
  return hashId(toUtf8(JSON.stringify(sorted({ ...fields, words }))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, it]) => [name, sorted(it)]));
}
