import { type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { lift } from './lift.ts';
import { encodeRow } from './lines.ts';
import type { Finding, Header, ImportReport, Report, Row } from './model.ts';
import type { Bound } from './node-bound.ts';
import { SECTIONS } from './sections.ts';
import { insertRows, pageRows } from './store.ts';
import { takeHandle } from './take-handle.ts';
import { type Code, inWords } from './words.ts';

/** Takes a handle and writes the party's own row, as the last of all: from then on it is on this node, paused. */
export async function finishImport(
  deps: BaseDeps,
  bound: Bound,
  header: Header,
  party: Row,
  report: Report,
): Promise<Result<ImportReport>> {
  const { id: home, handle: had } = header.party;
  const taken = await takeHandle(deps, home, had);
  if (!taken.ok) return taken;
  const handle = taken.value;
  const now = deps.clock.now();
  const written = await deps.storage.transact(bound.home, async (tx): Promise<Result<true>> => {
    if (await getPartyRow(tx, home)) {
      return fail('party-exists', 'This very party came to this node meanwhile.', 'Sign in to it.');
    }
    await insertRows(tx, 'parties', [{ ...party, handle, paused_at: now }]);
    const [section] = SECTIONS;
    const columns = header.sections.find(({ name }) => name === 'parties')?.columns;
    if (!section || !columns) return incomplete();
    const [row] = await pageRows(tx, home, section, columns, undefined, 1);
    const isSame = row && encodeRow({ ...row, handle: had }, columns) === encodeRow(party, columns);
    if (!isSame) return incomplete();
    await lift(tx, header.schema);
    return ok(true);
  });
  if (isFailure(written)) return written;
  const { notices } = report;
  return ok({ ...report, handle, isPaused: true, notices: [...notices, ...tellChanges(handle, had)] });
}

function tellChanges(handle: string, had: string): Finding[] {
  const tell = (code: Code, detail?: string): Finding => {
    return { place: 'this node', code, what: inWords(code, detail) };
  };
  const renamed = handle === had ? [] : [tell('handle-taken', `It is called ${handle} on this node.`)];
  return [...renamed, tell('copy-paused')];
}

function incomplete(): Failure {
  return fail(
    'import-incomplete',
    'The party’s own row did not arrive as it was. Nothing was imported.',
    'Import it again; when it happens again, report it.',
    { parties: 'It is not the same.' },
  );
}
