import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusOf } from '../../src/doors/http/problem.ts';

interface Known {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  /** The folder under src whose failure this is. */
  readonly room: string;
}

const TEXT = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/.source;

/** Rooms first: a code that a room and a device share is the room's. */
const inRooms = (a: string, b: string): number =>
  Number(a.startsWith('device/')) - Number(b.startsWith('device/')) || (a < b ? -1 : 1);

/** A call whose first argument is a code and whose second is a sentence: `fail('code', 'What.', 'Next.')`. */
const CALL = new RegExp(`\\(\\s*'([a-z]+(?:-[a-z0-9]+)+)',\\s*(?:${TEXT})(?:,\\s*(?:${TEXT}))?`, 'g');

/** Every failure that the sources name, by code. */
export function failuresPage(root: string): string {
  const known = new Map<string, Known>();
  for (const path of globSync(['src/**/*.ts', 'device/*.ts'], { cwd: root }).sort(inRooms)) {
    if (path.endsWith('.test.ts') || path.endsWith('testing.ts')) continue;
    const room = path.startsWith('device/') ? 'device' : (path.split('/')[1] ?? '');
    for (const found of failuresIn(readFileSync(join(root, path), 'utf8'), room)) {
      if (!known.has(found.code)) known.set(found.code, found);
    }
  }
  const rows = [...known.values()]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(
      ({ code, message, next, room }) => `| \`${code}\` | ${statusOf(code)} | ${message} ${next} | ${room} |`,
    );
  return `# Failures

What could not be done answers a stable code, a sentence, and what to do next: over HTTP as problem details
(RFC 9457) with the status below, on the command line on standard error. "…" stands for a name, a number or a date.

| code | HTTP | what it says | room |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function failuresIn(source: string, room: string): Known[] {
  return [...source.matchAll(CALL)].flatMap((call) => {
    const [, code = '', ...texts] = call;
    const [message, next] = [texts.slice(0, 3), texts.slice(3, 6)].map((forms) =>
      readable(forms.find((form) => form !== undefined) ?? ''),
    );
    // A sentence begins with a capital or a name, and ends.
    return message && /^[\p{Lu}…"].* .*[.?…]$/u.test(message)
      ? [{ code, message, next: next ?? '', room }]
      : [];
  });
}

function readable(literal: string): string {
  return literal
    .replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll('|', '\\|')
    .trim();
}
