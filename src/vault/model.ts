import { z } from 'zod';
import { id, instant, line, text } from '../kernel/schema.ts';
import { PROPERTY_NAME } from './catalogue.ts';
import { VAULT_LIMITS } from './limits.ts';

export const Category = z.enum(['contact', 'address', 'size', 'preference', 'note', 'other', 'file']);
export type Category = z.infer<typeof Category>;

/** What a value is made of, and so how it is asked for and checked (rules.ts). */
export const Kind = z.enum(['text', 'long', 'email', 'phone', 'date', 'address', 'number', 'size', 'url']);
export type Kind = z.infer<typeof Kind>;

export const PropertyName = z.string().regex(PROPERTY_NAME, 'Write it like schema:email.');

export const Property = z.object({
  property: z.string(),
  label: z.string(),
  category: Category,
  kind: Kind,
  example: z.string(),
});
export type Property = z.infer<typeof Property>;

const part = line.optional();

/** A postal address in the words of schema.org's PostalAddress. */
export const AddressParts = z
  .object({
    streetAddress: part,
    extendedAddress: part,
    postOfficeBoxNumber: part,
    postalCode: part,
    addressLocality: part,
    addressRegion: part,
    addressCountry: part,
  })
  .refine((parts) => Object.values(parts).some((p) => p !== undefined), 'Write at least one part.');
export type AddressParts = z.infer<typeof AddressParts>;

export const tag = line.max(VAULT_LIMITS.tagChars, `Keep it under ${VAULT_LIMITS.tagChars} characters.`);

export const Item = z.object({
  id,
  property: z.string(),
  category: Category,
  kind: Kind,
  label: z.string(),
  /** As it is read by people; an address has its lines. */
  value: z.string(),
  /** The same address in parts, when it was given in parts. */
  parts: AddressParts.optional(),
  tags: z.array(z.string()),
  note: z.string().optional(),
  version: z.int().min(1),
  createdAt: instant,
  updatedAt: instant,
  /** How many others may see it at this moment. */
  sharedWith: z.int().min(0),
  /** In the trash since, and until when it stays there. */
  trashedAt: instant.optional(),
  trashedUntil: instant.optional(),
});
export type Item = z.infer<typeof Item>;

/** The same as a device of its owner shows it: only the node knows who else sees what it can read. */
export const ItemOfDevice = Item.omit({ sharedWith: true });

export const HowChanged = z.enum(['put', 'imported', 'removed', 'restored']);
export type HowChanged = z.infer<typeof HowChanged>;

/** What of an item its owner writes. */
export interface Content {
  readonly property: string;
  readonly label: string;
  readonly value: string;
  readonly parts?: AddressParts | undefined;
  readonly note?: string | undefined;
  readonly tags: readonly string[];
}

export const note = text;

/** What lists and searches need of an item; it stands in a sealed block beside those of others (heads.ts). */
export interface Head {
  readonly id: string;
  readonly property: string;
  /** Orders lists: the catalogue's order, then the label. */
  readonly place: string;
  /** What a search looks through (fold.ts). */
  readonly search: string;
  /** Equal for the same value of the same property, so that an import does not double. */
  readonly fingerprint: string;
  readonly tags: readonly string[];
  readonly trashedAt: number | null;
}

/** An item, opened. */
export interface Kept {
  readonly id: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly trashedAt: number | null;
  readonly content: Content;
}

/**
 * Who opens a category. `served`: the node may, also while its owner sleeps; `sealed`: only devices of the owner. `sealing` and
 * `serving`: on the way there, a part is on either side. The node takes plaintext of what is served or on its way to it.
 */
export const CategoryMode = z.enum(['served', 'sealing', 'sealed', 'serving']);
export type CategoryMode = z.infer<typeof CategoryMode>;

interface CategoryKeyRow {
  home_id: string;
  category: Category;
  epoch: number;
  /** Keys of sealed categories are never here: they are objects of the vault (sealed/). */
  mode: 'served';
  /** What wraps it: the served secret after so many renewals. */
  root: number;
  wrapped: Uint8Array;
  made_at: number;
}

export interface ItemRow {
  home_id: string;
  id: string;
  category: Category;
  epoch: number;
  version: number;
  item_key: Uint8Array;
  sealed: Uint8Array;
  /** The block of its category in which its head stands. */
  block: number;
  created_at: number;
  updated_at: number;
  is_trashed: boolean;
  trashed_at: number | null;
}

export interface VersionRow extends Pick<ItemRow, 'home_id' | 'category' | 'epoch' | 'item_key' | 'sealed'> {
  item: string;
  version: number;
  how: HowChanged;
  changed_at: number;
}

interface HeadsRow {
  home_id: string;
  category: Category;
  block: number;
  epoch: number;
  /** Another one each time it is written, so that what was read before is known to be old. */
  revision: string;
  /** How many there are in it. */
  heads: number;
  sealed: Uint8Array;
}

export interface VaultTables {
  category_keys: CategoryKeyRow;
  items: ItemRow;
  item_versions: VersionRow;
  item_heads: HeadsRow;
  vault_revisions: { home_id: string; revision: string; changed_at: number };
  item_holders: { home_id: string; item: string; holder: string; until: number | null };
  /** Categories that are not served, or not wholly. */
  sealed_categories: {
    home_id: string;
    category: Category;
    mode: Exclude<CategoryMode, 'served'>;
    since: number;
  };
}
