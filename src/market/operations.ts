import { type Operation, openOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { MarketDeps } from './deps.ts';
import { CellList, ListCells, listCells } from './list-cells.ts';
import { listMarkets, MarketList } from './list-markets.ts';
import { Market, ShowMarket, showMarket } from './show-market.ts';

export const operations: readonly Operation<MarketDeps>[] = [
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
