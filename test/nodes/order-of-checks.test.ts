import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guardOf } from '../../src/delivery/index.ts';
import { toUtf8 } from '../../src/kernel/bytes.ts';
import { LIMITS } from '../../src/kernel/limits.ts';
import {
  ENVELOPES,
  inboxUrl,
  readProblem,
  signRequest,
  TAG,
  type WireRequest,
} from '../../src/network/index.ts';
import { testKey } from '../../src/network/testing.ts';
import { answerPeer } from '../../src/node/answer-peer.ts';
import { makeInboxPath } from '../../src/parties/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { repositoryText } from '../laws/repository.ts';

const PAGE = repositoryText('docs/reference/wire.md');
const ORIGIN = 'https://home.example';
const KEY = testKey('a stranger');
const STRANGE = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** What is mended of a request, one fault after the other. */
interface Mended {
  readonly version: boolean;
  readonly method: boolean;
  readonly type: boolean;
  readonly size: boolean;
  readonly rate: boolean;
  readonly signature: boolean;
  readonly lane: boolean;
  readonly count: boolean;
  readonly path: boolean;
}

const FAULTS = [
  'version',
  'method',
  'type',
  'size',
  'rate',
  'signature',
  'lane',
  'count',
  'path',
] as const satisfies readonly (keyof Mended)[];

test('a request with every fault is answered as the page orders the checks, one fault after the other', async () => {
  const node = await startTestNode({ seed: 'order of checks', publicOrigin: ORIGIN });
  try {
    const home = await node.party('maya');
    const inbox = makeInboxPath(node.deps.nodeKey, home, node.deps.random);
    const told: string[] = [];
    for (let mended = 0; mended <= FAULTS.length; mended++) {
      const isMended = (fault: keyof Mended): boolean => FAULTS.indexOf(fault) < mended;
      told.push(await answerTo(node, inbox, isMended));
    }
    assert.deepEqual(told, [...orderOnPage(), '200']);
  } finally {
    await node.close();
  }
});

/** Each line of the page's table in its order, but for stamps, whose limit is one of the party. */
function orderOnPage(): string[] {
  const from = PAGE.indexOf('| status | `code` | when |');
  const table = PAGE.slice(from, PAGE.indexOf('\n\n', from));
  const rows = [...table.matchAll(/^\| (\d{3}) \| `([a-z-]+)`([^|]*)\|/gm)];
  return rows.flatMap(([, status, first, more = '']) => {
    // The signature that is wrong here is none at all.
    const code = more.includes('`signature-missing`') ? 'signature-missing' : first;
    return status === '402' ? [] : [`${status} ${code}`];
  });
}

async function answerTo(
  node: TestNode,
  inbox: string,
  isMended: (fault: keyof Mended) => boolean,
): Promise<string> {
  const guard = guardOf(node.deps);
  if (!isMended('rate')) while (guard.admits('a peer', LIMITS.requestBytes)) {}
  // As many envelopes as a side may send are used up; requests and octets are left.
  if (!isMended('count')) while (!guard.checkEnvelopes(LIMITS.envelopesPerRequest, 'a peer')) {}
  const now = node.deps.clock.now();
  const path = isMended('path') ? inbox : STRANGE;
  const line = `${JSON.stringify({ v: 1, id: 'x', from: KEY.kid, to: path, type: 'song', iat: now, exp: now + 1, body: {} })}\n`;
  const body = isMended('size') ? (isMended('lane') ? line : '{}\n') : '\n'.repeat(LIMITS.requestBytes + 1);
  const bare: WireRequest = {
    method: isMended('method') ? 'POST' : 'PUT',
    url: inboxUrl(ORIGIN, path).replace('/v1/', isMended('version') ? '/v1/' : '/v2/'),
    headers: { 'content-type': isMended('type') ? ENVELOPES : 'text/plain' },
    body: toUtf8(body),
  };
  const signed = signRequest(bare, KEY, {
    created: now,
    expires: now + 240_000,
    nonce: 'n'.repeat(22),
    tag: TAG,
  });
  const request = isMended('signature') ? signed : bare;
  const response = await answerPeer(node.deps, guard, request, 'a peer');
  return response.status === 200 ? '200' : `${response.status} ${readProblem(response).code}`;
}
