import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  categoryDowngraded,
  categoryServed,
  categoryServing,
  categoryTurned,
} from '../../device/failures.ts';
import { categoryMoving, openVault, type Surroundings, type Vault } from '../../device/index.ts';
import { CATEGORIES } from '../../device/names.ts';
import type { Item, VaultShown } from '../../web/api/shapes.ts';
import { t } from '../../web/i18n/index.ts';
import { believed, closedOf, contradicted } from '../../web/sealed/truth.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { done, OWN, sealedParty, type TestDevice } from './device.ts';

/** The modules of the pages, before a node that lies. The page itself is in test/browser/sealed.test.ts. */

/** Loaded by name: their types are those of a browser. */
const load = (path: string) => import(new URL(`../../web/${path}`, import.meta.url).href);
interface Pages {
  ask<T = unknown>(name: string, input: object): Promise<T>;
  failureOf(error: unknown): { code: string };
  keepOpen(vault: Vault, answer: unknown): void;
  lock(): void;
  takeOver(vault: Vault, shown: VaultShown): Promise<boolean>;
  answerSealed: unknown;
  here: Pick<Surroundings, 'memory'>;
}
interface Rows {
  rows: Item[];
  total: number;
}

const EMAIL = 'schema:email';
const toAnybody = globalThis.fetch;
let pages: Pages;
let node: TestNode;
let device: TestDevice;
let vault: Vault;
/** What the pages have asked the node, and what it answers otherwise than it is. */
let asked: { name: string; input: Record<string, unknown> }[] = [];
let lies: Record<string, (answer: unknown) => unknown> = {};

before(async () => {
  const files = [
    'api/client',
    'api/failure',
    'sealed/keeper',
    'sealed/open',
    'sealed/answers',
    'sealed/surroundings',
  ];
  const modules = await Promise.all(files.map((file) => load(`${file}.ts`)));
  pages = Object.assign({}, ...modules) as Pages; // what these six export
  node = await startTestNode({ rehearse: false });
  const party = await sealedParty(node, 'maya');
  device = party.device;
  for (const kind of ['contact', 'file'] as const) await done(party.vault.sealCategory(kind));
  await done(party.vault.put({ property: EMAIL, value: 'quiet@example.org' }));
  await node.done('put-item', { property: 'vcard:note', value: 'the clinic is near' }, { as: 'maya' });
  globalThis.fetch = async (url, init) => {
    const name = String(url).replace('/api/', '');
    const input: Record<string, unknown> = JSON.parse(String(init?.body));
    asked.push({ name, input });
    const answer = await node.call(name, input, { as: 'maya' });
    const lie = lies[name];
    const told = lie && answer.ok ? { ok: true as const, value: lie(structuredClone(answer.value)) } : answer;
    return told.ok
      ? Response.json(told.value)
      : Response.json({ code: told.code, title: told.message, detail: told.next }, { status: 422 });
  };
  // Remembers as a page does.
  vault = await done(openVault({ ...device, memory: pages.here.memory }, device.whose, { passphrase: OWN }));
});
after(async () => {
  globalThis.fetch = toAnybody;
  await node.close();
});

function open(answers: typeof lies = {}): void {
  pages.keepOpen(vault, pages.answerSealed);
  asked = [];
  lies = answers;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'ok',
    (error: unknown) => pages.failureOf(error).code,
  );
}

const sent = (name: string) => asked.filter((it) => it.name === name);

/** A row of a kind that the node has none of. */
const PLANTED = {
  id: '0'.repeat(26),
  property: EMAIL,
  category: 'contact',
  label: 'Email',
  value: 'x@example.org',
};
const planting = (answer: unknown) => {
  const page = answer as { rows: object[]; total: number }; // as it answers
  return { ...page, rows: [...page.rows, { ...page.rows[0], ...PLANTED }], total: page.total + 1 };
};

test('an answer that breaks off says no more than that the node was not reached', async () => {
  const real = globalThis.fetch;
  const cut = () =>
    new ReadableStream({
      pull(from) {
        from.enqueue(Buffer.from('{"rows":['));
        from.error(new TypeError('the line was cut'));
      },
    });
  globalThis.fetch = async () => new Response(cut(), { headers: { 'content-type': 'application/json' } });
  try {
    assert.equal(await codeOf(pages.ask('who-am-i', {})), 'node-unreachable');
  } finally {
    globalThis.fetch = real;
  }
});

