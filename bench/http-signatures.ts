import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { sha256, toUtf8 } from '../src/kernel/bytes.ts';
import { must } from '../src/kernel/result.ts';
import { signingKey } from '../src/kernel/signing.ts';
import type { WireRequest } from '../src/network/model.ts';
import { parseDictionary } from '../src/network/parse-fields.ts';
import { signRequest } from '../src/network/sign-request.ts';
import { signatureBase } from '../src/network/signature-base.ts';
import { isInnerList } from '../src/network/structured-fields.ts';
import { verifyRequest } from '../src/network/verify-request.ts';

const ROUNDS = 9;
const CALLS = 400;
const NOW = Date.UTC(2026, 10, 29, 12);
const SIGNING = {
  created: NOW,
  expires: NOW + 300_000,
  nonce: 'AAECAwQFBgcICQoLDA0ODw',
  tag: 'parley-v1',
} as const;

/** What is done, and what of it node:crypto alone would have to do. */
interface Pair {
  readonly what: string;
  readonly ours: () => void;
  readonly bare: () => void;
}

/** Signing and verifying a whole request, as a ratio to node:crypto over the same octets in the same run. */
export async function bench(): Promise<number> {
  console.log(
    `Requests a second, on one core: the median of ${ROUNDS} rounds of ${CALLS}, ours and the floor in turns.
The floor: one Ed25519 signature by node:crypto over the same signature base and one SHA-256 of the same body, with
the key at hand; for "key in octets", with the key made from its 32 octets first, as it stands in a request.\n`,
  );
  console.log(`${''.padEnd(48)} ${'ours'.padStart(9)} ${'floor'.padStart(9)} ${'ratio'.padStart(7)}`);
  for (const pair of [0, 1_000, 64_000].flatMap(pairs)) {
    const { ours, bare } = inTurns(pair);
    const ratio = `${(bare / ours).toFixed(2)}x`;
    console.log(`${pair.what.padEnd(48)} ${perSecond(ours)} ${perSecond(bare)} ${ratio.padStart(7)}`);
  }
  return 0;
}

function pairs(size: number): Pair[] {
  const pair = generateKeyPairSync('ed25519');
  const seed = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const key = signingKey(new Uint8Array(seed));
  const request: WireRequest = {
    method: 'POST',
    url: 'https://node.example/parley/v1/inbox/4q2Xh0pYb7c',
    headers: { 'content-type': 'application/x-ndjson' },
    body: new Uint8Array(size).fill(0x61),
  };
  const signed = signRequest(request, key, SIGNING);
  const base = baseOf(signed);
  const secret = createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const known = createPublicKey(secret);
  const der = known.export({ format: 'der', type: 'spki' });
  const signature = sign(null, base, secret);
  return [
    {
      what: `sign a request of ${size.toLocaleString('en')} octets`,
      ours: () => signRequest(request, key, SIGNING),
      bare: () => [sign(null, base, secret), sha256(request.body)],
    },
    {
      what: `verify a request of ${size.toLocaleString('en')} octets`,
      ours: () => must(verifyRequest(signed, NOW)),
      bare: () => [verify(null, base, known, signature), sha256(request.body)],
    },
    {
      what: `verify a request of ${size.toLocaleString('en')} octets, key in octets`,
      ours: () => must(verifyRequest(signed, NOW)),
      bare: () => {
        const made = createPublicKey({ key: der, format: 'der', type: 'spki' });
        return [verify(null, base, made, signature), sha256(request.body)];
      },
    },
  ];
}

function baseOf(signed: WireRequest): Uint8Array {
  const covered = must(parseDictionary(signed.headers['signature-input'] ?? '')).get('parley');
  if (!covered || !isInnerList(covered)) throw new Error('our own signature covers a list');
  return toUtf8(must(signatureBase(signed, covered)));
}

/** Calls a second of both, each the median of its rounds. */
function inTurns({ ours, bare }: Pair): { readonly ours: number; readonly bare: number } {
  const speeds: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
  for (const work of [ours, bare]) speedOf(work); // warms up
  for (let round = 0; round < ROUNDS; round++) {
    speeds.ours.push(speedOf(ours));
    speeds.bare.push(speedOf(bare));
  }
  return { ours: median(speeds.ours), bare: median(speeds.bare) };
}

/** By the time of this process alone: others on the machine do not count. */
function speedOf(work: () => void): number {
  const began = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) work();
  const { user, system } = process.cpuUsage(began);
  return (CALLS * 1e6) / (user + system);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function perSecond(speed: number): string {
  return Math.round(speed).toLocaleString('en').padStart(9);
}
