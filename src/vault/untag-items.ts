import type { z } from 'zod';
import type { Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { fold } from './fold.ts';
import { changeTags, type TagItems } from './tag-items.ts';

/** Takes a tag off items. Each that cannot lose it is told with `item-unknown`, `item-trashed`, `tag-not-there`. */
export async function untagItems(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof TagItems>,
): Promise<Result<Told>> {
  return changeTags(deps, actor, input.ids, (tags) => {
    const kept = tags.filter((it) => fold(it) !== fold(input.tag));
    if (kept.length < tags.length) return kept;
    return fail('tag-not-there', 'This item does not have the tag.', 'Nothing more is needed.');
  });
}
