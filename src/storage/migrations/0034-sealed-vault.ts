import type { ColumnTypes } from '../migrate.ts';

/**
 * My data, sealed: what an item says stands under its own key, that under the key of its category and epoch. What lists and
 * searches need stands in blocks of heads. The tables before are sealed row by row when the node starts, then emptied.
 */
export const sealedVault = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `alter table items rename to plain_items`,
  `alter table item_versions rename to plain_item_versions`,
  `drop table item_tags`,
  `drop index items_in_order`,
  `drop index items_by_property`,
  `drop index items_by_fingerprint`,
  `create table category_keys (home_id ${text} not null, category ${text} not null, epoch ${whole} not null,
    mode ${text} not null, root ${whole} not null, wrapped ${bytes} not null, made_at ${whole} not null,
    primary key (home_id, category, epoch))`,
  `create table items (home_id ${text} not null, id ${text} not null, category ${text} not null,
    epoch ${whole} not null, version ${whole} not null, item_key ${bytes} not null, sealed ${bytes} not null,
    block ${whole} not null, created_at ${whole} not null, updated_at ${whole} not null,
    is_trashed ${whole} not null, trashed_at ${whole}, primary key (home_id, id))`,
  `create index items_in_trash on items (home_id, is_trashed, trashed_at)`,
  `create table item_versions (home_id ${text} not null, item ${text} not null, version ${whole} not null,
    how ${text} not null, category ${text} not null, epoch ${whole} not null, item_key ${bytes} not null,
    sealed ${bytes} not null, changed_at ${whole} not null, primary key (home_id, item, version))`,
  `create table item_heads (home_id ${text} not null, category ${text} not null, block ${whole} not null,
    epoch ${whole} not null, revision ${text} not null, heads ${whole} not null, sealed ${bytes} not null,
    primary key (home_id, category, block))`,
  `create table vault_revisions (home_id ${text} not null, revision ${text} not null, changed_at ${whole} not null,
    primary key (home_id))`,
];
