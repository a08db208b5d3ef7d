import { z } from 'zod';
import type { JobDeps } from '../jobs/index.ts';
import type { FileDeps } from '../kernel/download.ts';
import { id, instant } from '../kernel/schema.ts';

export type ArchiveDeps = JobDeps & FileDeps;

export const FORMAT = 'parley-archive';
export const VERSION = 1;

/** How a column's values are written: see lines.ts. */
export const Kind = z.enum(['text', 'whole', 'amount', 'flag', 'bytes']);
export type Kind = z.infer<typeof Kind>;

/** Names in the order of their characters, as every object in an archive has them. */
export type Columns = Readonly<Record<string, Kind>>;

const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

export const SectionHead = z.strictObject({
  columns: z.record(name, Kind),
  key: z.array(name),
  name,
});
export type SectionHead = z.infer<typeof SectionHead>;

const ArchivedParty = z.object({
  handle: z.string().max(32),
  id: z.string().max(64),
  kind: z.string().max(32),
  name: z.string().max(1000),
});

/** The first line. */
export const Header = z.strictObject({
  format: z.literal(FORMAT),
  madeAt: instant,
  party: z.strictObject(ArchivedParty.shape),
  /** Number of the newest migration of the database it was written from. */
  schema: z.int().min(0),
  sections: z.array(SectionHead).min(1).max(1000),
  v: z.literal(VERSION),
});
export type Header = z.infer<typeof Header>;

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const count = z.int().min(0);

/** The last line, `{"manifest": …}`. */
export const Manifest = z.strictObject({
  counts: z.record(name, count),
  hashes: z.record(name, hash),
  total: z.strictObject({ lines: count, sha256: hash }),
});
export type Manifest = z.infer<typeof Manifest>;

export type Value = null | string | number | bigint | boolean | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

const Finding = z.object({
  place: z
    .string()
    .describe(
      'header, block N (bytes A-B), line N, section NAME or end; docs/reference/archive.md has them all.',
    ),
  code: z.string(),
  what: z.string(),
});
export type Finding = z.infer<typeof Finding>;

export const Checked = z.object({
  lines: count,
  signatures: count,
  identities: count,
  counterparts: count,
  documents: count,
  agreements: count,
  records: count,
  chains: count,
  bodies: count,
  /** Bodies that were erased, as sharing that has stopped is; their records still verify. */
  erasedBodies: count,
  /** Proofs that an author signed two records with one number. */
  forks: count,
  /** Signatures by keys that are not in the archive: a third party's, as a market's tables. */
  unknownSigners: count,
});
export type Checked = z.infer<typeof Checked>;

export const Report = z.object({
  /** True only when nothing is missing and everything holds. */
  ok: z.boolean(),
  party: ArchivedParty.optional(),
  madeAt: instant.optional(),
  /** Rows, and SHA-256 of the lines, of each section. */
  counts: z.record(z.string(), count),
  hashes: z.record(z.string(), z.string()),
  checked: Checked,
  /** The first 100; `problemCount` says how many there are. */
  problems: z.array(Finding),
  problemCount: count,
  /** Worth knowing, and no damage: forks, for example. */
  notices: z.array(Finding),
});
export type Report = z.infer<typeof Report>;

export const ImportReport = Report.extend({
  /** What the party is called on this node. */
  handle: id,
  /** An imported copy signs nothing until it is taken into use. */
  isPaused: z.literal(true),
});
export type ImportReport = z.infer<typeof ImportReport>;
