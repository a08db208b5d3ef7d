import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answerOf, firstVisitor, HOST, testBrowser } from '../../../test/harness/http-client.ts';
import { PASSPHRASE, startTestNode, type TestNode } from '../../../test/harness/node.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { issueVisitorToken } from '../../parties/index.ts';
import { changeFeed } from './events.ts';

let node: TestNode;
before(async () => {
  node = await startTestNode({ seed: 'http' });
});
after(() => node.close());

type Body = string | Uint8Array<ArrayBuffer> | null;

const post = (path: string, body: Body, headers: Record<string, string>) =>
  Promise.resolve(node.app.request(path, { method: 'POST', body, headers: { host: HOST, ...headers } })).then(
    answerOf,
  );

test('a stranger cannot begin on a fresh node; the printed token lets one browser, once', async () => {
  const stranger = testBrowser(node.app);
  const refused = await stranger.post('create-party', { name: 'Mallory', passphrase: PASSPHRASE });
  assert.deepEqual([refused.status, refused.json.code], [403, 'operator-only']);
  const token = await issueVisitorToken(node.deps);
  const visitor = testBrowser(node.app);
  assert.equal((await visitor.post('claim-node', { token })).status, 200);
  assert.equal((await stranger.post('claim-node', { token })).json.code, 'token-refused');
  const made = await visitor.post('create-party', { name: 'Ada', passphrase: PASSPHRASE });
  assert.equal(made.json.handle, 'ada');
  const me = await visitor.post('who-am-i');
  assert.equal(me.json.acting.handle, 'ada');
  assert.equal(me.json.isFresh, false);
  assert.equal(me.json.parties.length, 1, 'the node itself is not among them');
});

test('the session cookie cannot be read by scripts, sent by other sites, or planted before a sign-in', async () => {
  const browser = await firstVisitor(node, 'Bea');
  const before = browser.cookie();
  const signed = await browser.post('sign-in', { handle: 'bea', passphrase: PASSPHRASE });
  const set = signed.headers.get('set-cookie') ?? '';
  for (const attribute of [
    'HttpOnly',
    'SameSite=Strict',
    'Path=/',
    `Max-Age=${LIMITS.sessionHours * 3600}`,
  ]) {
    assert(set.includes(attribute), attribute);
  }
  assert.notEqual(browser.cookie(), before);
  const planted = await post('/api/rename-party', '{"name":"x"}', {
    'content-type': 'application/json',
    cookie: `parley_session=${before}`,
  });
  assert.equal(planted.status, 401);
});

