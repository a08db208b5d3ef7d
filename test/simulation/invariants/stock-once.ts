import type { AtRest, Watch } from './model.ts';

interface Row {
  readonly home: string;
  readonly number: string;
  readonly stock: number;
  readonly taken: number;
}

const ITEMS = 'select home_id as home, number, stock, taken from desk_items';

/** What is taken and what is left are together what there was. */
export const stockConserved: Watch = {
  name: 'stock-conserved',
  look({ ledger }, host, life) {
    for (const { number, stock, taken } of life.peek<Row>(ITEMS)) {
      const whole = ledger.stock.get(number);
      if (stock < 0 || stock + taken !== whole)
        return `${host.name}: ${number} has ${stock} left and ${taken} taken of ${whole}`;
    }
    return undefined;
  },
};

/** Each that was taken has one agreement, and no more. */
export const soldOnce: AtRest = {
  name: 'sold-once',
  look(_world, all) {
    for (const { host, life } of all) {
      for (const { home, number, taken } of life.peek<Row>(ITEMS)) {
        const [row] = life.peek<{ n: number }>(
          `select count(*) as n from relationships r join desk_offers o on o.home_id = r.home_id and o.id = r.offer
            where r.home_id = ? and r.side = 'seller' and r.state <> 'refused' and o.name = ?`,
          home,
          number,
        );
        if (row?.n !== taken)
          return `${host.name}: of ${number} ${taken} were taken for ${row?.n} agreements`;
      }
    }
    return undefined;
  },
};
