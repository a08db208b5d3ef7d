import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openVault, type Remembered, type Vault } from '../../device/index.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { repositoryText } from '../laws/repository.ts';
import { type BentCase, HOME, sealedCases, type VaultCase } from './sealed-cases.ts';
import { deviceBeside, type SealedStore } from './sealed-store.ts';

test('sealed vaults are told as their fixture says, and the script makes the fixture octet for octet', async () => {
  const cases = await sealedCases();
  const text = repositoryText('fixtures/vectors/sealed.json');
  assert.equal(`${JSON.stringify(cases, undefined, 2)}\n`, text, 'run scripts/make-vector-fixtures.ts');
  const whole = cases.find((it) => it.kind === 'vault');
  assert.ok(whole);
  assert.deepEqual(await told(whole, null), { verdict: 'ok', shows: whole.shows });
  for (const bent of cases.filter((it) => it.kind === 'bent')) {
    const { verdict } = await told(bentFrom(whole, bent), bent.seen);
    assert.equal(verdict, bent.verdict, bent.name);
  }
});

function bentFrom(whole: VaultCase, { put, drop, counter, statement, modes }: BentCase): SealedStore {
  const objects = { ...whole.objects, ...put };
  for (const name of drop) delete objects[name];
  return { ...whole, objects, counter, statement: statement ?? undefined, modes: { ...modes } };
}

/** What a device with that memory tells, and all that it shows. */
async function told(store: SealedStore, seen: BentCase['seen']) {
  const kept = new Map<string, Remembered>(seen ? [[HOME, { ...seen, isSplit: true }]] : []);
  const device = deviceBeside(structuredClone(store), kept, seededRandom('reader'), 0);
  const by = { passphrase: 'a longer wálk by the river' };
  const vault = await openVault(device, { home: HOME, handle: 'maya' }, by);
  return vault.ok ? allOf(vault.value) : { verdict: vault.code, shows: [] };
}

async function allOf(vault: Vault): Promise<{ verdict: string; shows: VaultCase['shows'] }> {
  const shows: { id: string; values: string[] }[] = [];
  for (const trashed of [false, true]) {
    for (const { id } of vault.list({ limit: 100, trashed }).rows) {
      const history = await vault.history(id);
      if (!history.ok) return { verdict: history.code, shows: [] };
      shows.push({ id, values: history.value.map((it) => it.value) });
    }
  }
  return { verdict: 'ok', shows: shows.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
