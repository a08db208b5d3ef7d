import type { Kysely } from 'kysely';
import type { HomeId } from '../kernel/ids.ts';

/** Tables are declared by the rooms that own them; `tables<Mine>(tx)` gives the typed view. */
// biome-ignore lint/complexity/noBannedTypes: no table is known before a room names its own
export type Untyped = Kysely<{}>;

/** An open transaction on one home's rows. Bodies await only their own queries. */
export interface Tx {
  readonly home: HomeId;
  readonly db: Untyped;
  /** Tells the listeners of a topic, once, after the commit. */
  wake(topic: string): void;
}

/** A consistent view for reading. */
export interface View {
  readonly db: Untyped;
}

export interface Storage {
  readonly engine: 'sqlite' | 'postgresql';
  /**
   * Runs the body serially with the other bodies of this home; everything it wrote commits when it returns,
   * unless it throws or returns a Failure. May run the body again when another transaction got in the way.
   */
  transact<T>(home: HomeId, body: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs the body on one snapshot; nothing can be written. */
  read<T>(body: (view: View) => Promise<T>): Promise<T>;
  /** Calls back after every commit that woke this topic; each commit wakes `changed:<home>` by itself. */
  listen(topic: string, listener: () => void): void;
  /**
   * Copies the database as it is now to a new file, of which nothing stays when the signal is given; where it is left out, the
   * database has a program of its own for that.
   */
  copyTo?(path: string, signal: AbortSignal): Promise<void>;
  /**
   * Lets go of the pages and statements that connections keep at hand, and of the log of what was written, after work that
   * took many.
   */
  rest(): void;
  close(): Promise<void>;
}

/** The room's own tables, typed. */
export function tables<T>(view: View): Kysely<T> {
  return view.db as unknown as Kysely<T>; // the room's migration made these very tables
}
