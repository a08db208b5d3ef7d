import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTarHeader, tarEnd, tarHeader, tarPadding } from './tar.ts';

test('a header says name and size, also of what is larger than octal digits can say', () => {
  for (const bytes of [0, 1, 511, 512, 8 ** 11 - 1, 8 ** 11, 2 ** 40 + 7]) {
    const header = Buffer.from(tarHeader('parley.sqlite', bytes, 1_800_000_000_000));
    assert.deepEqual(readTarHeader(header), { name: 'parley.sqlite', bytes });
    assert.equal((bytes + tarPadding(bytes).length) % 512, 0);
    header[3] = 0x41;
    assert.equal(readTarHeader(header), undefined, 'its sum shows that it is another one');
  }
});

test('tar reads the size of both kinds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-tar-'));
  const small = Buffer.from('words');
  const path = join(folder, 'a.tar');
  const parts = [tarHeader('a.txt', small.length, 0), small, tarPadding(small.length), tarEnd()];
  writeFileSync(path, Buffer.concat(parts));
  assert.equal(execFileSync('tar', ['xOf', path], { encoding: 'utf8' }), 'words');
  const large = join(folder, 'b.tar');
  writeFileSync(large, tarHeader('b.bin', 2 ** 34 + 5, 0));
  // It is cut off after the header, and listed before that is noticed.
  const listed = (() => {
    try {
      return execFileSync('tar', ['tvf', large], { encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    }
  })();
  assert.match(listed, /17179869189 .* b\.bin/);
  rmSync(folder, { recursive: true });
});
