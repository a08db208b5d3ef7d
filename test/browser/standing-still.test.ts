import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { t } from '../../web/i18n/index.ts';
import { runCommandLine, startNodeProcess } from '../harness/program.ts';
import { agree, PASSPHRASE, wantIt } from '../story/telling.ts';
import { lookAt, settled } from './axe.ts';
import { openBrowserNode } from './opened.ts';
import { button } from './steps.ts';
import { enter, settleTown } from './town.ts';

const LOCK = ['--input', '-', '--json'];
const passphrase = 'the passphrase of the backup';

/** A backup of a node on which the shop, with whom Maya has an agreement, is no more: nobody answers her. */
async function backUpAlone(
  folder: string,
): Promise<{ readonly file: string; readonly relationship: string }> {
  const [data, file] = [join(folder, 'before'), join(folder, 'node.age')];
  const opened = await openBrowserNode({ data });
  try {
    const town = await settleTown(opened);
    const { offer, item } = await wantIt(town);
    const relationship = await agree(town, offer, item);
    await town.shop.done('remove-party', { passphrase: PASSPHRASE });
    const input = JSON.stringify({ passphrase, withKey: true });
    const made = await runCommandLine(['back-up-node', '--out', file, '--data', data, ...LOCK], { input });
    assert.equal(made.code, 0, made.out + made.error);
    return { file, relationship };
  } finally {
    await opened.close();
  }
}

test('who waits for an answer after a backup reads why, and after an hour that it may be ended, and ends it', {
  timeout: 240_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-still-'));
  try {
    const { file, relationship } = await backUpAlone(folder);
    const data = join(folder, 'after');
    const restored = await runCommandLine(['restore-node', '--file', file, '--data', data, ...LOCK], {
      input: JSON.stringify({ passphrase }),
    });
    assert.equal(restored.code, 0, restored.out + restored.error);
    const first = await startNodeProcess(data);
    await first.end('SIGTERM');
    const opened = await openBrowserNode({ data, now: Date.now() + 2 * 3600_000 });
    try {
      const { page, address } = opened;
      await enter(page, address, 'maya');
      await page.goto(`${address}/relationships/${relationship}`);
      await page.getByText(t.relationships.still.why).waitFor();
      await page.getByText(t.relationships.still.long).waitFor();
      await settled(page);
      assert.deepEqual(await lookAt(page, 'standing still'), []);
      await button(page, t.relationships.end).click();
      await button(page, t.relationships.endNow).click();
      await page.getByText(t.relationships.endedBy.mine).waitFor();
      assert.equal(await page.getByText(t.relationships.still.long).count(), 0);
      opened.checkQuiet();
    } finally {
      await opened.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
