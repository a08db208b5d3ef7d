import { SaxesParser } from 'saxes';
import { type Failure, fail } from '../../kernel/result.ts';
import { deskLimits } from '../limits.ts';
import { FIELDS, type Field, type RawRow } from './model.ts';
import type { TextFile } from './open-file.ts';

const GOOGLE = 'http://base.google.com/ns/1.0';
const ATOM = 'http://www.w3.org/2005/Atom';

/** Parts of `g:shipping`, in the order of the one-field way to write it. */
const SHIPPING = [
  'country',
  'region',
  'service',
  'price',
  'min_handling_time',
  'max_handling_time',
  'min_transit_time',
  'max_transit_time',
];

class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

type Fields = Partial<Record<Field, string[]>>;

/** Where the reader is in the document. */
interface State {
  depth: number;
  /** Of the item that is open; undefined between items. */
  item: { depth: number; google: Fields; plain: Fields; broken?: string } | undefined;
  field: { name: string; depth: number; isGoogle: boolean } | undefined;
  text: string;
  shipping: Map<string, string> | undefined;
  readonly ready: RawRow[];
  row: number;
  /** Characters since anything ended; a piece without end would otherwise be gathered for ever. */
  sinceEvent: number;
}

/**
 * The items of a Google Merchant product feed, RSS 2.0 or Atom, piece by piece. Document types are refused, so that no
 * entity is ever declared, let alone fetched. Yields a Failure and ends where the feed cannot be read on:
 * `feed-broken`, `feed-unknown`, `feed-entities`, `feed-too-deep`, `feed-too-long`.
 */
export async function* readFeed(file: TextFile): AsyncGenerator<RawRow | Failure> {
  const state: State = {
    depth: 0,
    item: undefined,
    field: undefined,
    text: '',
    shipping: undefined,
    ready: [],
    row: 0,
    sinceEvent: 0,
  };
  const parser = feedParser(state);
  try {
    for await (const piece of file.pieces()) {
      state.sinceEvent += piece.length;
      if (state.sinceEvent > deskLimits.rowChars + piece.length) throw new Refused(tooLong());
      parser.write(piece);
      yield* state.ready.splice(0);
    }
    parser.close();
    yield* state.ready.splice(0);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    yield* state.ready.splice(0);
    yield error.failure;
  }
}

function feedParser(state: State) {
  const parser = new SaxesParser({ xmlns: true });
  let attributes = 0;
  parser.on('error', (error) => {
    throw new Refused(brokenFeed(error, parser.line));
  });
  parser.on('doctype', () => {
    throw new Refused(
      fail(
        'feed-entities',
        'The feed declares a document type, which no product feed needs.',
        'Send it without.',
      ),
    );
  });
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  parser.on('attribute', () => {
    if (++attributes > deskLimits.feedAttributes) throw new Refused(tooLong());
  });
  parser.on('opentag', (tag) => {
    state.sinceEvent = 0;
    state.depth++;
    if (state.depth > deskLimits.feedDepth) {
      throw new Refused(fail('feed-too-deep', 'The feed is nested too deeply.', 'Send a product feed.'));
    }
    openElement(state, tag.local, tag.uri);
  });
  parser.on('text', (text) => addText(state, text));
  parser.on('cdata', (text) => addText(state, text));
  parser.on('closetag', () => {
    state.sinceEvent = 0;
    closeElement(state);
    state.depth--;
  });
  return parser;
}

function openElement(state: State, local: string, uri: string): void {
  const { depth, item } = state;
  if (depth === 1 && local !== 'rss' && !(local === 'feed' && uri === ATOM)) throw new Refused(unknownFeed());
  const opensItem = (local === 'item' && uri === '') || (local === 'entry' && uri === ATOM);
  if (!item && opensItem) {
    state.item = { depth, google: {}, plain: {} };
    return;
  }
  if (!item) return;
  if (depth === item.depth + 1) {
    const isOurs = uri === GOOGLE || uri === '' || uri === ATOM;
    state.field = { name: isOurs ? local : '', depth, isGoogle: uri === GOOGLE };
    state.text = '';
    state.shipping = local === 'shipping' && uri === GOOGLE ? new Map() : undefined;
  } else if (depth === item.depth + 2 && state.shipping) {
    state.field = { name: local, depth, isGoogle: true };
    state.text = '';
  }
}

function addText(state: State, text: string): void {
  state.sinceEvent = 0;
  if (!state.field || state.field.depth !== state.depth || !state.item) return;
  if (state.text.length + text.length > deskLimits.fieldChars) {
    state.item.broken ??= 'One of its fields is too long.';
    return;
  }
  state.text += text;
}

function closeElement(state: State): void {
  const { depth, item, field, shipping } = state;
  if (!item) return;
  if (field && field.depth === depth) {
    const value = state.text.trim();
    if (shipping && depth === item.depth + 2) shipping.set(field.name, value);
    else if (shipping) add(item.google, 'shipping', shippingText(shipping, value));
    else addNamed(field.isGoogle ? item.google : item.plain, field.name, value);
    const isInShipping = shipping !== undefined && depth === item.depth + 2;
    state.field = isInShipping ? { name: 'shipping', depth: depth - 1, isGoogle: true } : undefined;
    state.text = '';
    return;
  }
  if (depth === item.depth) {
    const { google, plain, broken } = item;
    // An Atom entry has an id of its own beside the product's.
    const fields = { ...plain, ...google };
    state.ready.push({ row: ++state.row, fields, ...(broken !== undefined && { broken }) });
    state.item = undefined;
  }
}

function shippingText(parts: ReadonlyMap<string, string>, value: string): string {
  return parts.size === 0
    ? value
    : SHIPPING.map((name) => parts.get(name) ?? '')
        .join(':')
        .replace(/:+$/, '');
}

function addNamed(fields: Fields, name: string, value: string): void {
  const field = FIELDS.find((known) => known === name);
  if (field !== undefined && value !== '') add(fields, field, value);
}

function add(fields: Fields, field: Field, value: string): void {
  const known = fields[field];
  if (known) known.push(value);
  else fields[field] = [value];
}

function unknownFeed(): Failure {
  return fail(
    'feed-unknown',
    'The file is XML, but neither an RSS nor an Atom feed.',
    'Send a product feed.',
  );
}

function tooLong(): Failure {
  return fail('feed-too-long', 'A part of the feed is longer than any may be.', 'Send a product feed.');
}

function brokenFeed(error: Error, line: number): Failure {
  const what = error.message.replace(/^\d+:\d+: /, '').slice(0, 200);
  const next = 'Mend the feed and import it again; rows before were taken.';
  return fail('feed-broken', `The feed is not well-formed XML at line ${line}: ${what}`, next);
}
