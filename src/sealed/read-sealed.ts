import { z } from 'zod';
import { toBase64url } from '../kernel/bytes.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import { objectName, SealedObject } from './model.ts';
import { namesFrom, objectsOf, sizesByName } from './store.ts';

const beginning = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9_/-]+$/, 'This is not how names begin.');

export const ReadSealed = z
  .object({
    names: z
      .array(objectName)
      .min(1)
      .max(SEALED_LIMITS.namesAtOnce)
      .optional()
      .describe('These, in this order.'),
    prefix: beginning
      .optional()
      .describe('In place of names: all whose name begins so, in the order of names.'),
    afterName: objectName.optional().describe('The `next` of the page before, with a prefix.'),
  })
  .refine((it) => (it.names === undefined) !== (it.prefix === undefined), 'Say names or a prefix.');

export const SealedRead = z.object({
  rows: z.array(SealedObject).describe('What is not there is left out.'),
  next: z
    .string()
    .optional()
    .describe(
      'The last name that was looked at, when there is more: go on after it, in your list or in the order of names.',
    ),
});

/** Objects of my vault as they lie here, about 1 MB at a time. */
export async function readSealed(
  deps: BaseDeps,
  { home }: PartyActor,
  input: z.output<typeof ReadSealed>,
): Promise<Result<z.output<typeof SealedRead>>> {
  return deps.storage.read(async (view) => {
    const { asked, isMore } = await askedFor(view, home, input);
    const { fitting, next } = cut(asked, isMore);
    const found = await objectsOf(
      view,
      home,
      fitting.map((it) => it.name),
    );
    const rows = fitting.flatMap(({ name }) => {
      const octets = found.get(name);
      return octets ? [{ name, octets: toBase64url(octets) }] : [];
    });
    return ok({ rows, ...(next !== undefined && { next }) });
  });
}

interface Sized {
  readonly name: string;
  readonly size: number;
}

async function askedFor(
  view: View,
  home: string,
  { names, prefix = '', afterName }: z.output<typeof ReadSealed>,
): Promise<{ asked: Sized[]; isMore: boolean }> {
  if (names) {
    const sizes = await sizesByName(view, home, names);
    return {
      asked: [...new Set(names)].map((name) => ({ name, size: sizes.get(name) ?? 0 })),
      isMore: false,
    };
  }
  const most = SEALED_LIMITS.pageObjects;
  const found = await namesFrom(view, home, prefix, afterName, most + 1);
  return { asked: found.slice(0, most), isMore: found.length > most };
}

/** As many as fit, at least one. */
function cut(
  asked: readonly Sized[],
  isMore: boolean,
): { fitting: readonly Sized[]; next: string | undefined } {
  let octets = 0;
  const over = asked.findIndex(({ size }, at) => {
    octets += Number(size);
    return at > 0 && octets > SEALED_LIMITS.pageBytes;
  });
  const fitting = over < 0 ? asked : asked.slice(0, over);
  return { fitting, next: over < 0 && !isMore ? undefined : fitting.at(-1)?.name };
}
