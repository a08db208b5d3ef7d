import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Proffer } from './model.ts';
import { listProfferRows } from './store.ts';
import { profferView } from './view.ts';

export const ListProffers = z.object({ relationship: id.optional(), ...page });
export const Proffers = z.object({ rows: z.array(Proffer), next: z.string().optional() });

/** What was proffered, by me and to me, newest first. Fails with `cursor-malformed`. */
export async function listProffers(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListProffers>,
): Promise<Result<z.output<typeof Proffers>>> {
  const cursor = input.after === undefined ? undefined : /^(\d{1,15})\.([a-z0-9]{1,64})$/.exec(input.after);
  if (cursor === null) {
    return fail('cursor-malformed', 'That place in the list does not exist.', 'Begin at the top again.');
  }
  const after = cursor && { at: Number(cursor[1]), id: String(cursor[2]) };
  const { relationship: counter, limit } = input;
  const found = await deps.storage.read((view) =>
    listProfferRows(view, actor.home, { counter, after, limit: limit + 1 }),
  );
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  const now = deps.clock.now();
  return ok({
    rows: rows.map((row) => profferView(row, now)),
    ...(last && { next: `${last.begun_at}.${last.id}` }),
  });
}
