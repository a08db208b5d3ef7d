import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { overallHelp } from '../src/doors/cli/help.ts';
import { OPERATIONS } from '../src/operations.ts';
import { failuresPage } from './reference/failures.ts';
import { limitsPage } from './reference/limits.ts';
import { operationsPage } from './reference/operations.ts';

/** Writes the pages of docs/reference that derive from the sources; with --check only says which are out of date. */
const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'docs', 'reference');
const NOTE = '<!-- Written by scripts/write-reference.ts from the sources: change those, not this. -->\n\n';

const pages: Readonly<Record<string, string>> = {
  'operations.md': operationsPage(),
  'failures.md': failuresPage(root),
  'limits.md': limitsPage(root),
  'command-line.md': `# Command line

\`\`\`
${overallHelp(OPERATIONS)}
\`\`\`

A command talks to the running node through the socket in its data folder; without one it opens the folder itself and
locks it until the command, and whatever it set going, has ended. Fields are written \`--name value\`: lists by
repeating or with commas, parts of objects with dots (\`--place.id 7\`), amounts as people write them
(\`--price "12.50 EUR"\`). Passphrases that are left out are asked for at the terminal.
`,
};

const changed = Object.entries(pages).filter(([name, text]) => {
  const path = join(folder, name);
  return !existsSync(path) || readFileSync(path, 'utf8') !== NOTE + text;
});
if (process.argv.includes('--check')) {
  for (const [name] of changed) console.log(`docs/reference/${name} is out of date`);
  process.exitCode = changed.length > 0 ? 1 : 0;
} else {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of changed) writeFileSync(join(folder, name), NOTE + text);
  console.log(
    changed.length > 0 ? `wrote ${changed.map(([name]) => name).join(', ')}` : 'nothing has changed',
  );
}
