import { z } from 'zod';
import { civilDate, text } from '../kernel/schema.ts';

/** The content of a record that says what its author expects. */
export const Expectations = z.object({ salt: z.string(), words: text, reviewDay: civilDate.nullable() });
