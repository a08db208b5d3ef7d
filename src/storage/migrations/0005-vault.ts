import type { ColumnTypes } from '../migrate.ts';

/** My data: items, their earlier versions, their tags, and who has been given them. */
export const vault = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table items (home_id ${text} not null, id ${text} not null, property ${text} not null,
    category ${text} not null, label ${text} not null, value ${text} not null, parts ${text}, note ${text},
    tags ${text} not null, version ${whole} not null, search ${text} not null, fingerprint ${text} not null,
    place ${text} not null, created_at ${whole} not null, updated_at ${whole} not null,
    is_trashed ${whole} not null, trashed_at ${whole}, primary key (home_id, id))`,
  `create index items_in_order on items (home_id, is_trashed, place, id)`,
  `create index items_by_property on items (home_id, property, is_trashed)`,
  `create index items_by_fingerprint on items (home_id, fingerprint)`,
  `create table item_versions (home_id ${text} not null, item ${text} not null, version ${whole} not null,
    how ${text} not null, label ${text} not null, value ${text} not null, parts ${text}, note ${text},
    tags ${text} not null, changed_at ${whole} not null, primary key (home_id, item, version))`,
  `create table item_tags (home_id ${text} not null, tag_key ${text} not null, item ${text} not null,
    tag ${text} not null, primary key (home_id, tag_key, item))`,
  `create index item_tags_by_item on item_tags (home_id, item)`,
  `create table item_holders (home_id ${text} not null, item ${text} not null, holder ${text} not null,
    until ${whole}, primary key (home_id, item, holder))`,
  `create index item_holders_by_holder on item_holders (home_id, holder)`,
];
