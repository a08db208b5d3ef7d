import { z } from 'zod';
import { id, instant } from '../kernel/schema.ts';
import { FILE_LIMITS } from './limits.ts';

/** Who opens a file: the node may, or only devices of its owner, who sealed it. */
export const FileMode = z.enum(['served', 'sealed']);
export type FileMode = z.infer<typeof FileMode>;

/** A file as lists show it. */
export const FileShown = z.object({
  id,
  mode: FileMode,
  state: z.enum(['begun', 'whole']).describe('begun: parts of it are still to come.'),
  name: z.string().optional().describe('Absent for a sealed file: only devices of its owner know it.'),
  type: z.string().optional().describe('What its sender said that it is; only a label.'),
  octets: z.int().min(0).max(FILE_LIMITS.fileBytes),
  parts: z.int().min(1).describe('How many parts it has, each of 1 MiB but the last.'),
  sha256: z.string().optional().describe('Of the whole file, in hexadecimal, once it is whole and served.'),
  madeAt: instant,
  /** In the trash since, and until when it stays there. */
  trashedAt: instant.optional(),
  trashedUntil: instant.optional(),
});
export type FileShown = z.infer<typeof FileShown>;

/** A file with the parts of it that are still to come. */
export const FileStands = FileShown.extend({
  missing: z.array(z.int().min(1)).describe('Numbers of the parts that are not here.'),
});
export type FileStands = z.infer<typeof FileStands>;

export const partNumber = z
  .int()
  .min(1)
  .max(FILE_LIMITS.fileBytes / FILE_LIMITS.partBytes);

/** What the node knows of a served file, under the key of that file. */
export interface Head {
  readonly name: string;
  readonly type?: string;
  /** By what whoever sends it tells it, so that beginning again goes on. */
  readonly mark?: string;
  readonly sha256?: string;
}

export interface FileRow {
  home_id: string;
  id: string;
  mode: FileMode;
  /** erased: its key is gone, and its parts go one by one. */
  state: 'begun' | 'whole' | 'erased';
  /** Of the key of the category, for a served file; 0 for others. */
  epoch: number;
  /** The key of the file under that of the category; of a served file that is not erased. */
  file_key: Uint8Array | null;
  head: Uint8Array | null;
  /** Counts the heads, from 1. */
  revision: number;
  octets: number;
  parts: number;
  /** Counts the parts that came, again included. */
  taken: number;
  made_at: number;
  /** When the last part came, or it was changed otherwise. */
  changed_at: number;
  is_trashed: boolean;
  trashed_at: number | null;
}

export interface FileTables {
  files: FileRow;
  file_parts: { home_id: string; file: string; number: number; octets: Uint8Array };
}
