import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitter } from './splitter.ts';

async function* chunked(octets: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < octets.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield octets.subarray(at, at + size);
    at += size;
  }
}

test('however a stream is cut, the pieces between the marks are the same', async () => {
  // Few different octets, so that beginnings of the mark are common.
  const octet = fc.integer({ min: 0, max: 2 });
  const pieces = fc.array(fc.uint8Array({ maxLength: 30, max: 2 }), { minLength: 1, maxLength: 6 });
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  const mark = fc.array(octet, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(pieces, mark, sizes, async (parts, markOctets, cuts) => {
      const sign = Buffer.from([...markOctets, 3]); // 3 occurs in the mark only
      const whole = Buffer.concat(parts.flatMap((part) => [Buffer.from(part), sign]));
      const reading = splitter(chunked(whole, cuts), Buffer.alloc(0));
      for (const part of parts) {
        const found: Buffer[] = [];
        const more = await reading.readUntil(sign, async (chunk) => void found.push(Buffer.from(chunk)));
        assert.equal(more, true);
        assert.deepEqual(Buffer.concat(found), Buffer.from(part));
      }
      assert.equal((await reading.peek(1)).length, 0);
      assert.equal(await reading.readUntil(sign, async () => {}), false);
    }),
  );
});

test('looking ahead steps over nothing', async () => {
  const reading = splitter(chunked(Buffer.from('--\r\nrest'), [1]), Buffer.from('start'));
  assert.equal((await reading.peek(8)).subarray(0, 7).toString(), 'start--');
  let read = '';
  await reading.readUntil(Buffer.from('rest'), async (chunk) => {
    read += chunk.toString();
  });
  assert.equal(read, 'start--\r\n');
});
