import { Many, Told } from '../kernel/many.ts';
import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Emptied, emptyTrash } from './empty-trash.ts';
import { ImportItems, ImportReport, importItems } from './import-items.ts';
import { ItemHistory, itemHistory, Versions } from './item-history.ts';
import { Items, ListItems, listItems } from './list-items.ts';
import { listProperties, Properties } from './list-properties.ts';
import { listTags, Tags } from './list-tags.ts';
import { Item } from './model.ts';
import { PutItem, putItem } from './put-item.ts';
import { RemoveItem, removeItem } from './remove-item.ts';
import { removeItems } from './remove-items.ts';
import { RestoreItem, restoreItem } from './restore-item.ts';
import { restoreItems } from './restore-items.ts';
import { TagItems, tagItems } from './tag-items.ts';
import { untagItems } from './untag-items.ts';

const room = 'vault';

export const operations: readonly Operation<BaseDeps>[] = [
  partyOperation({
    name: 'list-items',
    room,
    summary: 'Your data: contact, addresses, sizes, preferences, notes.',
    effect: 'reads',
    input: ListItems,
    output: Items,
    run: listItems,
  }),
  partyOperation({
    name: 'list-properties',
    room,
    summary: 'The names your data can stand under, each with an example.',
    effect: 'reads',
    input: nothing,
    output: Properties,
    run: listProperties,
  }),
  partyOperation({
    name: 'list-tags',
    room,
    summary: 'The tags on your data and how many items carry each.',
    effect: 'reads',
    input: nothing,
    output: Tags,
    run: listTags,
  }),
  partyOperation({
    name: 'put-item',
    room,
    summary: 'Add an item to your data, or change one.',
    effect: 'writes',
    input: PutItem,
    output: Item,
    run: putItem,
  }),
  partyOperation({
    name: 'remove-item',
    room,
    summary: 'Put an item into the trash, where it stays for 30 days.',
    effect: 'writes',
    input: RemoveItem,
    output: Item,
    run: removeItem,
  }),
  partyOperation({
    name: 'restore-item',
    room,
    summary: 'Take an item out of the trash.',
    effect: 'writes',
    input: RestoreItem,
    output: Item,
    run: restoreItem,
  }),
  partyOperation({
    name: 'remove-items',
    room,
    summary: 'Put up to 1,000 items into the trash; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: removeItems,
  }),
  partyOperation({
    name: 'restore-items',
    room,
    summary: 'Take up to 1,000 items out of the trash; it says which, and which not and why.',
    effect: 'writes',
    input: Many,
    output: Told,
    run: restoreItems,
  }),
  partyOperation({
    name: 'tag-items',
    room,
    summary: 'Put a tag on up to 1,000 items; it says on which, and on which not and why.',
    effect: 'writes',
    input: TagItems,
    output: Told,
    run: tagItems,
  }),
  partyOperation({
    name: 'untag-items',
    room,
    summary: 'Take a tag off up to 1,000 items; it says off which, and off which not and why.',
    effect: 'writes',
    input: TagItems,
    output: Told,
    run: untagItems,
  }),
  partyOperation({
    name: 'empty-trash',
    room,
    summary: 'Erase what lies in the trash, with its history, now.',
    effect: 'writes',
    input: nothing,
    output: Emptied,
    run: emptyTrash,
  }),
  partyOperation({
    name: 'item-history',
    room,
    summary: 'What an item was before.',
    effect: 'reads',
    input: ItemHistory,
    output: Versions,
    run: itemHistory,
  }),
  partyOperation({
    name: 'import-items',
    room,
    summary: 'Take items from a .vcf or JSON file; the report says what was taken, what was not, and why.',
    effect: 'writes',
    input: ImportItems,
    output: ImportReport,
    run: importItems,
  }),
];
