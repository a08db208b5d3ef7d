import type { z } from 'zod';
import type { Many, Told } from '../../src/kernel/many.ts';
import type { nothing } from '../../src/kernel/schema.ts';

/** An operation by its schemas: what it takes before defaults, what it answers. A file travels beside the input. */
export type Op<Input extends z.ZodType, Output extends z.ZodType> = {
  in: Omit<z.input<Input>, 'file'>;
  out: z.output<Output>;
};
export type None = typeof nothing;
export type OnMany = Op<typeof Many, typeof Told>;

export type Done = { in: unknown; out: { record: string } };
