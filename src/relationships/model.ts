import type { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';

/** Between whom: who wants and who offers, or two people of whom one invited the other. */
type Side = 'buyer' | 'seller' | 'inviter' | 'invited';

/** asked: one side has signed and waits for the other; refused: the other said no, in writing. */
/** Who has paused it and not resumed yet. */
export type PausedBy = 'mine' | 'theirs' | 'both' | null;

export type RelationshipState = 'asked' | 'active' | 'paused' | 'ended' | 'refused';

export interface RelationshipRow {
  home_id: string;
  /** Random, chosen by the buyer in the agreement; known to these two only. */
  id: string;
  side: Side;
  state: RelationshipState;
  /** What I call the other side. */
  name: string;
  is_sample: boolean;
  /** My pairwise identity here, and theirs once it is known. */
  mine: string;
  theirs: string | null;
  offer: string;
  title: string;
  /** Id of the agreement, a document with both signatures. */
  agreement: string;
  storefront: string;
  /** My want that led here; null on the seller's side. */
  intent: string | null;
  /** Why the seller refused, as a code. */
  refusal: string | null;
  paused_by: PausedBy;
  /** Since when both have signed; until then, since when one of them asks. */
  since_at: number;
  last_at: number;
  unread: number;
  expectations: string;
  review_day: string | null;
  their_expectations: string;
  /** `sample`: the other side was taken out together with the sample market. */
  ended_by: 'mine' | 'theirs' | 'sample' | null;
  /** Since when nothing is signed here until the other side has said what it knows; null for nothing amiss. */
  reconciling_at: number | null;
}

export interface RelationshipTables {
  relationships: RelationshipRow;
}

/** A record of a relationship as a room's reader gets it, mine and theirs alike. */
export interface Entry<Content = unknown> {
  readonly relationship: RelationshipRow;
  readonly id: string;
  readonly type: string;
  readonly place: number;
  readonly isMine: boolean;
  readonly content: Content;
  /** My own time for mine, the time of receipt for theirs. */
  readonly at: Instant;
}

/**
 * What a room makes of one type of record. It is called in the transaction that keeps the record: for mine when I
 * sign it, for theirs when it comes. A Failure on mine undoes everything; theirs is kept all the same, unread.
 * It must not have written anything when it answers a Failure.
 */
export interface RecordReader<Content = unknown> {
  readonly type: string;
  readonly v: number;
  readonly content: z.ZodType<Content>;
  /** Counts after the end of the relationship too: it says how what was promised before was kept. */
  readonly isAfterEnd?: true;
  /** Says nothing that a person would have to read: it does not count as new. */
  readonly isQuiet?: true;
  readonly apply: (tx: Tx, deps: RelationshipDeps, entry: Entry<Content>) => Promise<Result<unknown>>;
  /**
   * The same for several of one relationship at once, in their order. Only for what can be applied whatever was before,
   * and changes nothing that the relationship's own row says.
   */
  readonly applyAll?: (tx: Tx, deps: RelationshipDeps, entries: readonly Entry<Content>[]) => Promise<void>;
  /**
   * A record of mine counts no more: it is out of the chain already, as what followed it, and what was made of it is worked
   * out anew from what is left. The last one comes first.
   */
  readonly undo?: (tx: Tx, deps: RelationshipDeps, entry: Entry<Content>) => Promise<void>;
  /**
   * Says once more, where it is still allowed, what took something back in a record of mine that counts no more: its content
   * as it is read here, and all that it said.
   */
  readonly again?: (
    tx: Tx,
    deps: RelationshipDeps,
    relationship: RelationshipRow,
    content: Content,
    said: JsonObject,
  ) => Promise<Result<unknown>>;
}

export interface RelationshipDeps extends BaseDeps {
  /** Readers by type and version, `type/v`, in the rooms' order; main.ts collects them. */
  readonly readers: ReadonlyMap<string, readonly RecordReader[]>;
}

/** A reader as the table of readers keeps it; its own schema guards the content it is called with. */
export function recordReader<Content>(reader: RecordReader<Content>): RecordReader {
  return reader as unknown as RecordReader; // only ever called with what `content` has parsed
}

/** The content of a record before it is signed. */
export type Content = JsonObject;
