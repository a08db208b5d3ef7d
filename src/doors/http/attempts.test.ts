import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, HOST } from '../../../test/harness/http-client.ts';
import { PASSPHRASE, startTestNode, type TestNode } from '../../../test/harness/node.ts';
import { engines } from '../../../test/harness/test-deps.ts';
import { LIMITS } from '../../kernel/limits.ts';

const QUARTER_MS = 15 * 60_000;

/** The code with which this is answered to somebody at that address, as the HTTP server tells it. */
async function from(
  node: TestNode,
  address: string | undefined,
  operation: string,
  input: object,
  more: Readonly<Record<string, string>> = {},
) {
  const request = new Request(`http://${HOST}/api/${operation}`, {
    method: 'POST',
    headers: { host: HOST, 'content-type': 'application/json', ...more },
    body: JSON.stringify(input),
  });
  const env = { incoming: { socket: { remoteAddress: address } } };
  const { status, json } = await answerOf(await node.app.fetch(request, env));
  return status === 200 ? 'done' : json.code;
}

/** A try that costs nothing and is never right. */
const guess = (node: TestNode, address: string | undefined, handle: string) =>
  from(node, address, 'recover-party', { handle, code: 'zzzz', newPassphrase: PASSPHRASE });

for (const engine of engines()) {
  test(`${engine}: who guesses from elsewhere tires by name, by address and altogether, and locks nobody out here`, async () => {
    const node = await startTestNode({ engine, seed: `attempts-${engine}`, rehearse: false });
    try {
      await node.party('ada');
      const signIn = { handle: 'ada', passphrase: PASSPHRASE };
      const rounds = async (count: number, address: (i: number) => string | undefined, handle: string) => {
        const ends: (string | undefined)[] = [];
        for (let i = 0; i < count; i++) ends.push(await guess(node, address(i), handle));
        return ends;
      };
      const tired = (ends: readonly unknown[]): number =>
        ends.filter((end) => end === 'too-many-attempts').length;

      const lan = '192.168.1.66';
      assert.equal(tired(await rounds(LIMITS.signInAttempts + 2, () => lan, 'ada')), 2);
      assert.equal(await from(node, '192.168.1.7', 'sign-in', signIn), 'too-many-attempts');
      for (const here of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
        assert.equal(await from(node, here, 'sign-in', signIn), 'done', here);

      const sofar = LIMITS.signInAttempts + 2;
      for (let i = sofar; i < LIMITS.signInAttemptsPerAddress; i++)
        assert.equal(await guess(node, lan, `name-${i}`), 'recovery-refused');
      assert.equal(await guess(node, lan, 'one-more'), 'too-many-attempts', 'of one address');

      const spread = await rounds(LIMITS.signInAttemptsFromElsewhere, (i) => `10.0.0.${i}`, 'nobody');
      assert.equal(spread.at(-1), 'too-many-attempts');
      assert.equal(await guess(node, 'fe80::1', 'somebody'), 'too-many-attempts', 'altogether');
      assert.equal(
        await guess(node, undefined, 'somebody'),
        'too-many-attempts',
        'who has hung up is elsewhere',
      );
      assert.equal(await from(node, '127.0.0.1', 'sign-in', signIn), 'done');

      node.clock?.advance(QUARTER_MS);
      assert.equal(await from(node, lan, 'sign-in', signIn), 'done');
    } finally {
      await node.close();
    }
  });

  test(`${engine}: who comes through the proxy of a public node is elsewhere, and locks nobody out at the machine`, async () => {
    const publicOrigin = 'https://parley.example.org';
    const node = await startTestNode({ engine, seed: `proxied-${engine}`, rehearse: false, publicOrigin });
    try {
      await node.party('ada');
      const signIn = { handle: 'ada', passphrase: PASSPHRASE };
      const proxied = (said: string | undefined, operation: string, input: object) =>
        from(node, '127.0.0.1', operation, input, {
          host: 'parley.example.org',
          ...(said !== undefined && { 'x-forwarded-for': said }),
        });
      const tries = async (said: (i: number) => string | undefined, handle: (i: number) => string) => {
        const ends: unknown[] = [];
        for (let i = 0; i < LIMITS.signInAttemptsPerAddress + 1; i++) {
          const input = { handle: handle(i), code: 'zzzz', newPassphrase: PASSPHRASE };
          ends.push(await proxied(said(i), 'recover-party', input));
        }
        return ends.filter((end) => end === 'too-many-attempts').length;
      };
      const ofOne = await tries(
        (i) => `10.0.0.${i}, 203.0.113.7`,
        (i) => `name-${i}`,
      );
      assert.equal(ofOne, 1, 'the last one it says is believed, and no other');
      assert.equal(
        await tries(
          (i) => `203.0.113.${100 + i}`,
          () => 'ada',
        ),
        21,
        'of one name',
      );
      assert.equal(
        await tries(
          () => undefined,
          (i) => `other-${i}`,
        ),
        1,
        'one that is not told counts as one',
      );
      assert.equal(await proxied('203.0.113.99', 'sign-in', signIn), 'too-many-attempts');
      assert.equal(await from(node, '127.0.0.1', 'sign-in', signIn), 'done', 'at the machine');
      const forged = { 'x-forwarded-for': '127.0.0.1' };
      assert.equal(await from(node, '192.168.1.7', 'sign-in', signIn, forged), 'too-many-attempts');
    } finally {
      await node.close();
    }
  });
}
