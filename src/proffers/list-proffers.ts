import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Proffer } from './model.ts';
import { listProfferRows } from './store.ts';
import { profferView } from './view.ts';

export const ListProffers = z.object({ relationship: id.optional(), ...page });
export const Proffers = z.object({ rows: z.array(Proffer), next: z.string().optional() });

const CURSOR = cursorOf('list-proffers', [instant, id]);

/** What was proffered, by me and to me, newest first. Fails with `cursor-unknown`. */
export async function listProffers(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListProffers>,
): Promise<Result<z.output<typeof Proffers>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const { relationship: counter, limit } = input;
  const found = await deps.storage.read((view) =>
    listProfferRows(view, actor.home, { counter, after: after.value, limit: limit + 1 }),
  );
  const { shown, next } = CURSOR.cut(found, limit, (row) => [row.begun_at, row.id]);
  const now = deps.clock.now();
  return ok({ rows: shown.map((row) => profferView(row, now)), ...next });
}
