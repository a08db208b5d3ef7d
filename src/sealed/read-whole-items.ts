import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { type WholeItem, wholeItems } from '../vault/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import { Whole } from './model.ts';

export const ReadWholeItems = z.object({ ids: z.array(id).min(1).max(SEALED_LIMITS.wholeAtOnce) });
export const WholeItems = z.object({
  items: z.array(Whole).describe('In the order asked for; what is not here is left out.'),
  next: id.optional().describe('The last id in this answer, when there is more: go on after it.'),
});

/** Served items with every version that is kept, those in the trash too, for sealing them. */
export async function readWholeItems(
  deps: BaseDeps,
  { home }: PartyActor,
  input: z.output<typeof ReadWholeItems>,
): Promise<Result<z.output<typeof WholeItems>>> {
  return deps.storage.read(async (view) => {
    const items: z.output<typeof Whole>[] = [];
    let chars = 0;
    for await (const item of wholeItems(view, deps, home, [...new Set(input.ids)])) {
      chars += JSON.stringify(item).length;
      const last = items.at(-1);
      if (last && chars > SEALED_LIMITS.wholeChars) return ok({ items, next: last.id });
      items.push(viewOf(item));
    }
    return ok({ items });
  });
}

function viewOf(item: WholeItem): z.output<typeof Whole> {
  const versions = item.versions.map(({ content, ...version }) => {
    const { property, label, value, parts, note, tags } = content;
    return {
      ...version,
      content: {
        ...{ property, label, value, tags: [...tags] },
        ...(parts && { parts }),
        ...(note !== undefined && { note }),
      },
    };
  });
  const { id, createdAt, trashedAt } = item;
  return { id, createdAt, ...(trashedAt !== null && { trashedAt }), versions };
}
