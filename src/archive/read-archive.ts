import { fromUtf8 } from '../kernel/bytes.ts';
import { type Json, type JsonObject, parseStrictJson } from '../kernel/json.ts';
import { isObject } from '../records/index.ts';
import { type Digest, newDigest } from './digest.ts';
import type { Findings } from './findings.ts';
import { compareKeys, decodeRow } from './lines.ts';
import { FORMAT, Header, Manifest, type Row, type SectionHead, VERSION } from './model.ts';
import type { Line } from './read-lines.ts';
import type { Code } from './words.ts';

/** What a reader does with an archive's content, as it passes by. */
export interface Visitor {
  readonly header?: (header: Header) => void;
  readonly row?: (section: SectionHead, row: Row, place: string, octets: Uint8Array) => void | Promise<void>;
  readonly sectionEnd?: (section: SectionHead) => void | Promise<void>;
}

export interface Contents {
  readonly header: Header | undefined;
  /** The last line, when there is one: else the archive is cut off. */
  readonly manifest: Manifest | undefined;
  /** Rows, and SHA-256 of their lines, by section. */
  readonly counts: ReadonlyMap<string, number>;
  readonly hashes: ReadonlyMap<string, string>;
}

interface State {
  readonly findings: Findings;
  readonly visitor: Visitor;
  readonly total: Digest;
  header: Header | undefined;
  manifest: Manifest | undefined;
  /** The section whose rows come now. */
  current: { head: SectionHead; digest: Digest; last: Row | undefined } | undefined;
  readonly counts: Map<string, number>;
  readonly hashes: Map<string, string>;
}

const DEPTH = 6;

/**
 * Reads the lines of an archive and holds them against its manifest: every line canonical, every row in its section and
 * in order, counts and hashes. What does not fit goes to the findings; only rows that fit reach the visitor.
 */
export async function readArchive(
  lines: AsyncIterable<Line>,
  findings: Findings,
  visitor: Visitor,
): Promise<Contents> {
  const state: State = {
    findings,
    visitor,
    total: newDigest(),
    header: undefined,
    manifest: undefined,
    current: undefined,
    counts: new Map(),
    hashes: new Map(),
  };
  for await (const line of lines) {
    findings.checked.lines++;
    const place = `line ${line.number}`;
    const object = parseLine(line, place, findings);
    if (line.number === 1) {
      if (!object || !takeHeader(state, object)) return state;
    } else await takeLine(state, line, place, object);
    if (!state.manifest) state.total.add(line.octets);
  }
  if (!state.manifest) findings.problem('end', 'manifest-missing');
  return state;
}

/** The object of a line in its one canonical form. */
function parseLine(line: Line, place: string, findings: Findings): JsonObject | undefined {
  const refuse = (code: Code): undefined => {
    findings.problem(place, code);
    return undefined;
  };
  if (!line.isWhole) return refuse('line-cut');
  const text = fromUtf8(line.octets);
  if (text === undefined) return refuse('not-utf8');
  const parsed = parseStrictJson(text, DEPTH);
  if (!parsed.ok || !isObject(parsed.value)) return refuse('not-json');
  if (JSON.stringify(parsed.value) === text) return parsed.value;
  return refuse('not-canonical');
}

function takeHeader(state: State, object: JsonObject): boolean {
  const { findings } = state;
  if (object.format !== FORMAT || object.v !== VERSION) {
    findings.problem('line 1', 'format-unknown');
    return false;
  }
  const read = Header.safeParse(object);
  const names = read.success ? read.data.sections.map((section) => section.name) : [];
  const fits = read.success && new Set(names).size === names.length && read.data.sections.every(isSection);
  if (!read.success || !fits || !isSorted(object)) {
    findings.problem('line 1', 'header-malformed');
    return false;
  }
  state.header = read.data;
  state.visitor.header?.(read.data);
  return true;
}

/** At least two columns (so that no row looks like a section's line), and the key among them. */
function isSection({ columns, key }: SectionHead): boolean {
  const names = Object.keys(columns);
  const isUnique = new Set(key).size === key.length;
  return names.length >= 2 && isUnique && key.every((column) => names.includes(column));
}

