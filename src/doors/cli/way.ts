import type { Operation } from '../../kernel/operation.ts';
import type { Result } from '../../kernel/result.ts';
import type { Deps } from '../../operations.ts';

/** One call from the command line. */
export interface CommandCall {
  readonly operation: Operation<Deps>;
  readonly as: string | undefined;
  readonly input: object;
  /** The file to send along. */
  readonly file: string | undefined;
  /** Where to put a file that comes back under this name; it may not exist yet. */
  readonly saveAs: (name: string) => string;
}

/** How the command line reaches a node: through its socket, or by opening the data folder itself. */
export interface Way {
  call(call: CommandCall): Promise<Result<unknown>>;
  close(): Promise<void>;
}
