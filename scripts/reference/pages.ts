import { COMMANDS } from '../../src/doors/cli/commands.ts';
import { overallHelp } from '../../src/doors/cli/help.ts';
import { failuresPage } from './failures.ts';
import { limitsPage } from './limits.ts';
import { operationsPage } from './operations.ts';
import { whoMayCallPage } from './who-may-call.ts';
import { wireSchemas } from './wire-schemas.ts';

const NOTE = '<!-- Written by scripts/write-reference.ts from the sources: change those, not this. -->';

/** The pages of docs/reference that derive from the sources, by their name. */
export function referencePages(root: string): ReadonlyMap<string, string> {
  const pages: Readonly<Record<string, string>> = {
    'operations.md': operationsPage(),
    'failures.md': failuresPage(root),
    'limits.md': limitsPage(root),
    'command-line.md': commandLinePage(),
    'who-may-call-what.md': whoMayCallPage(),
  };
  const noted = Object.entries(pages).map(([name, text]) => [name, `${NOTE}\n\n${text}`] as const);
  return new Map([...noted, ['wire-schemas.json', wireSchemas()]]);
}

function commandLinePage(): string {
  return `# Command line

\`\`\`
${overallHelp(COMMANDS)}
\`\`\`

A command talks to the running node through the socket in its data folder; without one it opens the folder itself and
locks it until the command, and whatever it set going, has ended. Fields are written \`--name value\`: lists by
repeating or with commas, parts of objects with dots (\`--place.id 7\`), amounts as people write them
(\`--price "12.50 EUR"\`). Passphrases that are left out are asked for at the terminal.
`;
}
