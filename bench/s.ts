import { itemsAtRest } from './vault/items.ts';

console.log(await itemsAtRest());
