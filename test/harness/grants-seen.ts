import assert from 'node:assert/strict';
import { getGrantRow } from '../../src/grants/store.ts';
import { valueGiven } from '../../src/grants/values.ts';
import { must } from '../../src/kernel/result.ts';
import { homeOfHandle } from '../../src/parties/index.ts';
import { getRelationshipRow } from '../../src/relationships/index.ts';
import type { TestNode } from './node.ts';

interface GrantSeen {
  readonly id: string;
  readonly property: string;
  readonly purpose: string;
  readonly isMine: boolean;
  readonly state: string;
  readonly value?: string;
}

interface GrantPage {
  readonly rows: readonly GrantSeen[];
  readonly next?: string;
}

/** Every page of what stands between two. */
export async function allGrants(
  node: TestNode,
  relationship: string,
  by: { readonly as: string },
): Promise<GrantSeen[]> {
  const all: GrantSeen[] = [];
  for (let after: { after?: string } | undefined = {}; after; ) {
    const asked: object = { relationship, limit: 200, ...after };
    const { rows, next }: GrantPage = await node.done('list-grants', asked, by);
    all.push(...rows);
    after = next === undefined ? undefined : { after: next };
  }
  return all;
}

/**
 * What stands between two in a relationship, each with what its key opens at this moment: as the program would open it, but
 * without a receipt, so that looking changes nothing.
 */
export async function grantsSeen(
  node: TestNode,
  relationship: string,
  by: { readonly as: string },
): Promise<GrantSeen[]> {
  const rows = await allGrants(node, relationship, by);
  return node.deps.storage.read(async (view) => {
    const home = await homeOfHandle(view, by.as);
    assert(home !== undefined);
    const between = must(await getRelationshipRow(view, home, relationship));
    const seen: GrantSeen[] = [];
    for (const { value: _, ...row } of rows) {
      const kept = await getGrantRow(view, home, row.id);
      const value = kept && (await valueGiven(view, node.deps, home, between, kept));
      seen.push({ ...row, ...(value !== undefined && { value }) });
    }
    return seen;
  });
}

/** Opens everything that is shared with somebody, as they do on the page; answers the values. */
export async function openAll(
  node: TestNode,
  relationship: string,
  by: { readonly as: string },
): Promise<string[]> {
  const rows = await allGrants(node, relationship, by);
  const values: string[] = [];
  for (const { id, isMine, state } of rows) {
    if (isMine || state !== 'active') continue;
    values.push((await node.done<{ value: string }>('open-grant', { grant: id }, by)).value);
  }
  return values;
}