test('a row of a sealed kind that only the node has does not stand in the list, and is not written back', async () => {
  open({ 'list-items': planting });
  const listed = await pages.ask<Rows>('list-items', { limit: 50 });
  assert.deepEqual(listed.rows.map((row) => row.value).sort(), ['quiet@example.org', 'the clinic is near']);
  assert.equal(listed.total, 2);
  assert.deepEqual(
    (await pages.ask<Rows>('list-items', { id: PLANTED.id })).rows.filter((row) => row.id === PLANTED.id),
    [],
  );
  const put = { id: PLANTED.id, property: EMAIL, value: 'new@example.org' };
  assert.equal(await codeOf(pages.ask('put-item', put)), 'category-downgraded');
  assert.equal(sent('put-item').length, 0);
});

test('a device names kinds as the pages do, and not as the program does', () => {
  const told = { categoryDowngraded, categoryMoving, categoryServed, categoryServing, categoryTurned };
  for (const category of CATEGORIES)
    for (const [name, fail] of Object.entries(told)) {
      const { message } = fail(category);
      assert.match(message, new RegExp(`what you keep under “${t.data.categories[category]}”`), name);
    }
});

test('words that are looked for in a sealed kind are not told to the node', async () => {
  open();
  const found = await pages.ask<Rows>('list-items', { search: 'quiet', category: 'contact' });
  assert.deepEqual([found.total, sent('list-items').length], [1, 0]);
  await pages.ask<Rows>('list-items', { search: 'quiet', property: EMAIL });
  await pages.ask<Rows>('list-items', { search: 'quiet', category: 'contact', idsOnly: true });
  assert.equal(sent('list-items').length, 0);
  await pages.ask<Rows>('list-items', { search: 'clinic' });
  assert.equal(
    sent('list-items').length,
    1,
    'where it may have found something it is asked, as the page says',
  );
});

test('what is open here says what is sealed; a node that says otherwise of the same moment locks it', async () => {
  open();
  const shown = await pages.ask<VaultShown>('show-vault', {});
  assert.equal(contradicted(shown, vault), undefined);
  const served: VaultShown = {
    ...shown,
    categories: shown.categories.map((it) => ({ ...it, mode: 'served' })),
    ways: [],
  };
  const modeIn = (it: VaultShown) => it.categories.find((row) => row.category === 'contact')?.mode;
  assert.equal(modeIn(believed(served, vault)), 'sealed');
  assert.equal(believed(served, vault).ways.length, 2, 'a way that it leaves out is still one');
  assert.equal(contradicted(served, vault), 'contact');
  assert.equal(contradicted({ ...shown, ways: shown.ways.slice(1) }, vault), 'ways');
  const vaultThen = shown.vault && { ...shown.vault, counter: 1 };
  assert.equal(contradicted({ ...served, ...(vaultThen && { vault: vaultThen }) }, vault), undefined);
  // What this browser remembers is sealed also while it is locked.
  assert.deepEqual(closedOf(served, ['contact']), ['contact']);
  assert.deepEqual(closedOf({ ...served, categories: [] }, ['file']), ['file'], 'also where it is left out');
});

test('while it is locked, a browser that remembers what is sealed sends nothing of it', async () => {
  open();
  await pages.takeOver(vault, { ...(await pages.ask<VaultShown>('show-vault', {})), ways: [] });
  assert.equal(
    await codeOf(pages.ask('put-item', { property: EMAIL, value: 'open@example.org' })),
    'category-sealed',
  );
  assert.equal(sent('put-item').length, 0);
  for (const [name, input] of [
    ['begin-file', { name: 'will.pdf', octets: 5 }],
    ['rename-file', { id: 'abc', name: 'will.pdf' }],
    ['list-files', { search: 'will' }],
  ] as const) {
    assert.equal(await codeOf(pages.ask(name, input)), 'category-sealed', name);
    assert.equal(sent(name).length, 0);
  }
  assert.equal(
    await codeOf(pages.ask('put-item', { property: 'vcard:note', value: 'the shop is near' })),
    'ok',
  );
  pages.lock();
});

test('a passphrase is not sent as that of somebody whom only the node names', async () => {
  open({ 'who-am-i': (it) => ({ ...(it as object), acting: { id: 'other', handle: 'leo', name: 'Leo' } }) }); // as it answers
  assert.equal(
    await codeOf(pages.ask('make-recovery-shares', { passphrase: 'one of another device' })),
    'handle-unsure',
  );
  assert.equal(sent('make-recovery-shares').length, 0);
});
