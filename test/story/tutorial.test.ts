import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';

const ROOT = join(import.meta.dirname, '..', '..');
const NEXT = '--- the next block ---';

/** A block of commands and, where the page shows it, what they print. */
interface Block {
  readonly commands: string;
  readonly shown: string | undefined;
}

/** The fenced shell blocks of a page, each with the text block that follows it at once. */
function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```\n(?:```text\n([\s\S]*?)^```$)?/gm)].map((found) => ({
    commands: found[1] ?? '',
    shown: found[2],
  }));
}

/** Runs all blocks in one shell, as somebody would who types them; what each printed. */
async function run(blocks: readonly Block[], home: string): Promise<string[]> {
  const script = blocks.map((it) => `${it.commands}echo '${NEXT}'\n`).join('');
  const shell = spawn('sh', ['-eu', '-c', script], {
    cwd: ROOT,
    env: {
      ...process.env,
      HOME: home,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
      DATABASE_URL: '',
      INIT_CWD: ROOT,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  await once(shell, 'close');
  assert.deepEqual([shell.exitCode, error], [0, ''], out.slice(-2000));
  return out.split(`${NEXT}\n`).slice(0, -1);
}

/** Lines as shown; `…` stands for anything within a line, and alone on one for any lines. */
function patternOf(shown: string): RegExp {
  const lines = shown.trimEnd().split('\n');
  const parts = lines.map((line) => (line === '…' ? '(?:.*\n)*?' : `${inLine(line)} *\n`));
  return new RegExp(`^${parts.join('')}$`);
}

function inLine(line: string): string {
  return line
    .split('…')
    .map((part) => RegExp.escape(part))
    .join('.*');
}

test('the tutorial says what is true', { timeout: 300_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'parley-tutorial-'));
  after(() => rmSync(home, { recursive: true, force: true }));
  const blocks = blocksOf(readFileSync(join(ROOT, 'docs', 'tutorial', 'first-want.md'), 'utf8'));
  assert.ok(blocks.length > 10 && blocks.filter((it) => it.shown !== undefined).length > 8);
  const printed = await run(blocks, home);
  for (const [at, { commands, shown }] of blocks.entries()) {
    if (shown !== undefined) assert.match(printed[at] ?? '', patternOf(shown), commands);
  }
});

test('what the page shows is held to, line by line', () => {
  const shown = patternOf('a  1\n…\nz  …\n');
  for (const text of ['a  1\nz  2\n', 'a  1\nb\nc\nz  \n', 'a  1 \nz  3\n']) assert.match(text, shown);
  for (const text of ['a  2\nz  2\n', 'z  2\n', 'a  1\nz  2\nmore\n', 'a  1\nzz  2\n'])
    assert.doesNotMatch(text, shown);
});
