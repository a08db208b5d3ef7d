import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { instant, page, words } from '../kernel/schema.ts';
import { parseCellId } from './cells.ts';
import type { MarketDeps } from './deps.ts';
import { describeCell } from './describe-cell.ts';
import { findMarket } from './directory.ts';
import { base64url, Cell } from './parts.ts';
import { homeOnThisNode, marketUnknown, newestTables } from './show-market.ts';

export const ListCells = z.object({
  market: base64url.optional(),
  search: words.optional().describe('Words of a category or a place.'),
  ...page,
});

export const CellList = z.object({
  rows: z.array(z.object({ id: z.string(), cell: Cell, words: z.string(), atLeast: z.int() })),
  next: z.string().optional(),
  total: z.int(),
  /** Absent before the first table. */
  epoch: z.int().optional(),
  publishedAt: instant.optional(),
});

const CURSOR = cursorOf('list-cells', [z.string()]);

/**
 * The newest published table of a market, cells by their id. Fails with `market-unknown`, `market-elsewhere` and
 * `cursor-unknown`.
 */
export async function listCells(
  deps: MarketDeps,
  _actor: Actor,
  input: z.output<typeof ListCells>,
): Promise<Result<z.output<typeof CellList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const [from] = after.value ?? [''];
  return deps.storage.read(async (view) => {
    const market = await findMarket(view, input.market);
    if (!market) return marketUnknown();
    const home = homeOnThisNode(deps, market);
    if (home === undefined) {
      return fail('market-elsewhere', 'This market is on another node.', 'Ask it for its table.');
    }
    const published = await newestTables(view, home);
    const words = input.search?.trim().toLowerCase();
    const rows = published
      .flatMap((table) => table.rows.map(([id, step]) => rowOf(deps, id, table.steps[step] ?? 0)))
      .filter((row) => row !== undefined)
      .filter((row) => !words || row.words.toLowerCase().includes(words))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const rest = rows.filter((row) => row.id > from);
    const { shown, next } = CURSOR.cut(rest, input.limit, (row) => [row.id]);
    const [newest] = published;
    return ok({
      rows: shown,
      total: rows.length,
      ...next,
      ...(newest && { epoch: newest.epoch, publishedAt: newest.at }),
    });
  });
}

function rowOf(deps: MarketDeps, id: string, atLeast: number) {
  const cell = parseCellId(id);
  return cell && { id, cell, words: describeCell(cell, deps), atLeast };
}
