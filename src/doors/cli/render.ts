import { formatValue, printable } from './format.ts';
import { isObject } from './shape.ts';

/** Characters of the widest cell: an id or a hash still fits. */
const CELL = 43;

/** A result for people: names and values aligned, rows as a table. `columns` is the width of the terminal. */
export function render(result: unknown, columns: number): string {
  if (!isObject(result)) return formatValue('', result) ?? JSON.stringify(result);
  const lines = renderObject(result, columns);
  return lines.length > 0 ? lines.join('\n') : 'Done.';
}

function renderObject(object: Record<string, unknown>, columns: number): string[] {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  const short = entries.filter(([name, value]) => formatValue(name, value) !== undefined);
  const long = entries.filter(([name, value]) => formatValue(name, value) === undefined);
  const width = Math.max(0, ...short.map(([name]) => name.length));
  const lines = short
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0 && object.rows === value))
    .map(([name, value]) => `${name.padEnd(width)}  ${formatValue(name, value) || '-'}`);
  if (Array.isArray(object.rows) && object.rows.length === 0) lines.push('Nothing here.');
  for (const [name, value] of long) {
    const isOnly = name === 'rows';
    const inner = renderLong(value, columns - (isOnly ? 0 : 2));
    lines.push(...(isOnly ? inner : [name, ...inner.map((line) => `  ${line}`)]));
  }
  return lines;
}

function renderLong(value: unknown, columns: number): string[] {
  if (typeof value === 'string') return printable(value).split('\n');
  if (isObject(value)) return renderObject(value, columns);
  if (!Array.isArray(value)) return [JSON.stringify(value)];
  const rows = value.filter(isObject);
  return rows.length === value.length
    ? renderRows(rows, columns)
    : value.map((entry) => JSON.stringify(entry));
}

/** One line per row when every cell fits on it, else one block per row. */
function renderRows(rows: readonly Record<string, unknown>[], columns: number): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => names.map((name) => formatValue(name, row[name])));
  const isFlat = cells.every((line) => line.every((cell) => cell !== undefined));
  const widths = names.map((name, at) =>
    Math.min(CELL, Math.max(name.length, ...cells.map((line) => (line[at] ?? '').length))),
  );
  const total = widths.reduce((sum, width) => sum + width + 2, 0);
  if (!isFlat || (total > columns && columns > 0)) {
    return rows.flatMap((row, at) => [...(at > 0 ? [''] : []), ...renderObject(row, columns)]);
  }
  const show = (line: readonly (string | undefined)[]): string =>
    line
      .map((cell, at) => cut(cell ?? '', widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [show(names), ...cells.map(show)];
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
