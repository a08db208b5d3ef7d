import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  randomBytes,
} from 'node:crypto';
import { hpkeKey } from '../src/kernel/hpke.ts';
import { systemRandom } from '../src/kernel/random.ts';
import { must } from '../src/kernel/result.ts';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  MESSAGE_STEPS,
  openRequest,
  PUBLISHED_AEADS,
  padMessage,
  sealRequest,
} from '../src/network/index.ts';
import { inTurns } from './print.ts';

const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');

/**
 * One journey through a relay, both ends of it: encode, pad, seal, open, decode, and the same for the answer. Beside it,
 * in turns, the least that node:crypto needs for that on the same octets: a fresh X25519 key, two agreements, AES-256-GCM
 * four times. It has no derivation of keys, no HTTP and no padding, so no 1.0 is to be expected.
 */
export async function bench(): Promise<number> {
  const rows = MESSAGE_STEPS.map((step) => {
    const [ours, bare] = inTurns(journey(step), bareJourney(step));
    return { step, ours, bare };
  });
  console.log('round trips per second of one processor  bare node:crypto     Parley   ratio');
  for (const { step, ours, bare } of rows) {
    const what = `request and answer of ${String(step / 1024).padStart(4)} KiB each`.padEnd(40);
    console.log(
      `${what}${bare.toFixed(0).padStart(17)} ${ours.toFixed(0).padStart(10)} ${(ours / bare).toFixed(2).padStart(7)}`,
    );
  }
  return 0;
}

function journey(step: number): () => void {
  const key = hpkeKey(systemRandom.bytes(32));
  const gateway = { keyId: 1, key, aeads: PUBLISHED_AEADS };
  const configuration = { keyId: 1, publicKey: key.publicKey, aeads: PUBLISHED_AEADS };
  const body = systemRandom.bytes(step - 500);
  const headers = { 'content-type': 'application/parley-envelopes', signature: 's'.repeat(90) };
  const request = { method: 'POST', url: 'https://market.example/parley/v1/inbox/abcdefghij', headers, body };
  const response = { status: 200, headers, body };
  return () => {
    const sealed = must(sealRequest(configuration, must(padMessage(encodeRequest(request))), systemRandom));
    const opened = must(openRequest([gateway], sealed.octets));
    must(decodeRequest(opened.plain));
    const answer = opened.sealResponse(must(padMessage(encodeResponse(response))), systemRandom);
    must(decodeResponse(sealed.openResponse(answer) ?? new Uint8Array(0)));
  };
}

function bareJourney(step: number): () => void {
  const gateway = privateKey(randomBytes(32));
  const gatewayPublic = createPublicKey(gateway);
  const plain = randomBytes(step);
  const pass = (key: Buffer) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAuthTag(cipher.getAuthTag());
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  };
  return () => {
    const ephemeral = privateKey(randomBytes(32));
    const { x = '' } = ephemeral.export({ format: 'jwk' });
    const ours = diffieHellman({ privateKey: ephemeral, publicKey: gatewayPublic });
    const der = Buffer.concat([SPKI, Buffer.from(x, 'base64url')]);
    const sent = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const theirs = diffieHellman({ privateKey: gateway, publicKey: sent });
    pass(ours);
    pass(theirs);
  };
}

function privateKey(secret: Buffer) {
  return createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });
}