test('under a public name the cookie is for TLS and that host only, and so is the name', async () => {
  const host = 'parley.example.org';
  const publicOrigin = `https://${host}`;
  const open = await startTestNode({ publicOrigin });
  try {
    await open.party('ada');
    const ask = (operation: string, input: object, headers: Record<string, string> = {}) =>
      open.app.request(`http://${host}/api/${operation}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { host, origin: publicOrigin, 'content-type': 'application/json', ...headers },
      });
    const signed = await ask('sign-in', { handle: 'ada', passphrase: PASSPHRASE });
    const set = signed.headers.get('set-cookie') ?? '';
    const [, token] =
      /^__Host-parley_session=([^;]+); .*Path=\/; HttpOnly; Secure; SameSite=Strict$/.exec(set) ?? [];
    assert(token !== undefined, set);
    assert.equal(signed.headers.get('strict-transport-security'), 'max-age=31536000');
    const as = async (cookie: string) => (await ask('rename-party', { name: 'Ada' }, { cookie })).status;
    assert.equal(await as(`__Host-parley_session=${token}`), 200);
    assert.equal(await as(`parley_session=${token}`), 401, 'one that a neighbour could plant');
    const out = await ask('sign-out', {}, { cookie: `__Host-parley_session=${token}` });
    assert.match(out.headers.get('set-cookie') ?? '', /^__Host-parley_session=; Max-Age=0; .*Secure/);
    const here = await testBrowser(open.app).post('sign-in', { handle: 'ada', passphrase: PASSPHRASE });
    assert.match(here.headers.get('set-cookie') ?? '', /^parley_session=(?!.*Secure)/);
    assert.equal(here.headers.get('strict-transport-security'), null);
  } finally {
    await open.close();
  }
});

test('one browser holds several parties: the last signed in acts, unless a header names another', async () => {
  const browser = await firstVisitor(node, 'Cem');
  node.clock?.advance(1);
  await browser.post('create-party', { name: 'Dee', passphrase: PASSPHRASE });
  assert.equal((await browser.post('who-am-i')).json.acting.handle, 'dee');
  const other = await browser.post('who-am-i', {}, { 'parley-as': 'cem' });
  assert.equal(other.json.acting.handle, 'cem');
  const stranger = await browser.post('who-am-i', {}, { 'parley-as': 'ada' });
  assert.deepEqual([stranger.status, stranger.json.code], [403, 'not-signed-in-as']);
  assert.deepEqual((await browser.post('sign-out', {}, { 'parley-as': 'cem' })).json, { remaining: 1 });
  assert.equal((await browser.post('who-am-i')).json.acting.handle, 'dee');
  const out = await browser.post('sign-out');
  assert.match(out.headers.get('set-cookie') ?? '', /parley_session=; Max-Age=0/);
  assert.equal((await browser.post('rename-party', { name: 'x' })).status, 401);
});

test('a token does what its scopes say, is no cookie, and touches neither keys nor tokens', async () => {
  const browser = await firstVisitor(node, 'Gil');
  const { token } = (await browser.post('create-token', { label: 'till', scopes: ['reads'] })).json;
  const bearer = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  assert.equal((await post('/api/who-am-i', '{}', bearer)).json.acting.handle, 'gil');
  const write = await post('/api/rename-party', '{"name":"x"}', bearer);
  assert.deepEqual([write.status, write.json.code], [403, 'scope-missing']);
  const all = (
    await browser.post('create-token', { label: 'all', scopes: ['reads', 'writes', 'discloses', 'binds'] })
  ).json;
  const strong = { ...bearer, authorization: `Bearer ${all.token}` };
  assert.equal((await post('/api/rename-party', '{"name":"Gill"}', strong)).status, 200);
  for (const operation of [
    'create-token',
    'list-tokens',
    'show-recovery-code',
    'change-passphrase',
    'sign-out',
  ]) {
    assert.equal((await post(`/api/${operation}`, '{}', strong)).json.code, 'person-needed', operation);
  }
  assert.equal((await post('/api/create-party', '{}', strong)).json.code, 'operator-only');
  const asCookie = { 'content-type': 'application/json', cookie: `parley_session=${all.token}` };
  assert.equal((await post('/api/rename-party', '{"name":"x"}', asCookie)).status, 401);
  const asBearer = { ...bearer, authorization: `Bearer ${browser.cookie()}` };
  assert.equal((await post('/api/rename-party', '{"name":"x"}', asBearer)).status, 401);
  await browser.post('revoke-token', { id: all.id });
  const gone = await post('/api/rename-party', '{"name":"x"}', strong);
  assert.deepEqual([gone.status, gone.headers.get('www-authenticate')], [401, 'Bearer']);
});

test('another name or another origin is refused, with or without a session', async () => {
  const browser = await firstVisitor(node, 'Hal');
  const json = { 'content-type': 'application/json' };
  for (const host of [
    'evil.example',
    'evil.example:7447',
    '127.0.0.1:80',
    '127.0.0.1',
    'localhost.evil.example:7447',
    '',
  ]) {
    const rebound = await browser.post('who-am-i', {}, { host });
    assert.deepEqual([rebound.status, rebound.json.code], [421, 'host-refused'], host);
  }
  for (const origin of [
    'http://evil.example',
    'null',
    'https://127.0.0.1:7447',
    'http://127.0.0.1:3000',
    'http://localhost:7447',
  ]) {
    const foreign = await browser.post('who-am-i', {}, { origin });
    assert.deepEqual([foreign.status, foreign.json.code], [403, 'origin-refused'], origin);
  }
  const quiet = { ...json, cookie: `parley_session=${browser.cookie()}`, 'sec-fetch-site': 'cross-site' };
  assert.equal((await post('/api/who-am-i', '{}', quiet)).json.code, 'origin-refused');
  const same = { ...quiet, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' };
  assert.equal((await post('/api/who-am-i', '{}', same)).json.code, 'origin-refused');
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  assert.equal((await browser.get('/api', link)).status, 200, 'a link from another page may lead here');
  const local = testBrowser(node.app, 'localhost:7447');
  assert.equal((await local.post('who-am-i')).status, 200);
  assert.equal((await testBrowser(node.app, '[::1]:7447').post('who-am-i')).status, 200);
});

test('hostile and broken bodies get a stable code, and nothing happens', async () => {
  const json = { 'content-type': 'application/json' };
  const cases: [Body, Record<string, string>, number, string][] = [
    ['{"handle":"ada","handle":"bea","passphrase":"x"}', json, 400, 'json-malformed'],
    ['{"handle":', json, 400, 'json-malformed'],
    ['{"handle":1.5}', json, 400, 'json-malformed'],
    ['{"handle":9007199254740993}', json, 400, 'json-malformed'],
    ['"\\ud800"', json, 400, 'json-malformed'],
    ['['.repeat(100) + ']'.repeat(100), json, 400, 'json-malformed'],
    [new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), json, 400, 'json-malformed'],
    ['[]', json, 422, 'input-invalid'],
    ['null', json, 422, 'input-invalid'],
    ['{"handle":"ADA","passphrase":7}', json, 422, 'input-invalid'],
    ['handle=ada', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media-type-refused'],
    ['{}', { 'content-type': 'text/plain' }, 415, 'media-type-refused'],
    ['x', { 'content-type': 'multipart/form-data' }, 415, 'media-type-refused'],
    [`{"x":"${'a'.repeat(LIMITS.requestBytes)}"}`, json, 413, 'request-too-large'],
  ];
  for (const [body, headers, status, code] of cases) {
    const answer = await post('/api/sign-in', body, headers);
    const shown = typeof body === 'string' ? body.slice(0, 40) : 'octets';
    assert.deepEqual([answer.status, answer.json.code], [status, code], shown);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json', shown);
    assert.equal(answer.json.status, status);
    assert.equal(answer.json.type, `/problems/${code}`);
  }
  const fields = await post('/api/sign-in', '{"handle":"ADA"}', json);
  assert.deepEqual(Object.keys(fields.json.fields), ['handle', 'passphrase']);
  assert.equal((await post('/api/drop-everything', '{}', json)).status, 404);
  assert.equal((await post('/api/__proto__', '{}', json)).status, 404);
});

test('a body of exactly the limit is read', async () => {
  const frame = '{"handle":"a","passphrase":"x"}';
  const body = frame.replace('}', `${' '.repeat(LIMITS.requestBytes - frame.length)}}`);
  assert.equal(Buffer.byteLength(body), LIMITS.requestBytes);
  const answer = await post('/api/sign-in', body, { 'content-type': 'application/json' });
  assert.equal(answer.json.code, 'sign-in-refused');
});

test('operations take POST only, and say so', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const answer = await answerOf(
      await node.app.request('/api/who-am-i', { method, headers: { host: HOST } }),
    );
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST'], method);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
});

test('every answer forbids being framed, sniffed, cached or scripted from elsewhere', async () => {
  const json = { 'content-type': 'application/json' };
  const answers = [
    await post('/api/who-am-i', '{}', json),
    await post('/api/nothing-here', '{}', json),
    await post('/api/who-am-i', '{', json),
    await answerOf(await node.app.request('/api', { headers: { host: HOST } })),
    await answerOf(await node.app.request('/api', { headers: { host: 'evil.example' } })),
  ];
  for (const { headers, status } of answers) {
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/, String(status));
    assert(!policy.includes('unsafe'), 'nothing written into pages runs');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
  }
  assert.equal(answers[0]?.headers.get('cache-control'), 'no-store');
});

test('a change of mine comes to my open page, and nobody else hears of it', async () => {
  const ida = await firstVisitor(node, 'Ida');
  const jon = await firstVisitor(node, 'Jon');
  assert.equal((await testBrowser(node.app).get('/api/events')).status, 401);
  const mine = await ida.get('/api/events');
  const theirs = await jon.get('/api/events');
  assert.equal(mine.headers.get('content-type'), 'text/event-stream');
  const [hers, his] = [reader(mine), reader(theirs)];
  await ida.post('rename-party', { name: 'Ida B' });
  assert.match(await hers.until('changed'), /event: changed\ndata:\n\n/);
  await ida.post('rename-party', { name: 'Ida C' });
  await ida.post('rename-party', { name: 'Ida D' });
  node.clock?.advance(150);
  await hers.until('changed');
  node.clock?.advance(25_000);
  assert.doesNotMatch(await his.until(':\n\n', 2), /changed/);
  await hers.cancel();
  await his.cancel();
});

test('so many streams are open at once and no more, and one that ends makes room', () => {
  const feed = changeFeed(node.deps);
  const leave = Array.from({ length: LIMITS.eventStreams }, () => feed.subscribe('x', () => {}));
  assert(leave.every((end) => end !== undefined));
  assert.equal(
    feed.subscribe('x', () => {}),
    undefined,
  );
  leave[0]?.();
  leave[0]?.();
  assert(feed.subscribe('y', () => {}));
  assert.equal(
    feed.subscribe('y', () => {}),
    undefined,
  );
});

/** Reads a stream of events piece by piece. */
function reader(response: Response): {
  until(mark: string, times?: number): Promise<string>;
  cancel(): Promise<void>;
} {
  const stream = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert(stream);
  let held = '';
  return {
    async until(mark, times = 1) {
      while (held.split(mark).length <= times) held += (await stream.read()).value ?? '';
      const seen = held;
      held = '';
      return seen;
    },
    cancel: () => stream.cancel(),
  };
}
