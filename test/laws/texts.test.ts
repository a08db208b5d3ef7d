import assert from 'node:assert/strict';
import { test } from 'node:test';
import { READERS } from '../../src/handlers.ts';
import { t } from '../../web/i18n/index.ts';
import { assertKept } from './ours.ts';
import { ignoredSources, ROOT, repositoryText, sources, textSources } from './repository.ts';
import { lockBreaches, machineTraces, notesToSelf, placesNaming } from './texts.ts';

test('no file names a folder of this machine or a package registry', () => {
  assertKept(placesNaming(textSources(), machineTraces()));
});

test('no file holds a note to self', () => {
  assertKept(notesToSelf(textSources()));
});

test('the lock file fixes hashes and leaves the registry open', () => {
  assertKept(lockBreaches(repositoryText('package-lock.json')));
});

test('every record between two parties has its words in their thread', () => {
  const types = [...READERS.keys()].map((key) => key.split('/')[0] ?? '');
  const unnamed = types.filter((type) => !(type in t.relationships.entry));
  assert.deepEqual([types.length > 10, unnamed], [true, []]);
});

test('git leaves no source out', (t) => {
  const ignored = ignoredSources();
  if (ignored === undefined) t.diagnostic('no git here');
  assertKept(ignored ?? []);
});

test('finds this machine and registries, and nothing that only looks like them', () => {
  const registry = ['registry', 'npmjs', 'org'].join('.');
  const traces = machineTraces();
  assert.ok(traces.includes(registry));
  const found = placesNaming(
    sources({
      'README.md': `clone it\ninto ${ROOT}/data\n`,
      '.npmrc': `url=https://${registry}/`,
      'fine.md': `see ${ROOT.slice(1)} and x.${registry}.example and other-${registry}`,
    }),
    [ROOT, registry],
  );
  assert.deepEqual(found, [`README.md:2 names ${ROOT}`, `.npmrc:1 names ${registry}`]);
});

test('finds notes to self, and not the Spanish for everything', () => {
  const [todo, fixme] = [
    ['TO', 'DO'],
    ['FIX', 'ME'],
  ].map((parts) => parts.join(''));
  const found = notesToSelf(
    sources({
      'src/a.ts': `x();\n// ${todo} later`,
      'a.md': `${fixme}: this`,
      'b.json': '["todo", "VTODOS"]',
    }),
  );
  assert.deepEqual(found, ['src/a.ts:2 is a note to self', 'a.md:1 is a note to self']);
});

test('finds a lock file that names its source or lacks a hash', () => {
  const found = lockBreaches(
    JSON.stringify({
      packages: {
        '': {},
        'node_modules/a': { integrity: 'sha512-x', resolved: 'https://example.org/a.tgz' },
        'node_modules/b': {},
        'node_modules/c': { integrity: 'sha512-x' },
      },
    }),
  );
  assert.equal(found.length, 2);
});
