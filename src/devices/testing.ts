import assert from 'node:assert/strict';
import {
  createHash,
  createHmac,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import type { z } from 'zod';
import { testBrowser } from '../../test/harness/http-client.ts';
import { PASSPHRASE, startTestNode } from '../../test/harness/node.ts';
import type { Engine } from '../../test/harness/test-deps.ts';
import type { DeviceList } from './list-devices.ts';
import type { CreationOptions, NewPasskey, PasskeyAnswer, RequestOptions } from './model.ts';
import type { PasskeyPrepared } from './prepare-passkey.ts';
import type { SignInPrepared } from './prepare-passkey-sign-in.ts';

/** What a browser and an authenticator in it do together, as WebAuthn says, with every part of it open to be bent. */
interface SoftPasskey {
  /** A new passkey for these options; what it would answer with `prf` is in `opener`. */
  make(options: z.output<typeof CreationOptions>, salt: string, bent?: Bent): Made;
  sign(options: Asked, salt: string, bent?: Bent): z.output<typeof PasskeyAnswer>;
}

type Asked = Pick<z.output<typeof RequestOptions>, 'challenge' | 'rpId'>;

interface Made {
  readonly passkey: z.output<typeof NewPasskey>;
  readonly opener: string;
}

/** What is not as it should be. */
export interface Bent {
  readonly origin?: string;
  readonly site?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly isVerified?: boolean;
  readonly algorithm?: number;
  /** The format of what the maker of the device says of it; the statement itself is then no such thing. */
  readonly format?: string;
}

const UP = 1;
const UV = 4;
const AT = 64;

/** A passkey for the pages at `origin`. */
export function softPasskey(algorithm: 'ES256' | 'EdDSA', origin: string): SoftPasskey {
  const { privateKey, publicKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519');
  const id = randomBytes(32);
  const secret = randomBytes(32);
  let counter = 0;
  let user = '';
  const keyOf = (salt: string): string => {
    const asked = createHash('sha256')
      .update('WebAuthn PRF\0')
      .update(Buffer.from(salt, 'base64url'))
      .digest();
    const prf = createHmac('sha256', secret).update(asked).digest();
    return Buffer.from(hkdfSync('sha256', prf, '', 'parley/opens-secret/v1', 32)).toString('base64url');
  };
  return {
    make(options, salt, bent = {}) {
      user = options.user.id;
      const cose = coseKey(publicKey, bent.algorithm);
      const length = Buffer.from([0, id.length]);
      const head = headOf(bent.site ?? options.rp.id, AT | flagsOf(bent), bent.counter ?? counter);
      const authData = Buffer.concat([head, Buffer.alloc(16), length, id, cose]);
      const attestation = map(
        [text('fmt'), text(bent.format ?? 'none')],
        [text('attStmt'), bent.format === undefined ? map() : map([text('sig'), bytes(randomBytes(64))])],
        [text('authData'), bytes(authData)],
      );
      return {
        passkey: {
          id: id.toString('base64url'),
          clientDataJSON: clientData('webauthn.create', options.challenge, origin, bent).toString(
            'base64url',
          ),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
        opener: keyOf(salt),
      };
    },
    sign(options, salt, bent = {}) {
      counter = bent.counter ?? counter + 1;
      const authData = headOf(bent.site ?? options.rpId, flagsOf(bent), counter);
      const client = clientData('webauthn.get', options.challenge, origin, bent);
      const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
      const signature = sign(algorithm === 'ES256' ? 'sha256' : null, signed, privateKey);
      return {
        signed: {
          id: id.toString('base64url'),
          clientDataJSON: client.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: bent.userHandle ?? user,
        },
        opener: keyOf(salt),
      };
    },
  };
}

function flagsOf({ isVerified = true }: Bent): number {
  return isVerified ? UP | UV : UP;
}

function headOf(site: string, flags: number, counter: number): Buffer {
  const rest = Buffer.alloc(5);
  rest.writeUInt8(flags);
  rest.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash('sha256').update(site).digest(), rest]);
}

function clientData(type: string, challenge: string, origin: string, bent: Bent): Buffer {
  const said = {
    type: bent.type ?? type,
    challenge: bent.challenge ?? challenge,
    origin: bent.origin ?? origin,
  };
  return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }));
}

