import type { Operation } from './kernel/operation.ts';
import { operations as parties } from './parties/index.ts';
import type { BaseDeps } from './storage/index.ts';

/** Everything that any operation needs; main.ts puts it together once. */
export type Deps = BaseDeps;

/** The one table of operations (law 3). Routes, commands, OpenAPI and reference derive from it. */
export const OPERATIONS: readonly Operation<Deps>[] = [...parties];
