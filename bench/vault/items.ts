import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { toUtf8 } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import { must, ok } from '../../src/kernel/result.ts';
import { packContent } from '../../src/vault/content.ts';
import { listItems } from '../../src/vault/list-items.ts';
import type { Content } from '../../src/vault/model.ts';
import { newKept } from '../../src/vault/put-item.ts';
import { type CategoryKey, openContent, sealContent } from '../../src/vault/sealing.ts';
import { insertItems } from '../../src/vault/store.ts';
import { settle } from '../../src/vault/testing.ts';
import { actAs, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { median, type Row } from '../print.ts';

const ITEMS = 100_000;
const BATCH = 2_000;
const SLICES = 31;
const SLICE = 2_000;

export async function itemsAtRest(): Promise<Row[]> {
  return [...seals(), ...(await largeVault())];
}

/** One item sealed, and opened, by turns with the two ciphers, the random octets and nothing else that it takes. */
function seals(): Row[] {
  const deps = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  const random = { bytes: deps.bytes };
  const key: CategoryKey = { home: 'maya', category: 'contact', epoch: 1, key: random.bytes(32) };
  const at = { id: 'k1n5d0f8q2w7e4r6', version: 3 };
  const content = contentOf(7);
  const sealed = sealContent(key, at, content, random);
  const plain = toUtf8(packContent(content));
  const [seal, bareSeal] = byTurns(
    () => sealContent(key, at, content, random),
    () => [bareSealed(key.key, randomBytes(32)), bareSealed(randomBytes(32), plain)],
  );
  const [open, bareOpen] = byTurns(
    () => openContent(key, at, sealed),
    () => [bareOpened(key.key, bareItemKey), bareOpened(bareKey, bareContent)],
  );
  return [ratio('sealed', seal, bareSeal), ratio('opened', open, bareOpen)];
}

const bareKey = randomBytes(32);
const bareItemKey = bareSealed(bareKey, randomBytes(32));
const bareContent = bareSealed(bareKey, toUtf8(packContent(contentOf(7))));

function ratio(what: string, ours: number, bare: number): Row {
  const share = bare / ours;
  const rate = `${Math.round(1e6 / ours)}/s`;
  return [`items ${what}, ${rate}, to bare node:crypto`, `${share.toFixed(2)}x`, '0.50x', share >= 0.5];
}

function bareSealed(key: Uint8Array, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function bareOpened(_key: Uint8Array, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', bareKey, sealed.subarray(0, 12));
  decipher.setAAD(sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

/** Microseconds of one, the middle of many slices taken in turns. */
function byTurns(...works: readonly (() => unknown)[]): readonly [number, number] {
  const took: number[][] = works.map(() => []);
  for (let slice = 0; slice < SLICES; slice++)
    works.forEach((work, at) => {
      const began = performance.now();
      for (let i = 0; i < SLICE; i++) work();
      took[at]?.push(((performance.now() - began) * 1e6) / SLICE);
    });
  const [first = [], second = []] = took;
  return [median(first) / 1e3, median(second) / 1e3];
}

function contentOf(at: number): Content {
  const value = `person${at}@example.org`;
  return {
    property: 'schema:email',
    label: `Mail ${at % 977}`,
    value,
    note: `since ${at % 53}`,
    tags: ['mail'],
  };
}

/** A vault of a hundred thousand items: its first page by a node that has just started, then searches. */
async function largeVault(): Promise<Row[]> {
  const deps = await openTestDeps('sqlite', 'bench', false);
  try {
    await settle(deps, ['maya']);
    for (let at = 0; at < ITEMS; at += BATCH) await fill(deps, at);
    // Another array with the same octets is what a node that starts anew has: nothing is opened in memory for it.
    const cold: number[] = [];
    for (let round = 0; round < 5; round++) cold.push(await page({ ...deps, nodeKey: deps.nodeKey.slice() }));
    const found: number[] = [];
    for (let round = 0; round < 15; round++) found.push(await page(deps, `person${round}77`));
    const changed: number[] = [];
    for (let round = 0; round < 9; round++) {
      await fill(deps, ITEMS + round, 1);
      changed.push(await page(deps, 'mail 5'));
    }
    const what = `a vault of ${ITEMS} items`;
    return [
      [`${what}: to its first page`, `${median(cold)} ms`, '1000 ms', median(cold) < 1_000],
      [`${what}: a search`, `${median(found)} ms`, '50 ms', median(found) < 50],
      [`${what}: a search after a change`, `${median(changed)} ms`, '50 ms', median(changed) < 50],
    ];
  } finally {
    await deps.close();
  }
}

async function fill(deps: TestDeps, from: number, count = BATCH): Promise<void> {
  const items = Array.from({ length: count }, (_, i) =>
    newKept(newId(deps.random), contentOf(from + i), deps.clock.now()),
  );
  await deps.storage.transact('maya', async (tx) => ok(await insertItems(tx, deps, items, 'imported')));
}

async function page(deps: TestDeps, search?: string): Promise<number> {
  const began = performance.now();
  const input = { limit: 50, idsOnly: false, trashed: false, ...(search !== undefined && { search }) };
  must(await listItems(deps, actAs('maya'), input));
  return performance.now() - began;
}
