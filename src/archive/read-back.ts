import { type Failure, fail } from '../kernel/result.ts';
import type { Storage } from '../storage/index.ts';
import { newDigest } from './digest.ts';
import { encodeRow } from './lines.ts';
import type { Header, Report } from './model.ts';
import type { Bound } from './node-bound.ts';
import { SECTIONS } from './sections.ts';
import { archivedRows } from './write-archive.ts';

/**
 * Reads every row back from the database, all but the party's own, and holds counts and hashes against those of the
 * archive. Fails with `import-incomplete`, which names each section that is not there whole.
 */
export async function missingRows(
  storage: Storage,
  bound: Bound,
  header: Header,
  report: Report,
): Promise<Failure | undefined> {
  const fields: Record<string, string> = {};
  for (const section of SECTIONS) {
    const head = header.sections.find(({ name }) => name === section.table);
    if (!head || head.name === 'parties') continue;
    const digest = newDigest();
    for await (const row of archivedRows(storage.read, bound, section, head.columns)) {
      digest.add(encodeRow(row, head.columns));
    }
    const expected = report.counts[head.name] ?? 0;
    const count = digest.count();
    if (count !== expected) fields[head.name] = `${count} of ${expected} rows are there.`;
    else if (digest.sha256() !== report.hashes[head.name]) {
      fields[head.name] = `${count} rows are there, and they are not the same.`;
    }
  }
  if (Object.keys(fields).length === 0) return undefined;
  const named = Object.entries(fields).map(([name, what]) => `${name}: ${what}`);
  return fail(
    'import-incomplete',
    `Not everything arrived. ${named.join(' ')} Nothing was imported.`,
    'Import it again; when it happens again, report it.',
    fields,
  );
}
