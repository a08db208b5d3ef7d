import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { PASSPHRASE, startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { isFailure, must, type Result } from '../kernel/result.ts';
import { importParty } from './import-party.ts';
import type { ImportReport } from './model.ts';
import {
  ARCHIVE_PASSPHRASE,
  countAgain,
  exportQuickly,
  openTown,
  readLinesOf,
  rowsOf,
  scratchFolder,
  sealText,
  uploadOf,
} from './testing.ts';

const folder = scratchFolder();

/** What the envelopes are about that carry this party's records. */
async function abouts({ deps }: TestNode, home: string): Promise<(string | null)[]> {
  const { rows } = await deps.storage.read((view) =>
    sql<{ about: string | null }>`select about from outbox where home_id = ${home} and type = 'record'
      order by position`.execute(view.db),
  );
  return rows.map((row) => row.about);
}

function tryOut({ deps }: TestNode, path: string): Promise<Result<ImportReport>> {
  const file = { file: uploadOf(path), passphrase: ARCHIVE_PASSPHRASE };
  return importParty(deps, { home: undefined, isOperator: true }, file);
}

async function bring(node: TestNode, path: string): Promise<void> {
  must(await tryOut(node, path));
}

for (const engine of engines()) {
  test(`an archive from before envelopes named the relationship of their record: they do once it is in, on ${engine}`, async () => {
    const town = await openTown(engine, 'lift', 2);
    const home = town.homes.maya;
    const named = join(folder, `${engine}-named`);
    writeFileSync(named, readFileSync(await exportQuickly(town.node, home)));
    await town.node.close();
    const lines = await readLinesOf(named);
    lines[0] = JSON.stringify({ ...JSON.parse(lines[0] ?? ''), schema: 39 });
    for (const at of rowsOf(lines, 'outbox')) {
      const row = JSON.parse(lines[at] ?? '');
      if (row.type === 'record' && row.about)
        lines[at] = JSON.stringify({ ...row, about: row.about.split('/')[1] });
    }
    countAgain(lines);
    const before = join(folder, `${engine}-before`);
    await sealText(before, `${lines.join('\n')}\n`);
    const node = await startTestNode({ engine, seed: 'lift' });
    try {
      await bring(node, named);
      const now = await abouts(node, home);
      await node.done('remove-party', { passphrase: PASSPHRASE }, { as: 'maya' });
      await bring(node, before);
      assert(now.some((about) => about?.includes('/')));
      assert.deepEqual(await abouts(node, home), now);
    } finally {
      await node.close();
    }
  });

  test(`an archive of a newer schema is refused, also where all of it would fit, on ${engine}`, async () => {
    const node = await startTestNode({ engine, seed: 'newer' });
    try {
      const whole = join(folder, `${engine}-whole`);
      writeFileSync(whole, readFileSync(await exportQuickly(node, await node.party('maya'))));
      await node.done('remove-party', { passphrase: PASSPHRASE }, { as: 'maya' });
      const lines = await readLinesOf(whole);
      const header = JSON.parse(lines[0] ?? '');
      lines[0] = JSON.stringify({ ...header, schema: header.schema + 1 });
      countAgain(lines);
      const newer = join(folder, `${engine}-newer`);
      await sealText(newer, `${lines.join('\n')}\n`);
      const refused = await tryOut(node, newer);
      assert(isFailure(refused));
      assert.equal(refused.code, 'archive-newer');
      assert.match(refused.message, /made by a newer Parley.* Nothing was imported\./);
      assert.equal(
        (await node.refused('sign-in', { handle: 'maya', passphrase: PASSPHRASE })).code,
        'sign-in-refused',
      );
      await bring(node, whole);
    } finally {
      await node.close();
    }
  });
}
