import { z } from 'zod';
import { ok, type Result } from '../kernel/result.ts';
import { CATALOGUE } from './catalogue.ts';
import { Property } from './model.ts';

export const Properties = z.object({ rows: z.array(Property) });

/** The names My data knows, each with its label, kind and an example. */
export async function listProperties(): Promise<Result<z.output<typeof Properties>>> {
  const rows = CATALOGUE.map(({ property, label, category, kind, example }) => {
    return { property, label, category, kind, example };
  });
  return ok({ rows });
}
