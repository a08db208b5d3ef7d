import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of an object of limits, or the comment before it. */
const COMMENT = /^\s*\/\*\*\s*(.*?)\s*\*\/$/;
const LIMIT = /^\s*(?:export const )?(\w+)\s*[:=]\s*([\d_*+ ().]+|[\d_* ]*LIMITS?\.\w+)\s*[,;]/;

/** Every limit, from the comments beside them. */
export function limitsPage(root: string): string {
  const files = globSync('src/**/limits.ts', { cwd: root }).sort(
    (a, b) => Number(b.startsWith('src/kernel/')) - Number(a.startsWith('src/kernel/')) || (a < b ? -1 : 1),
  );
  const sections = files.map((path) => {
    const room = path.split('/')[1] ?? '';
    const rows = limitsIn(readFileSync(join(root, path), 'utf8'));
    const title = room === 'kernel' ? 'Everywhere' : room[0]?.toUpperCase() + room.slice(1);
    return `## ${title}

| limit | value | of what |
| --- | --- | --- |
${rows.join('\n')}
`;
  });
  return `# Limits

Everything has one. What goes beyond is refused with a code, and nothing is cut off silently.

${sections.join('\n')}`;
}

function limitsIn(source: string): string[] {
  const rows: string[] = [];
  let comment = '';
  for (const line of source.split('\n')) {
    const said = COMMENT.exec(line)?.[1];
    if (said !== undefined) comment = said;
    const [, name, value] = LIMIT.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    rows.push(`| \`${name}\` | ${value.trim().replaceAll('_', ' ').replaceAll('*', '×')} | ${comment} |`);
  }
  return rows;
}
