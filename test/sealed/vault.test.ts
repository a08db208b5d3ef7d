import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Vault } from '../../device/index.ts';
import { fail } from '../../src/kernel/result.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { codeOf, deviceOf, done, OWN, sealedParty, type TestDevice } from './device.ts';

const MAYA = { as: 'maya' };
const EMAIL = 'schema:email';
const LOST = fail('node-lost', 'The node stopped while it was asked.', 'Start it.');

interface Page {
  readonly ids: string[];
}

for (const engine of engines()) {
  describe(`${engine}: a vault on the node itself`, () => {
    let node: TestNode;
    let device: TestDevice;
    let vault: Vault;
    let recoveryCode: string;
    before(async () => {
      node = await startTestNode({ engine, rehearse: false });
      ({ device, vault, recoveryCode } = await sealedParty(node, 'maya'));
    });
    after(() => node.close());

    const valuesOf = async (of: Vault): Promise<string[]> => {
      const ids = of.list({ limit: 1_000 }).rows.map((row) => row.id);
      return (await done(of.getMany(ids))).map((item) => item.value);
    };
    /** What the node has of a category, whole. */
    const whole = async (category: string): Promise<unknown> => {
      const [live, trashed] = [false, true].map((it) =>
        node.done<Page>('list-items', { category, idsOnly: true, trashed: it }, MAYA),
      );
      const ids = [...((await live)?.ids ?? []), ...((await trashed)?.ids ?? [])].sort();
      return node.done('read-whole-items', { ids }, MAYA);
    };

    test('what is sealed comes back as it was, is found, and is not taken in the clear', async () => {
      const { id } = await node.done<{ id: string }>(
        'put-item',
        { property: EMAIL, value: 'm@example.org' },
        MAYA,
      );
      await node.done('put-item', { id, property: EMAIL, value: 'maya@example.net', tags: ['mail'] }, MAYA);
      await done(vault.sealCategory('contact'));
      const refused = await node.refused('put-item', { property: EMAIL, value: 'x@example.org' }, MAYA);
      assert.equal(refused.code, 'category-sealed');
      const made = await done(
        vault.put({ property: 'schema:name', value: ' Maya Peeters ', note: 'since ever' }),
      );
      const second = await done(deviceOf(node, device.whose).open());
      const listed = second.list({ limit: 1 });
      assert.deepEqual([listed.rows[0]?.property, listed.total], ['schema:name', 2]);
      const rest = second.list({ limit: 1, after: listed.next });
      assert.deepEqual([rest.rows[0]?.id, rest.next], [id, undefined]);
      assert.equal(second.list({ search: 'EXAMPLE.net mail', limit: 10 }).rows[0]?.id, id);
      const item = await done(second.get(id));
      assert.deepEqual([item.value, item.version, item.tags], ['maya@example.net', 2, ['mail']]);
      const past = (await done(second.history(id))).map((it) => [it.version, it.value]);
      assert.deepEqual(past, [
        [2, 'maya@example.net'],
        [1, 'm@example.org'],
      ]);
      const third = await done(deviceOf(node, device.whose).open({ recoveryCode }));
      assert.deepEqual(await done(third.get(made.id)), made);
      assert.equal(made.value, 'Maya Peeters');
      assert.equal(await codeOf(deviceOf(node, device.whose).open({ passphrase: `${OWN}!` })), 'way-shut');
    });

    test('input is read by the rules of My data', async () => {
      const codes = [
        await codeOf(vault.put({ property: EMAIL, value: 'nobody' })),
        await codeOf(vault.put({ property: 'mail', value: 'x' })),
        await codeOf(vault.put({ property: EMAIL, value: 'a@example.org', tags: [''] })),
        await codeOf(vault.put({ property: 'schema:height', value: '180 cm' })),
        await codeOf(vault.put({ id: 'unknown', property: EMAIL, value: 'a@example.org' })),
      ];
      assert.deepEqual(codes, [
        'value-unfit',
        'input-invalid',
        'input-invalid',
        'category-served',
        'item-unknown',
      ]);
      const item = await done(vault.put({ property: EMAIL, value: 'a@example.org' }));
      const again = { id: item.id, property: EMAIL, value: 'a@example.org' };
      assert.deepEqual(await done(vault.put(again)), item, 'the same again makes no version');
      assert.equal(
        await codeOf(vault.put({ ...again, value: 'b@example.org', ifVersion: 7 })),
        'item-changed',
      );
      assert.equal(await codeOf(vault.put({ ...again, property: 'vcard:note' })), 'category-other');
      assert.deepEqual(
        (await done(vault.trash([item.id, 'unknown']))).not.map((it) => it.code),
        ['item-unknown'],
      );
      assert.deepEqual(
        vault.list({ limit: 9, trashed: true }).rows.map((row) => row.id),
        [item.id],
      );
      assert.equal(await codeOf(vault.put({ ...again, value: 'b@example.org' })), 'item-trashed');
      await done(vault.restore([item.id]));
      assert.deepEqual(
        (await done(vault.erase([item.id]))).not.map((it) => it.code),
        ['item-in-use'],
      );
      assert.deepEqual(
        (await done(vault.history(item.id))).map((it) => it.how),
        ['restored', 'removed', 'put'],
      );
      await done(vault.trash([item.id]));
      assert.deepEqual((await done(vault.erase([item.id]))).done, [item.id]);
      assert.equal(await codeOf(vault.get(item.id)), 'item-unknown');
    });

    test('two devices that write at once lose nothing', async () => {
      const other = await done(deviceOf(node, device.whose).open());
      const shared = await done(vault.put({ property: EMAIL, value: 'shared@example.org' }));
      await done(other.reload());
      const write = (of: Vault, who: string) => async (_: unknown, at: number) => {
        await done(of.put({ property: EMAIL, value: `${who}${at}@example.org` }));
        return done(of.put({ id: shared.id, property: EMAIL, value: `${who}-shared${at}@example.org` }));
      };
      const both = [vault, other].map(async (of, who) => {
        for (let at = 0; at < 6; at++) await write(of, `d${who}`)(undefined, at);
      });
      await Promise.all(both);
      await done(vault.reload());
      await done(other.reload());
      const values = await valuesOf(vault);
      assert.deepEqual(await valuesOf(other), values);
      assert.equal(values.filter((it) => /^d[01][0-5]@/.test(it)).length, 12);
      const history = await done(other.history(shared.id));
      assert.equal(history.length, 13, 'each change is a version');
      assert.equal(new Set(history.map((it) => it.value)).size, 13);
    });

    test('a sealing that is interrupted anywhere goes on, and a way back brings all of it', async () => {
      for (let at = 0; at < 60; at++) {
        await node.done(
          'put-item',
          { property: 'schema:brand', value: `brand ${at}`, label: `Brand ${at}` },
          MAYA,
        );
      }
      const { ids } = await node.done<Page>('list-items', { category: 'preference', idsOnly: true }, MAYA);
      const [first = '', second = ''] = ids;
      for (let at = 0; at < 4; at++) {
        await node.done('put-item', { id: first, property: 'schema:brand', value: `again ${at}` }, MAYA);
      }
      await node.done('remove-item', { id: second }, MAYA);
      const was = await whole('preference');
      // Each answer of a write is lost once, whether or not the node had taken it.
      let writes = 0;
      const shaky = deviceOf(node, device.whose);
      shaky.between = (call) => async (operation, input) => {
        if (!/^(write-sealed|seal-category|serve-)/.test(operation) || ++writes % 3 === 0) {
          return call(operation, input);
        }
        if (writes % 3 === 2) await call(operation, input);
        return LOST;
      };
      let tries = 0;
      const until = async (work: (of: Vault) => Promise<string>): Promise<void> => {
        for (; ; tries++) {
          assert.ok(tries < 60, 'it comes to an end');
          const code = await work(await done(shaky.open()));
          if (code === 'ok') return;
          assert.equal(code, 'node-lost');
        }
      };
      await until((of) => codeOf(of.sealCategory('preference')));
      assert.ok(tries > 3, 'it was interrupted');
      const sealed = await done(deviceOf(node, device.whose).open());
      const stands = sealed.categories().find((it) => it.category === 'preference');
      assert.deepEqual(stands, { category: 'preference', mode: 'sealed', items: 60, served: 0 });
      assert.equal((await done(sealed.history(first))).length, 5);
      await until((of) => codeOf(of.serveCategory('preference')));
      assert.deepEqual(await whole('preference'), was, 'as if it had never been sealed');
      await done(vault.reload());
      assert.equal(vault.categories().find((it) => it.category === 'preference')?.mode, 'served');
      const stop = new AbortController();
      const stopping = vault.sealCategory('preference', () => stop.abort(), stop.signal);
      assert.equal(await codeOf(stopping), 'stopped');
      assert.deepEqual(await done(vault.sealCategory('preference')), { moved: 10 });
      assert.equal(await codeOf(vault.sealCategory('preference')), 'ok', 'again is no harm');
    });

    // What a device puts together is the same on both.
    if (engine === 'sqlite')
      test('a history that is longer than one write goes along', async () => {
        const long = 'ä'.repeat(9_000);
        const { id } = await node.done<{ id: string }>(
          'put-item',
          { property: 'vcard:note', value: '0' },
          MAYA,
        );
        for (let at = 1; at < 45; at++) {
          await node.done('put-item', { id, property: 'vcard:note', value: `${at} ${long}` }, MAYA);
        }
        await done(vault.sealCategory('note'));
        const history = await done(vault.history(id));
        assert.deepEqual(
          history.map((it) => Number.parseInt(it.value, 10)),
          Array.from({ length: 45 }, (_, at) => 44 - at),
        );
      });
  });
}
