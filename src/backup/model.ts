import { z } from 'zod';
import type { JobDeps } from '../jobs/index.ts';
import type { FileDeps } from '../kernel/download.ts';
import { instant } from '../kernel/schema.ts';

export type BackupDeps = JobDeps &
  FileDeps & {
    /** From now on this node is later than any copy made before (node/beat.ts). */
    readonly beat: () => Promise<void>;
  };

/** What lies in a backup, in this order: a tar archive (POSIX ustar) in an age file. */
export const MANIFEST = 'backup.json';
export const KEY = 'node.key';
export const DATABASE = 'parley.sqlite';

export const FORMAT = 'parley-node-backup';

/** The first file: what the others must be. */
export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  v: z.literal(1),
  madeAt: instant,
  hasKey: z.boolean(),
  database: z.strictObject({ bytes: z.int().min(512), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
});
export type Manifest = z.infer<typeof Manifest>;
