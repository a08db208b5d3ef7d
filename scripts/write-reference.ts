import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { referencePages } from './reference/pages.ts';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'docs', 'reference');
mkdirSync(folder, { recursive: true });
for (const [name, text] of referencePages(root)) {
  const path = join(folder, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  writeFileSync(path, text);
  console.log(`wrote docs/reference/${name}`);
}
