import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { BACKUP_PASSPHRASE, backUpQuickly } from '../../src/backup/testing.ts';
import { must } from '../../src/kernel/result.ts';
import { restoreNode } from '../../src/node/index.ts';
import { t } from '../../web/i18n/index.ts';
import { startTestNode } from '../harness/node.ts';
import { lookAt, settled } from './axe.ts';
import { keyboard } from './hands.ts';
import { openBrowserNode } from './opened.ts';
import { button } from './steps.ts';
import { enter } from './town.ts';

test('after a restore Today says what to look through, until that is dismissed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-came-back-'));
  const data = join(folder, 'data');
  const before = await startTestNode({ seed: 'came back in a browser' });
  await before.party('ada');
  const file = await backUpQuickly(before.deps, join(folder, 'backup.age'));
  await before.close();
  must(await restoreNode({ file, opener: { passphrase: BACKUP_PASSPHRASE }, data }));
  const node = await openBrowserNode({ data });
  const { page, address } = node;
  try {
    await enter(page, address, 'ada');
    await page.goto(address);
    const note = page.getByRole('region', { name: t.cameBack.title, exact: true });
    await note.getByRole('link', { name: t.relationships.sharing, exact: true }).waitFor();
    const devices = note.getByRole('link', { name: t.devices.title, exact: true });
    assert.equal(await devices.getAttribute('href'), '/settings/devices');
    await settled(page);
    assert.deepEqual(await lookAt(page, 'came back'), []);
    await keyboard(page).press(button(note, t.cameBack.dismiss));
    await note.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: t.today.stands }).waitFor();
    assert.equal(await note.count(), 0);
    node.checkQuiet();
  } finally {
    await node.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
