import type { AddressParts } from './model.ts';

/** Something in a file that may become an item. */
export interface Found {
  /** The line of a .vcf where it begins; in JSON the place of the entry. Both count from 1. */
  readonly line: number;
  /** What the file calls it. */
  readonly what: string;
  readonly property: string;
  readonly value?: string | undefined;
  readonly parts?: AddressParts | undefined;
  readonly label?: string | undefined;
  readonly note?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** Why something in a file does not become an item. */
export type SkipCode =
  | 'about-the-file'
  | 'already-there'
  | 'category-sealed'
  | 'empty'
  | 'encoding'
  | 'malformed'
  | 'not-kept-here'
  | 'somebody-else'
  | 'unknown-property'
  | 'value-unfit';

export interface Skipped {
  readonly line: number;
  readonly what: string;
  readonly code: SkipCode;
  /** A sentence for the owner. */
  readonly why: string;
}

/** One person in a file. */
export interface Card {
  /** From 1, in the file's order. */
  readonly card: number;
  readonly line: number;
  /** What the file calls this person. */
  readonly name: string;
  readonly found: readonly Found[];
  readonly skipped: readonly Skipped[];
}

/** What a file holds, before anything is checked against My data. */
export interface FileContent {
  readonly format: 'vcard' | 'json';
  readonly cards: readonly Card[];
  /** What belongs to no card. */
  readonly skipped: readonly Skipped[];
}
