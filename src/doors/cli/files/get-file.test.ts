import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { must } from '../../../kernel/result.ts';
import { takeParts } from './get-file.ts';

const MIB = 1024 * 1024;
const here = mkdtempSync(join(tmpdir(), 'parley-get-'));
after(() => rmSync(here, { recursive: true, force: true }));

const taking = { id: 'an-id', name: 'will.pdf', parts: 2, octets: 2 * MIB, sha256: undefined };

/** The same in a process whose files may have a MiB and a half, said in blocks of 512. */
const CROWDED = `
const { takeParts } = await import(${JSON.stringify(new URL('./get-file.ts', import.meta.url).href)});
const take = async (number) => ({ ok: true, value: new Uint8Array(${MIB}).fill(number) });
const reach = { here: process.argv[1], out: undefined, tell() {} };
const saved = await takeParts(reach, { ...${JSON.stringify(taking)}, take });
console.log(saved.ok ? 'saved' : saved.code);
`;

// The system cuts a write off at that limit as a full disk does: it takes a piece, and only the next write fails.
test('what a full disk cuts short is not saved as whole', {
  skip: process.platform === 'win32',
}, async () => {
  // What an earlier try left is as long already, so that its length tells nothing.
  writeFileSync(join(here, '.an-id.part'), new Uint8Array(2 * MIB));
  const words = ['-c', 'ulimit -f 3000; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e'];
  const { stdout, stderr } = spawnSync('sh', [...words, CROWDED, here], { encoding: 'utf8' });
  assert.equal(stdout, 'disk-full\n', stderr);
  assert.deepEqual(readdirSync(here), ['.an-id.part']);

  const take = async (number: number) => ({ ok: true, value: new Uint8Array(MIB).fill(number) }) as const;
  must(await takeParts({ here, out: undefined, tell() {} }, { ...taking, take }));
  const whole = Buffer.concat([Buffer.alloc(MIB, 1), Buffer.alloc(MIB, 2)]);
  assert.ok(readFileSync(join(here, 'will.pdf')).equals(whole));
});
