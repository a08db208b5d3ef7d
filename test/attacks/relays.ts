import type { WireRequest } from '../../src/network/index.ts';
import { REQUEST_TYPE } from '../../src/network/index.ts';
import { said } from './forging.ts';
import type { Attack } from './model.ts';
import { HOME, MARKET, RELAY, type World } from './world.ts';

const STEP = 4096 + 55;

function toRelay(target: string, change: Partial<WireRequest> = {}): WireRequest {
  const url = `https://${RELAY}/parley/v1/relay/${target}`;
  return {
    method: 'POST',
    url,
    headers: { 'content-type': REQUEST_TYPE },
    body: new Uint8Array(STEP),
    ...change,
  };
}

/** A request to the relay that must be refused, and must not lead anywhere. */
function carried(name: string, does: string, request: WireRequest, expected: RegExp, leads = 0): Attack {
  return {
    name,
    does,
    async attempt(world) {
      const asked = world.left.length;
      const answer = said(await world.relay.answerPeer(request, world.side()));
      const left = world.left.length - asked;
      if (!expected.test(answer)) return `it was answered: ${answer}`;
      return left <= leads ? undefined : `it led to ${left} requests`;
    },
  };
}

const REFUSED = /^403 relay-target-refused$/;

/** A gateway that answers like this while something is carried to it. */
function gateway(
  name: string,
  does: string,
  answer: { status: number; headers: Record<string, string>; body: Uint8Array },
  expected: RegExp,
): Attack {
  return {
    name,
    does,
    async attempt(world: World) {
      world.lieAs(MARKET, async () => ({ ok: true, value: answer }));
      const told = said(await world.relay.answerPeer(toRelay(MARKET), world.side()));
      world.lieAs(MARKET, undefined);
      return expected.test(told) ? undefined : `it was answered: ${told}`;
    },
  };
}

/** A relay used as a way to somewhere else. */
export const relays: readonly Attack[] = [
  carried('an open proxy: an address', 'asks to be carried to 127.0.0.1', toRelay('127.0.0.1'), REFUSED),
  carried(
    'an open proxy: a private network',
    'asks to be carried to 169.254.169.254',
    toRelay('169.254.169.254'),
    REFUSED,
  ),
  carried('an open proxy: a number', 'asks to be carried to 2130706433', toRelay('2130706433'), REFUSED),
  carried(
    'an open proxy: a port',
    'asks to be carried to a port of its choice',
    toRelay('market.example:22'),
    REFUSED,
  ),
  carried('an open proxy: one word', 'asks to be carried to localhost', toRelay('localhost'), REFUSED),
  carried(
    'an open proxy: a path',
    'asks to be carried to a path of its choice',
    toRelay('market.example/api/list-items'),
    REFUSED,
  ),
  carried('an open proxy: a query', 'adds a query to the target', toRelay('market.example?x=1'), REFUSED),
  carried(
    'an open proxy: a name with a user',
    'writes a user before the target',
    toRelay('user@market.example'),
    REFUSED,
  ),
  carried('a loop', 'asks the relay to carry to itself', toRelay(RELAY), REFUSED),
  carried(
    'another length',
    'sends what is no sealed request’s length',
    toRelay(MARKET, { body: new Uint8Array(STEP + 1) }),
    /^400 relay-length-refused$/,
  ),
  carried(
    'another type',
    'has something else than a sealed request carried',
    toRelay(MARKET, { headers: { 'content-type': 'application/json' } }),
    /^415 media-type-refused$/,
  ),
  carried(
    'another method than POST to a relay',
    'has a DELETE carried',
    toRelay(MARKET, { method: 'DELETE' }),
    /^405 method-refused$/,
  ),
  carried(
    'zeros in the place of a seal',
    'has zeros carried to a gateway',
    toRelay(MARKET),
    /^422 gateway-key-unknown$/,
    1,
  ),
  gateway(
    'an answer that is not sealed',
    'answers the relay with a page',
    { status: 200, headers: { 'content-type': 'text/html' }, body: new Uint8Array(100) },
    /^502 gateway-refused$/,
  ),
  gateway(
    'a sealed answer of another length',
    'answers with a length that marks the sender',
    { status: 200, headers: { 'content-type': 'message/ohttp-res' }, body: new Uint8Array(777) },
    /^502 gateway-refused$/,
  ),
  gateway(
    'a redirect of the gateway',
    'sends the relay elsewhere',
    { status: 307, headers: { location: 'http://127.0.0.1/' }, body: new Uint8Array(0) },
    /^502 gateway-refused$/,
  ),
  {
    name: 'a relay that is off',
    does: 'asks a node that does not carry',
    async attempt(world) {
      const request = { ...toRelay(MARKET), url: `https://${HOME}/parley/v1/relay/${MARKET}` };
      const answer = said(await world.home.answerPeer(request, world.side()));
      return answer === '403 relay-off' ? undefined : `it was answered: ${answer}`;
    },
  },
];
