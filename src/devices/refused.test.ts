import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { testBrowser } from '../../test/harness/http-client.ts';
import { PASSPHRASE } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { type Bent, MINUTE_MS, ORIGIN, openWorld, QUARTER_MS, softPasskey, type World } from './testing.ts';

for (const engine of engines()) {
  describe(`what is refused on ${engine}`, () => {
    let world: World;
    before(async () => {
      world = await openWorld(engine, 'refused');
    });
    after(() => world.node.close());

    test('whatever is wrong with what a passkey answers, it is refused', async () => {
      const at = await world.signedIn('cleo');
      const device = softPasskey('EdDSA', ORIGIN);
      await world.add(at, device);
      const bens = Buffer.from(await userHandleOf('ben'), 'base64url').toString('base64url');
      const wrong: Bent[] = [
        { origin: 'http://localhost:7448' },
        { origin: 'https://localhost:7447' },
        { site: 'example.org' },
        { type: 'webauthn.create' },
        { challenge: Buffer.alloc(54).toString('base64url') },
        { isVerified: false },
        { userHandle: bens },
        { userHandle: '' },
      ];
      for (const bent of wrong) {
        assert.equal(await world.comeIn(device, bent), 'passkey-refused', JSON.stringify(bent));
        world.node.clock?.advance(QUARTER_MS);
      }
      const stranger = softPasskey('EdDSA', ORIGIN);
      assert.equal(await world.comeIn(stranger), 'passkey-refused', 'one that nobody here has');
      assert.equal(await world.comeIn(device), 'in');
    });

    test('a key that opens nothing, a bent signature and somebody else’s are refused', async () => {
      const at = await world.signedIn('cleo');
      const device = softPasskey('ES256', ORIGIN);
      const other = softPasskey('ES256', ORIGIN);
      await world.add(at, device);
      await world.add(at, other);
      const here = world.browser();
      const opener = Buffer.alloc(32).toString('base64url');
      const answer = await world.answerOf(here, device);
      assert.equal(await world.code(here, 'sign-in-with-passkey', { ...answer, opener }), 'passkey-refused');
      const { signed } = await world.answerOf(here, device);
      const foreign = (await world.answerOf(here, other)).signed.signature;
      const bent = { signed: { ...signed, signature: foreign } };
      assert.equal(await world.code(here, 'sign-in-with-passkey', bent), 'passkey-refused');
      assert.equal(await world.comeIn(device), 'in');
    });

    test('a challenge is answered once, in five minutes, by the session that asked, for what it was asked', async () => {
      const at = await world.signedIn('ada');
      const device = softPasskey('EdDSA', ORIGIN);
      await world.add(at, device);
      const here = world.browser();
      const answer = await world.answerOf(here, device);
      await world.done(here, 'sign-in-with-passkey', answer);
      assert.equal(
        await world.code(world.browser(), 'sign-in-with-passkey', answer),
        'passkey-refused',
        'once',
      );
      const late = world.browser();
      const early = await world.answerOf(late, device);
      world.node.clock?.advance(5 * MINUTE_MS);
      assert.equal(
        await world.code(late, 'sign-in-with-passkey', early),
        'passkey-refused',
        'in five minutes',
      );
      const bens = await world.signedIn('ben');
      const hers = await world.answerOf(at, device);
      assert.equal(await world.code(bens, 'sign-in-with-passkey', hers), 'passkey-refused', 'by who asked');
      const { options, salt } = await world.prepare(at);
      const toAdd = device.sign({ challenge: options.challenge, rpId: 'localhost' }, salt);
      const reset = { newPassphrase: PASSPHRASE };
      assert.equal(await world.code(at, 'reset-passphrase', { ...reset, again: toAdd }), 'passkey-refused');
      const toComeIn = await world.answerOf(at, device);
      assert.equal(
        await world.code(at, 'reset-passphrase', { ...reset, again: toComeIn }),
        'passkey-refused',
      );
      world.node.clock?.advance(QUARTER_MS);
      assert.equal(await world.comeIn(device), 'in');
    });

    test('a passkey that counts backwards is told as a copy; one that does not count is not', async () => {
      const at = await world.signedIn('ada');
      const device = softPasskey('EdDSA', ORIGIN);
      await world.add(at, device);
      assert.equal(await world.comeIn(device, { counter: 7 }), 'in');
      assert.equal(await world.comeIn(device, { counter: 7 }), 'passkey-copied');
      assert.equal(await world.comeIn(device, { counter: 6 }), 'passkey-copied');
      assert.equal(await world.comeIn(device, { counter: 0 }), 'passkey-copied');
      assert.equal(await world.comeIn(device, { counter: 8 }), 'in');
      const [one, other] = [world.browser(), world.browser()];
      const atOnce = [one, other].map(
        async (it) => [it, await world.answerOf(it, device, { counter: 9 })] as const,
      );
      const ends = await Promise.all(
        (await Promise.all(atOnce)).map(([it, answer]) => world.code(it, 'sign-in-with-passkey', answer)),
      );
      assert.equal(ends.filter((end) => end === undefined).length, 1, 'of two with one count one is let in');
      const silent = softPasskey('ES256', ORIGIN);
      await world.add(at, silent);
      for (const _ of [1, 2]) assert.equal(await world.comeIn(silent, { counter: 0 }), 'in');
    });

    test('a new passkey that does not fit what was asked is not added', async () => {
      const at = await world.signedIn('ada');
      const bens = await world.signedIn('ben');
      const before = (await world.listed(at)).length;
      const wrong: Bent[] = [
        { origin: 'http://localhost:7448' },
        { site: 'example.org' },
        { type: 'webauthn.get' },
        { isVerified: false },
        { algorithm: -65535 },
      ];
      for (const bent of wrong) {
        const { options, salt } = await world.prepare(at);
        const made = softPasskey('ES256', ORIGIN).make(options, salt, bent);
        const input = { name: 'x', ...made, passphrase: PASSPHRASE };
        assert.equal(await world.code(at, 'add-passkey', input), 'passkey-not-made', JSON.stringify(bent));
      }
      const { options, salt } = await world.prepare(bens);
      const made = softPasskey('EdDSA', ORIGIN).make(options, salt);
      const input = { name: 'x', ...made, passphrase: PASSPHRASE };
      assert.equal(await world.code(at, 'add-passkey', input), 'passkey-not-made', 'what another was asked');
      assert.equal((await world.listed(at)).length, before);
    });

    test('what the maker of a device says of it is not looked at, and nobody is asked about it', async (t) => {
      const asked = t.mock.method(globalThis, 'fetch', () => Promise.reject(new Error('nobody is asked')));
      const at = await world.signedIn('cleo');
      for (const format of ['packed', 'android-key', 'tpm', 'apple', 'fido-u2f', 'invented']) {
        const { options, salt } = await world.prepare(at);
        const made = softPasskey('ES256', ORIGIN).make(options, salt, { format });
        await world.done(at, 'add-passkey', { name: format, ...made, passphrase: PASSPHRASE });
      }
      const { options, salt } = await world.prepare(at);
      const made = softPasskey('ES256', ORIGIN).make(options, salt);
      const passkey = { ...made.passkey, attestationObject: 'oA' };
      const input = { name: 'x', passkey, passphrase: PASSPHRASE };
      assert.equal(await world.code(at, 'add-passkey', input), 'passkey-not-made', 'an empty one');
      assert.equal(asked.mock.callCount(), 0);
    });

    test('nothing of what the passkey keeps to itself is taken: an answer with more in it is refused', async () => {
      const at = await world.signedIn('ada');
      const { options, salt } = await world.prepare(at);
      const made = softPasskey('EdDSA', ORIGIN).make(options, salt);
      const passkey = {
        ...made.passkey,
        clientExtensionResults: { prf: { results: { first: made.opener } } },
      };
      const input = { name: 'x', passkey, passphrase: PASSPHRASE };
      assert.equal(await world.code(at, 'add-passkey', input), 'input-invalid');
    });

    test('who guesses at a passkey tires, and locks nobody’s passphrase out', async () => {
      const at = await world.signedIn('ada');
      const device = softPasskey('EdDSA', ORIGIN);
      await world.add(at, device);
      const ends = [];
      for (let i = 0; i < 11; i++) ends.push(await world.comeIn(device, { site: 'example.org' }));
      assert.deepEqual(ends.slice(9), ['passkey-refused', 'too-many-attempts']);
      assert.equal(await world.comeIn(device), 'too-many-attempts');
      await world.signedIn('ada');
      world.node.clock?.advance(QUARTER_MS);
      assert.equal(await world.comeIn(device), 'in');
    });

    test('an address that is a number, and the command line, are told where passkeys work', async () => {
      const at = testBrowser(world.node.app, '127.0.0.1:7447');
      await world.done(at, 'sign-in', { handle: 'ada', passphrase: PASSPHRASE });
      for (const operation of ['prepare-passkey', 'prepare-passkey-sign-in']) {
        const { json } = await at.post(operation);
        assert.equal(json.code, 'passkeys-not-here');
        assert.match(json.detail, /http:\/\/localhost:7447 /);
      }
      assert((await world.listed(at)).every((row) => row.kind !== 'passkey' || row.isHere === false));
      const refused = await world.node.refused('prepare-passkey', {}, { as: 'ada' });
      assert.equal(refused.code, 'passkeys-not-here');
    });

    async function userHandleOf(handle: string): Promise<string> {
      return (await world.prepare(await world.signedIn(handle))).options.user.id;
    }
  });
}
