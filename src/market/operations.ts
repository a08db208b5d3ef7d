import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { NetworkDeps } from '../network/index.ts';
import { AddedMarkets, AddMarket, addMarket } from './add-market.ts';
import type { MarketDeps } from './deps.ts';
import { CellList, ListCells, listCells } from './list-cells.ts';
import { listMarkets, MarketList } from './list-markets.ts';
import { Market, ShowMarket, showMarket } from './show-market.ts';

/** What anybody may ask, whether or not this node reaches out. */
export const reading: readonly Operation<MarketDeps>[] = [
  openOperation('anyone', {
    name: 'list-markets',
    room: 'market',
    summary: 'The markets that this node knows.',
    effect: 'reads',
    input: nothing,
    output: MarketList,
    run: listMarkets,
  }),
  openOperation('anyone', {
    name: 'show-market',
    room: 'market',
    summary: 'A market’s rules: who runs it, its fee, its smallest number, its order, and how much is there.',
    effect: 'reads',
    input: ShowMarket,
    output: Market,
    run: showMarket,
  }),
  openOperation('anyone', {
    name: 'list-cells',
    room: 'market',
    summary: 'The table a market has published: what people ask for, and at least how many ask the same.',
    effect: 'reads',
    input: ListCells,
    output: CellList,
    run: listCells,
  }),
];

export const operations: readonly Operation<MarketDeps & NetworkDeps>[] = [
  partyOperation({
    name: 'add-market',
    room: 'market',
    summary: 'Ask another node for its markets, and know them here from then on.',
    effect: 'writes',
    input: AddMarket,
    output: AddedMarkets,
    run: addMarket,
  }),
  ...reading,
];
