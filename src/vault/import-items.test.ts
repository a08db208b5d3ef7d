import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { z } from 'zod';
import { actAs, engines, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { callOperation } from '../kernel/call-operation.ts';
import { LIMITS } from '../kernel/limits.ts';
import { isFailure, must, ok, type Result } from '../kernel/result.ts';
import { makeUpload } from '../kernel/upload.ts';
import type { ImportReport } from './import-items.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Items } from './list-items.ts';
import { operations } from './operations.ts';
import { newKept } from './put-item.ts';
import { insertItems } from './store.ts';
import { CARDS, fileOf, settle, uploadOf } from './testing.ts';

type Report = z.output<typeof ImportReport>;
type ItemList = z.output<typeof Items>;

for (const engine of engines()) {
  describe(`imports on ${engine}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-import-'));
    let deps: TestDeps;
    before(async () => {
      deps = await openTestDeps(engine, 'import');
      await settle(deps, 'anna ben cleo dora eva filip gita'.split(' '));
    });
    after(async () => {
      await deps.close();
      rmSync(folder, { recursive: true });
    });

    const call = async <T>(name: string, home: string, input?: unknown): Promise<Result<T>> => {
      const operation = operations.find((o) => o.name === name);
      assert.ok(operation);
      const result = await callOperation(operation, deps, actAs(home), input);
      if (!isFailure(result)) assert.deepEqual(operation.output.parse(result.value), result.value);
      return result as Result<T>; // its own output schema has just parsed it
    };
    const bring = (home: string, octets: Uint8Array, more = {}): Promise<Result<Report>> =>
      call('import-items', home, { file: uploadOf(folder, 'card.vcf', octets), ...more });
    const list = async (home: string): Promise<ItemList> =>
      must(await call<ItemList>('list-items', home, { limit: 200 }));

    test('a dry run reports the same and writes nothing; twice does not double', async () => {
      const octets = fileOf(CARDS.ios);
      const dry = must(await bring('anna', octets, { dryRun: true }));
      assert.deepEqual((await list('anna')).rows, []);
      const real = must(await bring('anna', octets));
      assert.deepEqual({ ...real, isDryRun: true }, dry);
      assert.deepEqual(real.counts, { taken: 21, alreadyThere: 0, skipped: 8 });
      const { rows } = await list('anna');
      assert.equal(rows.length, 21);
      assert.deepEqual(rows.find((item) => item.property === 'schema:address')?.parts, {
        streetAddress: 'Kerkstraat 1, Bus 2',
        postalCode: '9000',
        addressLocality: 'Gent',
        addressRegion: 'Oost-Vlaanderen',
        addressCountry: 'België',
      });
      const again = must(await bring('anna', octets));
      assert.deepEqual(again.counts, { taken: 0, alreadyThere: 21, skipped: 8 });
      assert.deepEqual((await list('anna')).rows, rows);
      const history = must(
        await call<{ rows: { how: string }[] }>('item-history', 'anna', { id: rows[0]?.id }),
      );
      assert.deepEqual(
        history.rows.map((v) => v.how),
        ['imported'],
      );
    });

    test('what list-items answers comes in again elsewhere, the same', async () => {
      must(await bring('ben', fileOf(CARDS.thunderbird)));
      const there = await list('ben');
      const octets = new Uint8Array(Buffer.from(JSON.stringify(there)));
      const report = must(await bring('cleo', octets));
      assert.deepEqual([report.format, report.skipped], ['json', []]);
      const plain = ({ rows }: ItemList): object[] =>
        rows.map(({ property, label, value, parts, tags }) => ({ property, label, value, parts, tags }));
      assert.deepEqual(plain(await list('cleo')), plain(there));
      assert.deepEqual(must(await bring('ben', octets)).counts.taken, 0);
    });

    test('a value the file says twice, and one in the trash', async () => {
      const octets = fileOf([
        'BEGIN:VCARD',
        'EMAIL:a@example.org',
        'EMAIL;TYPE=work:A@example.org',
        'END:VCARD',
      ]);
      const first = must(await bring('dora', octets));
      assert.deepEqual(first.skipped, [
        { line: 3, what: 'EMAIL', code: 'already-there', why: 'The file has it twice.' },
      ]);
      const [item] = (await list('dora')).rows;
      must(await call('remove-item', 'dora', { id: item?.id }));
      assert.equal(must(await bring('dora', octets)).counts.taken, 1, 'what is in the trash may come again');
    });

    test('an address book brings nothing until one card is chosen', async () => {
      const octets = fileOf([...CARDS.android, ...CARDS.google]);
      const whole = must(await bring('eva', octets));
      assert.deepEqual(whole.counts, { taken: 0, alreadyThere: 0, skipped: 2 });
      assert.deepEqual(whole.cards, [
        { card: 1, line: 1, name: 'Jörg Müller' },
        { card: 2, line: 16, name: 'Ayşe Yılmaz' },
      ]);
      const chosen = must(await bring('eva', octets, { card: 2 }));
      assert.equal(chosen.counts.taken, 12);
      assert.ok((await list('eva')).rows.some((row) => row.value === 'Ayşe Yılmaz'));
      assert.ok(!(await list('eva')).rows.some((row) => row.value === 'Jörg Müller'));
    });

    test('a broken file is refused and leaves nothing half-written', async () => {
      const whole = fileOf(CARDS.ios);
      const cut = await bring('filip', whole.subarray(0, whole.length - 20));
      assert.ok(isFailure(cut));
      assert.equal(cut.code, 'file-cut-off');
      assert.deepEqual((await list('filip')).rows, []);
      const large = makeUpload(join(folder, 'none'), 'x.vcf', VAULT_LIMITS.fileBytes + 1, async () => {});
      const tooLarge = await call('import-items', 'filip', { file: large });
      assert.ok(isFailure(tooLarge));
      assert.equal(tooLarge.code, 'file-too-large');
      for (const file of [{ path: '/etc/passwd', name: 'x', bytes: 1 }, '/etc/passwd', undefined]) {
        const named = await call('import-items', 'filip', { file });
        assert.ok(isFailure(named));
        assert.equal(named.code, 'input-invalid', 'no input can name a file of this machine');
      }
    });

    test('a file that holds too much, or too much beside what is there, brings nothing at all', async () => {
      const values = Array.from({ length: VAULT_LIMITS.fileEntries }, (_, i) => `n${i}`);
      const full = new Uint8Array(Buffer.from(JSON.stringify({ 'vcard:note': values })));
      const over = new Uint8Array(Buffer.from(JSON.stringify({ 'vcard:note': [...values, 'x'] })));
      const tooMany = await bring('gita', over, { dryRun: true });
      assert.ok(isFailure(tooMany));
      assert.equal(tooMany.code, 'file-too-large');
      const report = must(await bring('gita', full, { dryRun: true }));
      assert.equal(report.counts.taken, LIMITS.items);
      assert.equal(report.taken.length, VAULT_LIMITS.reportLines);
      await deps.storage.transact('gita', async (tx) => {
        const content = { property: 'vcard:note', label: 'Note', value: 'mine', tags: [] };
        await insertItems(tx, deps, [newKept('mine', content, 1)], 'put');
        return ok(true);
      });
      const refused = await bring('gita', full);
      assert.ok(isFailure(refused));
      assert.equal(refused.code, 'items-full');
      assert.deepEqual(
        (await list('gita')).rows.map((item) => item.value),
        ['mine'],
      );
    });
  });
}
