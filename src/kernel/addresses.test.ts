import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDiallable, isLoopback, readNetwork, sideOf } from './addresses.ts';

const CLOSED = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.170', '192.0.2.1', '192.88.99.1'],
  ...['192.168.1.1', '198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1'],
  ...['239.255.255.250', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:0:8.8.8.8', '::7f00:1'],
  ...['64:ff9b::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::8.8.8.8'],
  ...['100::1', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:2::1', '2001:10::1', '2001:20::1'],
  ...['2001:db8::1', '2002:7f00:1::', '2002:808:808::1', '3fff::1', '3fff:fff::1', '5f00::1', 'fc00::1'],
  ...['fd12:3456::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1', 'ff0e::1', '4000::1'],
];
const OPEN = [
  ...['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.0', '172.15.0.1', '172.32.0.1', '192.167.0.1'],
  ...['198.17.0.1', '198.20.0.1', '223.255.255.255', '11.0.0.0', '126.0.0.1', '128.0.0.1', '169.253.0.1'],
  ...[
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
    '2001:200::1',
    '2003::1',
    '2a00::1',
    '64:ff9b::8.8.8.8',
  ],
];
const NONE = [
  '',
  'localhost',
  '127.1',
  '0x7f000001',
  '2130706433',
  '010.0.0.1',
  '1.2.3.4.',
  'fe80::1%lo',
  '[::1]',
];

test('only public addresses may be dialled', () => {
  assert.deepEqual(
    CLOSED.filter((it) => isDiallable(it, [])),
    [],
  );
  assert.deepEqual(
    OPEN.filter((it) => !isDiallable(it, [])),
    [],
  );
  assert.deepEqual(
    NONE.filter((it) => isDiallable(it, [])),
    [],
  );
});

test('a network that was allowed is entered, and nothing beside it', () => {
  const allowed = ['10.1.0.0/16', 'fd00:1::/32', '127.0.0.1/32'].map(
    (it) => readNetwork(it) ?? assert.fail(it),
  );
  assert(['10.1.255.255', 'fd00:1:ffff::1', '127.0.0.1'].every((it) => isDiallable(it, allowed)));
  const beside = ['10.2.0.0', '10.0.255.255', 'fd00:2::1', '127.0.0.2', '::ffff:10.1.0.1', '::10.1.0.1'];
  assert.deepEqual(
    beside.filter((it) => isDiallable(it, allowed)),
    [],
  );
});

test('a network has one way to be written', () => {
  const wrong = [
    '10.0.0.1/8',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '::/129',
    '10/8',
    '0x0a.0.0.0/8',
    'a/8',
    '',
  ];
  assert.deepEqual(
    wrong.filter((it) => readNetwork(it)),
    [],
  );
  assert(['0.0.0.0/0', '::/0', '10.0.0.0/8', 'fe80::/10', '192.168.1.7/32'].every((it) => readNetwork(it)));
});

test('every way to write an IPv6 address is judged alike', () => {
  const group = fc.oneof(fc.constantFrom(0, 0xff9b, 0x64, 0x2001, 0x2002, 0x7f00), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const long = groups.map((it) => it.toString(16).padStart(4, '0').toUpperCase()).join(':');
      const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
      const [a = 0, b = 0] = groups.slice(6);
      const mixed = `${long.split(':').slice(0, 6).join(':')}:${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
      assert.equal(isDiallable(long, []), isDiallable(short, []));
      assert.equal(isDiallable(mixed, []), isDiallable(short, []));
      assert.equal(sideOf(long), sideOf(short));
    }),
    { numRuns: 500 },
  );
});

test('one side is one address of IPv4, or one half of IPv6', () => {
  assert.equal(sideOf('8.8.8.8'), '8.8.8.8');
  assert.equal(sideOf('::ffff:8.8.8.8'), '8.8.8.8');
  assert.equal(sideOf('2a00:1:2:3::1'), sideOf('2a00:1:2:3:ffff:ffff:ffff:ffff'));
  assert.notEqual(sideOf('2a00:1:2:3::1'), sideOf('2a00:1:2:4::1'));
  assert.equal(sideOf('fe80::1%eth0'), sideOf('fe80::2'));
  assert(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].every(isLoopback));
  assert(!['128.0.0.1', '::2', '::ffff:8.8.8.8', '10.0.0.1'].some(isLoopback));
});
