import { z } from 'zod';
import { fromBase64url } from '../kernel/bytes.ts';
import { id, instant, line, text } from '../kernel/schema.ts';
import {
  AddressParts,
  Category,
  CategoryMode,
  HowChanged,
  note,
  PropertyName,
  tag,
  type VaultTables,
} from '../vault/index.ts';
import { SEALED_LIMITS } from './limits.ts';

const CATEGORIES = Category.options.join('|');

/** What an object may be called; what is in it only devices of its owner know (docs/reference/vault.md). */
export const objectName = z
  .string()
  .max(120)
  .regex(
    new RegExp(
      [
        '^(?:way/(?:recovery|recovery-next|passphrase/[A-Za-z0-9_-]{22}|passkey/[A-Za-z0-9_-]{1,64})',
        `key/(?:${CATEGORIES})/[1-9][0-9]{0,8}`,
        `block/(?:${CATEGORIES})/[1-9][0-9]{0,8}`,
        'item/[A-Za-z0-9_-]{1,64}',
        'version/[A-Za-z0-9_-]{1,64}/[1-9][0-9]{0,8})$',
      ].join('|'),
    ),
    'This is not the name of something that is sealed.',
  );

const octetsUpTo = (bytes: number) =>
  z
    .string()
    .min(38)
    .max(Math.ceil((bytes * 4) / 3))
    .refine((it) => fromBase64url(it) !== undefined, 'This is not base64url.');

const octets = octetsUpTo(SEALED_LIMITS.objectBytes);
export const statement = octetsUpTo(SEALED_LIMITS.statementBytes).describe(
  'What holds the vault together from now on, sealed.',
);

export const SealedObject = z.object({ name: objectName, octets });
export type SealedObject = z.output<typeof SealedObject>;

const namedOnce = (all: readonly { name: string }[]): boolean =>
  new Set(all.map((it) => it.name)).size === all.length;

export const put = z
  .array(SealedObject)
  .max(SEALED_LIMITS.putAtOnce)
  .refine(namedOnce, 'One of these stands here twice.')
  .refine(
    (all) => all.reduce((sum, it) => sum + it.octets.length, 0) * 0.75 <= SEALED_LIMITS.putBytes,
    `Put at most ${SEALED_LIMITS.putBytes} octets at once.`,
  );
const remove = z.array(objectName).max(SEALED_LIMITS.removedAtOnce);
const expects = z.int().min(1).describe('The counter that you have seen; refused when there is a newer one.');

/** What each write takes along. */
export const change = { expects, statement, put: put.default([]), remove: remove.default([]) };
export type Change = z.output<z.ZodObject<typeof change>>;

export const Counted = z.object({ counter: z.int().min(1) });
export type Counted = z.output<typeof Counted>;

/** What an item says, as a device seals it and as the node serves it. */
const WholeContent = z.strictObject({
  property: PropertyName,
  label: line,
  value: text,
  parts: AddressParts.optional(),
  note: note.optional(),
  tags: z.array(tag).max(20),
});

export const Whole = z.strictObject({
  id,
  createdAt: instant,
  trashedAt: instant.optional().describe('In the trash since; absent for what is in use.'),
  /** Oldest first; the last is in force. */
  versions: z
    .array(z.strictObject({ version: z.int().min(1), how: HowChanged, at: instant, content: WholeContent }))
    .min(1)
    .max(SEALED_LIMITS.servedVersions)
    .refine(
      (all) => all.every((it, at) => at === 0 || it.version > (all[at - 1]?.version ?? 0)),
      'Versions ascend.',
    ),
});

/** How a device makes of a passphrase what it sends in its place, or that the passphrase itself is sent. */
export const HowPassphrase = z.object({
  how: z.enum(['at-the-node', 'here']),
  salt: z.string().optional().describe('Of a passphrase that stays here: what argon2id takes with it.'),
  cost: z.object({ memoryKiB: z.int(), passes: z.int(), lanes: z.int() }).optional(),
});
export type HowPassphrase = z.output<typeof HowPassphrase>;

export const CategoryStands = z.object({
  category: Category,
  mode: CategoryMode,
  served: z.int().min(0).describe('Items of it that the node reads, those in the trash included.'),
  sealed: z
    .int()
    .min(0)
    .describe('Blocks of it that are sealed; how many items they hold only devices know.'),
});

interface VaultRow {
  home_id: string;
  /** Counts the writes, from 1. */
  counter: number;
  statement: Uint8Array;
  made_at: number;
  /** How many objects there are, and their octets. */
  objects: number;
  octets: number;
}

interface ObjectRow {
  home_id: string;
  name: string;
  octets: Uint8Array;
  changed_at: number;
}

export interface SealedTables extends Pick<VaultTables, 'sealed_categories'> {
  sealed_vaults: VaultRow;
  sealed_objects: ObjectRow;
}
