import type { Operation } from '../../kernel/operation.ts';
import type { Result } from '../../kernel/result.ts';
import type { Deps } from '../../operations.ts';

/** One call from the command line. */
export interface CommandCall {
  readonly operation: Operation<Deps>;
  readonly as: string | undefined;
  readonly input: object;
  /** The file to send along, or the octets of a small one. */
  readonly file: string | Uint8Array | undefined;
  /** A small file that comes back is the answer, and none is written. */
  readonly holds?: boolean;
  /** Where to put a file that comes back under this name; it may not exist yet. */
  readonly saveAs: (name: string) => string;
}

/** How the command line reaches a node: through its socket, or by opening the data folder itself. */
export interface Way {
  call(call: CommandCall): Promise<Result<unknown>>;
  close(): Promise<void>;
}
