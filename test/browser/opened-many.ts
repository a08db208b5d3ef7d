import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNodeProcess } from '../harness/program.ts';
import { agree, wantIt } from '../story/telling.ts';
import { multiply } from './many.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { settleTown } from './town.ts';

/** A node on which Maya and Fanfare have ten thousand rows in every list. */
export async function openManyRows(): Promise<Opened> {
  const data = mkdtempSync(join(tmpdir(), 'parley-many-'));
  const node = await startNodeProcess(data);
  const town = await settleTown(node);
  const { offer, item } = await wantIt(town);
  await agree(town, offer, item);
  await node.end('SIGTERM');
  await multiply(data);
  return openBrowserNode({ data });
}
