import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependenciesOf, undeclaredImports, unexplainedDependencies } from './dependencies.ts';
import { assertKept, MODULES, modules } from './ours.ts';
import { repositoryText } from './repository.ts';

test('ARCHITECTURE.md names every dependency', () => {
  const names = dependenciesOf(repositoryText('package.json'));
  assertKept(unexplainedDependencies(names, repositoryText('ARCHITECTURE.md')));
});

test('every package that is imported is a dependency of ours', () => {
  assertKept(undeclaredImports(MODULES, dependenciesOf(repositoryText('package.json'))));
});

test('finds a dependency that is not named', () => {
  const names = dependenciesOf(
    '{"dependencies":{"pg":"1","react":"1"},"devDependencies":{"a-b":"1"},"optionalDependencies":{"n":"1"}}',
  );
  assert.deepEqual(names, ['pg', 'react', 'a-b', 'n']);
  const found = unexplainedDependencies(names, 'We use `pg`, `react-dom` and x/a-b; n brings Node.');
  assert.deepEqual(found, ['ARCHITECTURE.md does not name react', 'ARCHITECTURE.md does not name a-b']);
});

test('finds a package that only happens to be there', () => {
  const found = undeclaredImports(
    modules({
      'src/a.ts':
        "import 'node:fs'; import { z } from 'zod'; import x from '@scope/pkg/sub'; import './b.ts';",
      'src/b.ts': "import { util } from 'nanoid/util'; new URL('https://example.org');",
    }),
    ['zod', '@scope/pkg'],
  );
  assert.deepEqual(found, ['src/b.ts:1 imports nanoid/util, which package.json does not list']);
});
