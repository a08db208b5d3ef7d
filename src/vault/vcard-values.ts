import type { ContentLine, VcardVersion } from './vcard-lines.ts';

/** Text of a value: RFC 6350 section 3.4; 2.1 knows no line break as `\n`. */
export function unescapeText(value: string, version: VcardVersion): string {
  return value.replaceAll(/\\([\\;,:nN])/g, (whole, char: string) =>
    char !== 'n' && char !== 'N' ? char : version === '2.1' ? whole : '\n',
  );
}

/** A value's parts between separators that are not escaped, each as text. */
export function splitValue(line: ContentLine, separator: ';' | ','): string[] {
  const parts = [''];
  for (let at = 0; at < line.value.length; at++) {
    const char = line.value[at] ?? '';
    if (char === '\\') {
      parts[parts.length - 1] += char + (line.value[at + 1] ?? '');
      at++;
    } else if (char === separator) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => unescapeText(part, line.version).trim());
}

/**
 * The dates that address books write, as YYYY-MM-DD, YYYY-MM, YYYY or --MM-DD; undefined for anything else.
 * Apple writes a day without its year with a year to be left out.
 */
export function dateOf(line: ContentLine): string | undefined {
  const text = line.value.trim().replace(/T.*$/, '');
  const omitted = line.params.get('X-APPLE-OMIT-YEAR')?.[0];
  const full = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (full) {
    const [, year, month, day] = full;
    return year === omitted ? `--${month}-${day}` : `${year}-${month}-${day}`;
  }
  const yearless = /^--(\d{2})-?(\d{2})$/.exec(text);
  if (yearless) return `--${yearless[1]}-${yearless[2]}`;
  return /^\d{4}(-\d{2})?$/.test(text) ? text : undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  HOME: 'home',
  WORK: 'work',
  CELL: 'mobile',
  IPHONE: 'iPhone',
  MAIN: 'main',
  OTHER: 'other',
  PAGER: 'pager',
  CAR: 'car',
  SCHOOL: 'school',
};

/** What tells this entry from others of its kind: the label its owner gave, else its types; undefined for none. */
export function distinction(line: ContentLine, groupLabels: ReadonlyMap<string, string>): string | undefined {
  const given = line.group === undefined ? undefined : groupLabels.get(line.group);
  if (given) return given;
  const words = [...line.types].map((type) => WORDS[type.replace(/^X-/, '')]).filter((w) => w !== undefined);
  return words.length > 0 ? words.join(' ') : undefined;
}

/** Apple wraps its own labels: `_$!<HomePage>!$_`. */
export function plainLabel(value: string): string {
  return value.replace(/^_\$!<(.*)>!\$_$/, '$1').trim();
}