/** COSE (RFC 9053): kty, alg, curve and the point. */
function coseKey(key: KeyObject, algorithm: number | undefined): Buffer {
  const { crv, x = '', y = '' } = key.export({ format: 'jwk' });
  const at = (name: number, value: Buffer) => [int(name), value] as const;
  const point = (text: string) => bytes(Buffer.from(text, 'base64url'));
  return crv === 'P-256'
    ? map(at(1, int(2)), at(3, int(algorithm ?? -7)), at(-1, int(1)), at(-2, point(x)), at(-3, point(y)))
    : map(at(1, int(1)), at(3, int(algorithm ?? -8)), at(-1, int(6)), at(-2, point(x)));
}

/** The little of CBOR (RFC 8949) that an attestation needs. */
function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count]);
  if (count < 256) return Buffer.from([(major << 5) | 24, count]);
  return Buffer.from([(major << 5) | 25, count >> 8, count & 255]);
}

const int = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (...entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);

const HOST = 'localhost:7447';
/** Where the pages of the world below are. */
export const ORIGIN = `http://${HOST}`;
export const MINUTE_MS = 60_000;
export const QUARTER_MS = 15 * MINUTE_MS;

/** Somebody at a browser of their own. */
type Browser = ReturnType<typeof testBrowser>;
export type World = Awaited<ReturnType<typeof openWorld>>;

/** A node with Ada, Ben and Cleo on it, and what they do at their browsers. */
export async function openWorld(engine: Engine, seed: string) {
  const node = await startTestNode({ engine, seed: `${seed} ${engine}` });
  const [ada, ben, cleo] = [await node.party('ada'), await node.party('ben'), await node.party('cleo')];
  const browser = (): Browser => testBrowser(node.app, HOST);
  const done = async <T>(at: Browser, operation: string, input: object = {}): Promise<T> => {
    const answer = await at.post(operation, input);
    assert.equal(answer.status, 200, `${operation}: ${JSON.stringify(answer.json)}`);
    return answer.json as unknown as T; // the test says what it expects
  };
  /** How it ends: undefined when it was done. */
  const code = async (at: Browser, operation: string, input: object = {}): Promise<string | undefined> =>
    (await at.post(operation, input)).json.code;
  const signedIn = async (handle: string): Promise<Browser> => {
    const at = browser();
    await done(at, 'sign-in', { handle, passphrase: PASSPHRASE });
    return at;
  };
  const prepare = (at: Browser) => done<z.output<typeof PasskeyPrepared>>(at, 'prepare-passkey');
  const prepareSignIn = (at: Browser, input: object = {}) =>
    done<z.output<typeof SignInPrepared>>(at, 'prepare-passkey-sign-in', input);
  const answerOf = async (at: Browser, device: SoftPasskey, bent?: Bent) => {
    const { options, salt } = await prepareSignIn(at);
    return device.sign(options, salt, bent);
  };
  return {
    ...{ node, homes: { ada, ben, cleo }, browser, done, code, signedIn, prepare, prepareSignIn, answerOf },
    async add(at: Browser, device: SoftPasskey, more: object = {}): Promise<{ id: string }> {
      const { options, salt } = await prepare(at);
      const made = device.make(options, salt);
      return done(at, 'add-passkey', { name: 'phone', ...made, passphrase: PASSPHRASE, ...more });
    },
    /** Signs in with it; `in` when that was done. */
    async comeIn(device: SoftPasskey, bent?: Bent, at = browser()): Promise<string> {
      return (await code(at, 'sign-in-with-passkey', await answerOf(at, device, bent))) ?? 'in';
    },
    async listed(at: Browser): Promise<z.output<typeof DeviceList>['rows']> {
      return (await done<z.output<typeof DeviceList>>(at, 'list-devices')).rows;
    },
  };
}
