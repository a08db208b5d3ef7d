import { sql } from 'kysely';
import { draftOver, finish, writeItem } from '../../device/draft.ts';
import { openSession } from '../../device/open.ts';
import { callOperation } from '../../src/kernel/call-operation.ts';
import { newId } from '../../src/kernel/ids.ts';
import { must, ok } from '../../src/kernel/result.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { deviceOf, OWN, sealedParty, type TestDevice } from '../../test/sealed/device.ts';
import { median, type Row } from '../print.ts';

const SIZES = [10_000, 100_000] as const;
const ROUNDS = 5;
const SEARCHES = 15;
const INSERTED = 200;

/**
 * Vaults that only a device opens: to the first page on a device that has seen nothing of it, the passphrase apart, which costs
 * argon2id; then searches, and a change. The node is in this process; what goes between is JSON, as on the way to a page.
 */
export async function sealedVaults(): Promise<Row[]> {
  const node = await startTestNode({ rehearse: false });
  try {
    const rows: Row[] = [];
    for (const [at, size] of SIZES.entries()) rows.push(...(await measured(node, `party-${at}`, size)));
    return rows;
  } finally {
    await node.close();
  }
}

async function measured(node: TestNode, handle: string, size: number): Promise<Row[]> {
  const { device, vault } = await sealedParty(node, handle);
  must(await vault.sealCategory('contact'));
  vault.close();
  await fill(node, device, size - ROUNDS);
  const opened: number[] = [];
  const found: number[] = [];
  const changed: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const fresh = quickDevice(node, device);
    const began = performance.now();
    const own = must(await fresh.open());
    must(await own.getMany(own.list({ limit: 50 }).rows.map((row) => row.id)));
    opened.push(performance.now() - began);
    for (let at = 0; at < SEARCHES; at++) found.push(searchMs(own.list, `person${round}${at}7`));
    const put = performance.now();
    must(await own.put({ property: 'schema:email', value: `new${round}@example.org` }));
    changed.push(performance.now() - put);
    own.close();
  }
  const what = `${size} sealed items`;
  const open = size > 10_000 ? 1_000 : 250;
  return [
    [`${what}: to the first page`, `${median(opened)} ms`, `${open} ms`, median(opened) < open],
    [`${what}: a search`, `${median(found)} ms`, '50 ms', median(found) < 50],
    [`${what}: a change`, `${median(changed)} ms`, '250 ms', median(changed) < 250],
  ];
}

/** Without what the harness checks of each answer; all goes through JSON once each way, as to a page. */
function quickDevice(node: TestNode, { whose }: TestDevice): TestDevice {
  const device = deviceOf(node, whose);
  device.between = () => async (name, input) => {
    const operation = OPERATIONS.find((it) => it.name === name);
    const actor = { home: whose.home, isOperator: true };
    if (!operation) throw new Error(`there is no operation ${name}`);
    const answer = await callOperation(operation, node.deps, actor, JSON.parse(JSON.stringify(input)));
    return answer.ok ? ok(JSON.parse(JSON.stringify(answer.value))) : answer;
  };
  return device;
}

function searchMs(list: (wanted: { search: string; limit: number }) => unknown, search: string): number {
  const began = performance.now();
  list({ search, limit: 50 });
  return performance.now() - began;
}

/** Items sealed by the device itself, and put where the node keeps them at one stroke. */
async function fill(node: TestNode, device: TestDevice, size: number): Promise<void> {
  const session = must(await openSession(device, device.whose, { passphrase: OWN }));
  const { state } = session;
  if (!state) throw new Error('it has just been opened');
  const draft = draftOver(state);
  const now = device.now();
  for (let at = 0; at < size; at++) {
    const content = {
      property: 'schema:email',
      label: `Mail ${at % 977}`,
      value: `person${at}@example.org`,
      note: `since ${at % 53}`,
      tags: ['mail'],
    };
    const about = { how: 'put', createdAt: now, changedAt: now, trashedAt: null, before: null } as const;
    const id = newId({ bytes: device.random });
    await writeItem(device, draft, { id, version: 1, content, ...about }, undefined);
  }
  const { write } = await finish(device, draft);
  await node.deps.storage.transact(device.whose.home, async (tx) => {
    for (let at = 0; at < write.put.length; at += INSERTED) {
      const rows = write.put
        .slice(at, at + INSERTED)
        .map(({ name, octets }) => sql`(${tx.home}, ${name}, ${octets}, ${now})`);
      await sql`insert into sealed_objects (home_id, name, octets, changed_at) values ${sql.join(rows)}`.execute(
        tx.db,
      );
    }
    await sql`update sealed_vaults set counter = ${write.expects + 1}, statement = ${write.statement}
      where home_id = ${tx.home}`.execute(tx.db);
    return ok(undefined);
  });
}
