import { z } from 'zod';
import type { HomeId } from '../kernel/ids.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, Tx, View } from '../storage/index.ts';
import { endedWithSample } from './end-intents.ts';
import { talliesOf } from './offer-store.ts';
import { findIntent } from './store.ts';
import type { IntentRow } from './tables.ts';
import { type Intent, intentView, stateAt } from './view.ts';

export const GetIntent = z.object({ id });

/** One want; fails with `intent-unknown`. */
export async function getIntent(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof GetIntent>,
): Promise<Result<Intent>> {
  return deps.storage.read((view) => showIntent(view, deps, actor.home, input.id));
}

export async function showIntent(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  intent: string,
): Promise<Result<Intent>> {
  const row = await findIntent(view, home, intent);
  if (!row.ok) return row;
  const now = deps.clock.now();
  const tally = (await talliesOf(view, home, [intent], now)).get(intent);
  const ended = await endedWithSample(view, home, [row.value]);
  return ok(intentView(row.value, tally, now, ended.has(intent)));
}

/** A want that is held or open; fails with `intent-unknown` or `intent-not-open`. */
export async function findActive(tx: Tx, deps: BaseDeps, intent: string): Promise<Result<IntentRow>> {
  const row = await findIntent(tx, tx.home, intent);
  if (!row.ok) return row;
  const state = stateAt(row.value, deps.clock.now());
  if (state === 'held' || state === 'open') return row;
  return fail('intent-not-open', `This want is ${state}; nothing was sent.`, 'Cast it as a new want.');
}