/** Names in the order of their characters, in every object of it. */
function isSorted(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.every(isSorted);
  if (!isObject(value)) return true;
  const isInOrder = Object.keys(value).every((name, i, names) => i === 0 || (names[i - 1] ?? '') < name);
  return isInOrder && Object.values(value).every(isSorted);
}

async function takeLine(
  state: State,
  line: Line,
  place: string,
  object: JsonObject | undefined,
): Promise<void> {
  const { findings } = state;
  if (state.manifest) {
    findings.problem(place, 'after-manifest');
    return;
  }
  const [only, ...others] = Object.keys(object ?? {});
  if (object && others.length === 0 && only === 'section') {
    await takeSection(state, place, object.section);
    return;
  }
  if (object && others.length === 0 && only === 'manifest') {
    await takeManifest(state, place, object.manifest);
    return;
  }
  if (!state.current) {
    if (object) findings.problem(place, 'row-stray');
    return;
  }
  state.current.digest.add(line.octets);
  if (object) await takeRow(state, line, place, object, state.current);
}

async function takeSection(state: State, place: string, name: unknown): Promise<void> {
  await closeSection(state);
  const { findings, counts } = state;
  const sections = state.header?.sections ?? [];
  const head = sections.find((section) => section.name === name);
  if (!head || counts.has(head.name)) {
    findings.problem(place, 'section-unexpected');
    return;
  }
  // One that is left out is told at the end.
  if (sections.slice(sections.indexOf(head)).some((later) => counts.has(later.name))) {
    findings.problem(place, 'section-order');
  }
  counts.set(head.name, 0);
  state.current = { head, digest: newDigest(), last: undefined };
}

async function closeSection(state: State): Promise<void> {
  const { current } = state;
  if (!current) return;
  state.counts.set(current.head.name, current.digest.count());
  state.hashes.set(current.head.name, current.digest.sha256());
  state.current = undefined;
  await state.visitor.sectionEnd?.(current.head);
}

async function takeRow(
  state: State,
  line: Line,
  place: string,
  object: JsonObject,
  current: NonNullable<State['current']>,
): Promise<void> {
  const { findings, visitor } = state;
  const { head, last } = current;
  const decoded = decodeRow(object, head.columns);
  if ('misfit' in decoded) {
    if (decoded.misfit === 'columns') findings.problem(place, 'row-columns', `(${head.name})`);
    else findings.problem(place, 'row-value', `(${decoded.misfit} in ${head.name})`);
    return;
  }
  const { row } = decoded;
  const order = last ? compareKeys(last, row, head.key) : -1;
  if (order >= 0) {
    findings.problem(place, order === 0 ? 'row-twice' : 'row-order');
    return;
  }
  current.last = row;
  await visitor.row?.(head, row, place, line.octets);
}

async function takeManifest(state: State, place: string, value: Json | undefined): Promise<void> {
  await closeSection(state);
  const { findings, total } = state;
  const read = Manifest.safeParse(value);
  const sections = state.header?.sections ?? [];
  const manifest = read.success && isSorted(value) && isOfThese(read.data, sections) ? read.data : undefined;
  state.manifest = manifest ?? { counts: {}, hashes: {}, total: { lines: 0, sha256: '' } };
  if (!manifest) {
    findings.problem(place, 'manifest-malformed');
    return;
  }
  for (const { name } of sections) compareSection(state, name, manifest);
  if (manifest.total.lines !== total.count() || manifest.total.sha256 !== total.sha256()) {
    findings.problem('end', 'total-differs');
  }
}

/** It names the sections of the header, and no others. */
function isOfThese({ counts, hashes }: Manifest, sections: readonly SectionHead[]): boolean {
  const wanted = sections
    .map(({ name }) => name)
    .sort()
    .join();
  return [counts, hashes].every((it) => Object.keys(it).join() === wanted);
}

function compareSection({ findings, counts, hashes }: State, name: string, manifest: Manifest): void {
  const place = `section ${name}`;
  const count = counts.get(name);
  const expected = manifest.counts[name];
  if (count === undefined) {
    findings.problem(place, 'section-missing');
    return;
  }
  if (count !== expected) {
    findings.problem(place, 'count-differs', `${count} instead of ${expected ?? 'none'}.`);
    return;
  }
  if (hashes.get(name) !== manifest.hashes[name]) {
    findings.problem(place, 'hash-differs');
  }
}
