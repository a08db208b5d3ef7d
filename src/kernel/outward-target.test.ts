import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDiallable } from './addresses.ts';
import { readTarget } from './outward-target.ts';

const RULES = { plainHosts: new Set(['127.0.0.1:7001', 'node.home:80']), allowed: [] };
const codeOf = (url: string): string => {
  const target = readTarget(url, RULES);
  return target.ok ? 'ok' : target.code;
};

test('a plain https address is taken as it stands', () => {
  const target = readTarget('https://Node.example/'.toLowerCase(), RULES);
  assert.deepEqual(target, {
    ok: true,
    value: { isPlain: false, host: 'node.example', port: 443, authority: 'node.example', path: '/' },
  });
  const right = [
    'https://node.example/parley/v1/inbox/abc?d=1',
    'https://node.example:1024/',
    'https://a.b.c.example:65535/x%20y',
    'https://xn--bcher-kva.example/',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]:8443/',
    'http://node.home/',
  ];
  assert.deepEqual(
    right.filter((url) => codeOf(url) !== 'ok'),
    [],
  );
});

test('odd forms of a host have no second reading', () => {
  const odd = [
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://0x7f.1/',
    'https://127。0。0。1/',
    'https://①②⑦.0.0.1/',
    'https://node．example/',
    'https://bücher.example/',
    'https://node.example./',
    'https://node..example/',
    'https://.example/',
    'https://-a.example/',
    'https://a b.example/',
    'https://NODE.example/',
    'https://%6eode.example/',
    'https://user@node.example/',
    'https://user:pass@node.example/',
    'https://@node.example/',
    'https://:@node.example/',
    'https://node.example@127.0.0.1/',
    'https://node.example\\@127.0.0.1/',
    'https:\\\\node.example/',
    'https:node.example/',
    'https:/node.example/',
    'https:///node.example/',
    'https://node.example/#part',
    'https://node.example/#',
    'https://node.example:443/',
    'https://node.example:08443/',
    'https://node.example:/',
    'https://node.example:65536/',
    'https://node.example:-1/',
    'https://node.example',
    'https://node.example/../x',
    'https://node.example/%2e%2e/x',
    'https://node.example/a b',
    'https://node.example/\r\nHost: x',
    'https://node.example/é',
    ' https://node.example/',
    'https://node.example/\n',
    'https://[::FFFF:127.0.0.1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1%25eth0]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::1/',
    'https://a!b.example/',
    `https://${'a'.repeat(64)}.example/`,
    `https://${'a.'.repeat(130)}example/`,
    `https://node.example/${'a'.repeat(2_048)}`,
    'ftp://node.example/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    'ws://node.example/',
    'gopher://node.example/',
    '//node.example/',
    'node.example',
    '',
  ];
  assert.deepEqual(
    odd.filter((url) => codeOf(url) !== 'url-refused'),
    [],
  );
});

test('addresses that are not public are refused before any look-up', () => {
  const closed = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '0.0.0.0', '[::1]', '[::]', '[::ffff:7f00:1]'];
  for (const host of [...closed, '[fe80::1]', '[2002:7f00:1::]', '[64:ff9b::7f00:1]', '[::7f00:1]']) {
    assert.equal(codeOf(`https://${host}/`), 'host-forbidden', host);
  }
});

test('without TLS only to hosts that were named with their port, and never to ports of other services', () => {
  assert.equal(codeOf('http://node.example/'), 'tls-needed');
  assert.equal(codeOf('http://node.home:81/'), 'tls-needed');
  assert.equal(codeOf('http://127.0.0.1:7002/'), 'tls-needed');
  for (const port of [1, 22, 25, 53, 80, 110, 143, 445, 465, 587, 993, 1023]) {
    assert.equal(codeOf(`https://node.example:${port}/`), 'port-forbidden', String(port));
  }
  // A name says nothing about the network.
  assert.equal(codeOf('http://127.0.0.1:7001/'), 'host-forbidden');
});

test('whatever is taken is dialled under the very letters that were checked', () => {
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV4Extended(),
    fc.ipV6().map((it) => `[${it}]`),
    fc.string(),
  );
  fc.assert(
    fc.property(host, fc.webPath(), (name, path) => {
      const url = `https://${name}${path || '/'}`;
      const target = readTarget(url, RULES);
      if (!target.ok) return;
      assert(url.startsWith(`https://${target.value.authority}/`));
      assert.match(target.value.host, /^[a-z0-9._:-]+$/);
      const isAddress = /^[\d.]+$|:/.test(target.value.host);
      assert(!isAddress || isDiallable(target.value.host, []));
    }),
    { numRuns: 2_000 },
  );
});
