import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { sql } from 'kysely';
import { PASSPHRASE, startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { FILE_LIMITS } from '../files/index.ts';
import type { StreamDownload } from '../kernel/download.ts';
import { must } from '../kernel/result.ts';
import { MOVE_LIMITS } from '../moving/limits.ts';
import { SEALED_LIMITS } from '../sealed/limits.ts';
import { checkFile } from './check-files.ts';
import { newFindings } from './findings.ts';
import { importParty } from './import-party.ts';
import { ARCHIVE_LIMITS } from './limits.ts';
import { removeParty } from './remove-party.ts';
import { ARCHIVE_PASSPHRASE, exportQuickly, reportOn, uploadOf } from './testing.ts';

const MIB = 1024 * 1024;
const as = { as: 'maya' };
/** More parts than are read at once. */
const ALL = Buffer.alloc(9 * MIB + 3, createHash('sha512').update('of the archive').digest());

async function addParts(node: TestNode, parts: number): Promise<string> {
  const { id } = await node.done<{ id: string }>('begin-file', { name: 'film.mkv', octets: ALL.length }, as);
  for (let number = 1; number <= parts; number++) {
    const file = new Uint8Array(ALL.subarray((number - 1) * MIB, number * MIB));
    await node.done('put-file-part', { id, number, file }, as);
  }
  return id;
}

async function readWhole(node: TestNode, id: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await node.done<StreamDownload>('read-file', { id }, as)).octets)
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('whoever keeps as much as there is room for can leave with it', () => {
  const asText = (octets: number) => Math.ceil((octets * 4) / 3);
  const parts = FILE_LIMITS.octets / FILE_LIMITS.partBytes + FILE_LIMITS.files;
  const files = asText(FILE_LIMITS.octets) + parts * (asText(FILE_LIMITS.sealBytes) + 200);
  const sealed = asText(SEALED_LIMITS.octets) + SEALED_LIMITS.objects * 200;
  const rest = 1024 ** 3;
  assert.ok(files + sealed + rest <= ARCHIVE_LIMITS.fileBytes);
  assert.equal(MOVE_LIMITS.archiveBytes, ARCHIVE_LIMITS.fileBytes);
});

test('a file that says of itself what cannot be is found in an archive', () => {
  const findings = newFindings();
  for (const row of [
    { state: 'whole', octets: 5, parts: 2 ** 31 },
    { state: 'begun', octets: 2 ** 40, parts: 2 ** 20 },
    { state: 'whole', octets: 5, parts: 1 },
    { state: 'erased', octets: 0, parts: 7 },
  ])
    checkFile(row, `line ${row.parts}`, findings);
  assert.deepEqual(
    findings.problems.map(({ place, code }) => [place, code]),
    [2 ** 31, 2 ** 20].map((parts) => [`line ${parts}`, 'file-malformed']),
  );
});

for (const engine of engines()) {
  const other = engines().find((it) => it !== engine) ?? engine;
  test(`files leave ${engine} in the archive, open on ${other}, and go with their party`, async () => {
    const [node, there] = [
      await startTestNode({ engine, seed: `files-${engine}`, rehearse: false }),
      await startTestNode({ engine: other, seed: 'files-there', rehearse: false }),
    ];
    try {
      const home = await node.party('maya');
      const id = await addParts(node, 10);
      await node.done('finish-file', { id }, as);
      const begun = await addParts(node, 1);
      const path = await exportQuickly(node, home);
      const first = await reportOn(path);
      assert.deepEqual([first.ok, first.counts.files, first.counts.file_parts], [true, 2, 11]);
      const input = { file: uploadOf(path), passphrase: ARCHIVE_PASSPHRASE };
      must(await importParty(there.deps, { home: undefined, isOperator: true }, input));
      rmSync(path);
      assert.ok((await readWhole(there, id)).equals(ALL));
      const stands = await there.done<{ missing: number[] }>('show-file', { id: begun }, as);
      assert.equal(stands.missing.length, 9, 'what was under way goes on there');
      const again = await reportOn(await exportQuickly(there, home));
      assert.equal(again.hashes.file_parts, first.hashes.file_parts);
      assert.equal(again.hashes.files, first.hashes.files);
      must(await removeParty(node.deps, { home, isOperator: true }, { passphrase: PASSPHRASE }));
      const left = await node.deps.storage.read(({ db }) =>
        sql<{ total: number }>`select count(*) as total from file_parts`.execute(db),
      );
      assert.equal(left.rows[0]?.total, 0);
    } finally {
      for (const it of [node, there]) await it.close();
    }
  });
}
