import { answerLine, readAnswerLine } from '../../src/delivery/answer-lines.ts';
import { readReceipt, receiptOctets } from '../../src/delivery/envelope.ts';
import { fromUtf8, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { fail, isFailure, ok } from '../../src/kernel/result.ts';
import { verifyingKey } from '../../src/kernel/signing.ts';
import { checkStamp } from '../../src/network/index.ts';
import { testKey } from '../../src/network/testing.ts';
import {
  epochAt,
  gatewayKeys,
  keyEnds,
  publishedKeys,
  readKeys,
  signKeys,
} from '../../src/relay/gateway-keys.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const [key, other] = [testKey('the receiver'), testKey('somebody else')];

/** Lines of answers, with whom they are expected from. */
export function receiptCases(): object[] {
  const receipt = { v: 1, id: '0123456789abcdefghjkmnpqrs', result: 'acted', at: NOW } as const;
  const line = (octets: Uint8Array, by = key): string => fromUtf8(answerLine(ok(octets), by)) ?? '';
  const said = line(receiptOctets(receipt));
  const bare = fromUtf8(answerLine(ok(receiptOctets(receipt)), undefined)) ?? '';
  const elsewhere = fromUtf8(answerLine(ok(receiptOctets({ ...receipt, id: 'x' })), undefined)) ?? '';
  const later = fromUtf8(answerLine(fail('sender-foreign', '', ''), key)) ?? '';
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['acted', said, true],
    ['refused', line(receiptOctets({ ...receipt, result: 'refused', code: 'record-malformed' })), true],
    ['kept', line(receiptOctets({ ...receipt, result: 'kept' })), true],
    ['unsigned, by somebody who has no key here', bare, false],
    ['signed, by somebody who has no key here', said, false],
    ['later', later, true],
    ['unsigned', bare, true],
    ['signed by somebody else', line(receiptOctets(receipt), other), true],
    ['another receipt', JSON.stringify({ ...JSON.parse(said), ...JSON.parse(elsewhere) }), true],
    ['signed as a document', withTyp(said), true],
    ['a signature in padded base64', said.replace(/"\}$/, '="}'), true],
    ['of version 2', line(toUtf8(JSON.stringify({ ...receipt, v: 2 }))), true],
    ['a result that nobody knows', line(toUtf8(JSON.stringify({ ...receipt, result: 'maybe' }))), true],
    ['acted, with a code', line(receiptOctets({ ...receipt, code: 'record-malformed' })), true],
    ['refused, without a code', line(receiptOctets({ ...receipt, result: 'refused' })), true],
    ['a code that is none', line(toUtf8(JSON.stringify({ ...receipt, code: 'Not so' }))), true],
    ['a member more', line(toUtf8(JSON.stringify({ ...receipt, more_of_it: 1 }))), true],
    ['to another envelope', line(receiptOctets({ ...receipt, id: 'another' })), true],
    ['later, and why is no code', '{"later":7}', true],
    ['a list', '[]', true],
    ['nothing', '{}', true],
  ];
  return cases.map(([name, text, isSigned]) => {
    const read = readAnswerLine(toUtf8(text), isSigned ? verifyingKey(key.publicKey) : undefined);
    const known = isSigned ? { key: toBase64url(key.publicKey) } : {};
    const isLater = isFailure(read) && read.code !== 'receipt-malformed';
    const found = isFailure(read) ? undefined : readReceipt(read.value);
    const said = found?.id === receipt.id ? found : undefined;
    const verdict = isLater ? 'later' : (said?.result ?? 'none');
    const code = isLater ? read.code : said?.code;
    return { name, ...known, envelope: receipt.id, line: text, verdict, ...(code !== undefined && { code }) };
  });
}

function withTyp(line: string): string {
  const answer = JSON.parse(line) as { protected: string }; // just written
  const header = Buffer.from(answer.protected, 'base64url').toString().replace('receipt', 'document');
  return JSON.stringify({ ...answer, protected: Buffer.from(header).toString('base64url') });
}

export function stampCases(): object[] {
  const stamped = { path: '4q2Xh0pYb7c', envelope: '0123456789abcdefghjkmnpqrs' };
  const bits = 12;
  const find = (day: string): string => {
    for (let number = 0; ; number++) {
      const stamp = `1.${day}.${number}`;
      if (!checkStamp(stamp, stamped, bits, Date.parse(`${day}T12:00:00Z`))) return stamp;
    }
  };
  const today = find('2026-11-29');
  const cases: readonly (readonly [string, string, object, number?])[] = [
    ['of today', today, {}],
    ['of yesterday', find('2026-11-28'), {}],
    ['of tomorrow', find('2026-11-30'), {}],
    ['of the day before yesterday', find('2026-11-27'), {}],
    ['for another envelope', today, { envelope: 'x' }],
    ['for another path', today, { path: 'x' }],
    ['of too few bits', today, {}, 26],
    ['of version 2', today.replace('1.', '2.'), {}],
    ['a leading zero', today.replace(/\.(\d+)$/, '.0$1'), {}],
    ['17 digits', '1.2026-11-29.12345678901234567', {}],
    ['no number', '1.2026-11-29.', {}],
  ];
  return cases.map(([name, stamp, change, asked = bits]) => {
    const of = { ...stamped, ...change };
    const wrong = checkStamp(stamp, of, asked, NOW);
    return { name, now: NOW, ...of, bits: asked, stamp, verdict: wrong ? wrong.code : 'accept' };
  });
}

export function gatewayKeyCases(): object[] {
  const nodeKey = new Uint8Array(32).fill(9);
  const epoch = epochAt(NOW);
  const keys = publishedKeys(gatewayKeys(nodeKey, epoch));
  const signed = (host: string, until: number, by = key): string =>
    fromUtf8(signKeys(host, keys, until, by)) ?? '';
  const good = signed('node.example', keyEnds(epoch));
  const cases: readonly (readonly [string, string])[] = [
    ['as a gateway publishes them', good],
    ['of another host', signed('other.example', keyEnds(epoch))],
    ['signed by somebody else', signed('node.example', keyEnds(epoch), other)],
    ['over', signed('node.example', NOW)],
    ['not JSON', good.slice(1)],
    ['a member less', good.replace('"signature"', '"sign"')],
  ];
  return cases.map(([name, body]) => {
    const read = readKeys(toUtf8(body), 'node.example', key.publicKey, NOW);
    const expected = { host: 'node.example', key: toBase64url(key.publicKey), now: NOW };
    return { name, ...expected, body, verdict: isFailure(read) ? read.code : 'accept' };
  });
}
