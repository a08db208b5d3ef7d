import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { messageFixtures } from '../../scripts/messages/files.ts';
import { DOCUMENTS } from '../../scripts/reference/wire-schemas.ts';
import { HANDLERS } from '../../src/handlers.ts';
import { codeSources, repositoryText } from '../laws/repository.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'messages');
const PAGE = repositoryText('docs/reference/wire.md');

interface Case {
  readonly name: string;
  readonly verdict: string;
}

test('the program says of every message what its fixture says, and the script makes the fixtures byte for byte', {
  timeout: 300_000,
}, async () => {
  const made = await messageFixtures();
  assert.deepEqual(readdirSync(FOLDER).sort(), [...made.keys()].sort());
  for (const [name, text] of made) {
    assert.equal(
      readFileSync(join(FOLDER, name), 'utf8'),
      text,
      `${name}: run scripts/make-message-fixtures.ts`,
    );
  }
});

test('every type of message has fixtures, one that is taken and at least three that are not', () => {
  for (const type of HANDLERS.keys()) {
    const files = readdirSync(FOLDER).map((name): { type?: string; cases?: Case[] } =>
      JSON.parse(readFileSync(join(FOLDER, name), 'utf8')),
    );
    const cases = files.filter((file) => file.type === type).flatMap((file) => file.cases ?? []);
    assert.ok(
      cases.some((it) => it.verdict === 'accept'),
      `${type} is taken`,
    );
    assert.ok(cases.filter((it) => it.verdict === 'refuse').length >= 3, `${type} is refused`);
  }
});

test('the page of the wire names every message, every document and every problem that another node is answered', () => {
  for (const type of HANDLERS.keys()) assert.match(PAGE, new RegExp(`^\\| \`${type}\` \\|`, 'm'), type);
  for (const type of Object.keys(DOCUMENTS)) assert.ok(PAGE.includes(`\`${type}\``), type);
  for (const [path, text] of codeSources()) {
    if (!path.startsWith('src/') || path.endsWith('.test.ts')) continue;
    for (const [, code = ''] of text.matchAll(/problemAnswer\(\d+, '([a-z-]+)'/g)) {
      assert.ok(PAGE.includes(`\`${code}\``) || GATEWAY.has(code), `${code} of ${path}`);
    }
    for (const [, type = ''] of text.matchAll(/\bsign\('([a-z-]+)'|type: '([a-z-]+)',\s+v: 1,/g))
      if (type !== '') assert.ok(type in DOCUMENTS, `${type} of ${path}`);
  }
});

/** Said of requests that no node sends (relay/). */
const GATEWAY = new Set([
  'method-refused',
  'media-type-refused',
  'host-refused',
  'path-unknown',
  'answer-too-long',
]);
