import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { DAY_MS, FILE_LIMITS } from '../../src/files/limits.ts';
import type { Failure } from '../../src/kernel/result.ts';

/** What goes up and down beside the pages, without a browser: whose it is, and what becomes of it when it is stopped. */

interface Steps {
  at(place: { id: string; done: number; parts: number }): void;
  isStopping(): boolean;
}
interface Up {
  begin(id: string | undefined): Promise<{ id: string; parts: number; missing: readonly number[] }>;
  put(id: string, number: number, part: Blob): Promise<unknown>;
  finish(id: string): Promise<unknown>;
  drop(id: string): Promise<unknown>;
}
interface Work {
  run(steps: Steps): Promise<boolean>;
  drop(): Promise<void>;
}
interface Line {
  readonly key: number;
  readonly name: string;
  readonly state: string;
  readonly failure?: Failure;
}
interface Pages {
  upload(file: File, up: Up): Work;
  addTransfer(it: object, work: Work, settled: () => void): void;
  useTransfers(): readonly Line[];
  pauseTransfer(key: number): void;
  goOnWith(key: number): void;
  cancelTransfer(key: number): Promise<void>;
  actAs(handle: string | undefined): void;
  Failed: new (failure: object) => Error;
}
/** What renders a component without a page. */
interface React {
  createElement(component: () => null): unknown;
  renderToStaticMarkup(element: unknown): string;
}

/** Loaded by name: their types are those of a browser. */
const load = (path: string) => import(new URL(`../../web/${path}.ts`, import.meta.url).href);
const FILE = new File([new Uint8Array(9)], 'will.pdf');
const kept = new Map<string, string>();
let pages: Pages;
let react: React;

/** One step of the work, which waits until it is let go. */
function gate<T>(value: T) {
  let open = (): void => {};
  let reach = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const pass = async (): Promise<T> => {
    reach();
    await opened;
    return value;
  };
  return { open: () => open(), reached, pass };
}

/** A node that notes what it is asked. */
function up(told: string[], more: Partial<Up> = {}): Up {
  const note = (what: string) => async () => void told.push(what);
  const begin = async (id: string | undefined) => {
    told.push(id === undefined ? 'begin' : `again ${id}`);
    return { id: 'f', parts: 1, missing: [1] };
  };
  return { begin, put: note('put'), finish: note('finish'), drop: note('drop'), ...more };
}

/** What a page shows of it. */
function lines(): readonly Line[] {
  let shown: readonly Line[] = [];
  react.renderToStaticMarkup(
    react.createElement(() => {
      shown = pages.useTransfers();
      return null;
    }),
  );
  return shown;
}

function add(work: Up): number {
  pages.addTransfer(
    { way: 'up', name: FILE.name, octets: 9, isSealed: false },
    pages.upload(FILE, work),
    () => {},
  );
  return lines().at(-1)?.key ?? 0;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const states = () => lines().map((it) => it.state);

describe('what goes up and down beside the pages', () => {
  before(async () => {
    const sessionStorage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    };
    Object.assign(globalThis, { sessionStorage, window: new EventTarget() });
    const files = ['api/acting', 'api/failure', 'files/work', 'files/transfers'];
    pages = Object.assign({}, ...(await Promise.all(files.map(load)))) as Pages; // what these four export
    const loaded = await Promise.all(['react', 'react-dom/server'].map((name) => import(name)));
    react = Object.assign({}, ...loaded) as React; // what these two export
  });
  after(() => {
    Reflect.deleteProperty(globalThis, 'window');
    Reflect.deleteProperty(globalThis, 'sessionStorage');
  });
  beforeEach(() => {
    pages.actAs(undefined);
    pages.actAs('maya');
  });

  test('paused while the last answer is read, it is done; where that answer is lost, it goes on from what the node has', async () => {
    const told: string[] = [];
    const last = gate(undefined);
    const key = add(up(told, { finish: last.pass }));
    await last.reached;
    pages.pauseTransfer(key);
    last.open();
    await settled();
    assert.deepEqual(states(), ['done']);

    let isLost = true;
    const again = add(
      up(told, {
        finish: async () => {
          told.push('finish');
          if (isLost) throw new pages.Failed({ code: 'node-unreachable', message: '', next: '' });
        },
      }),
    );
    await settled();
    assert.deepEqual(states(), ['done', 'failed']);
    isLost = false;
    told.length = 0;
    pages.goOnWith(again);
    await settled();
    assert.deepEqual([states(), told[0]], [['done', 'done'], 'again f']);
  });

  test('cancelled before the node has answered, what it began is let go of; where that fails, the line says so', async () => {
    const told: string[] = [];
    const first = gate({ id: 'f', parts: 1, missing: [1] });
    const key = add(up(told, { begin: first.pass }));
    await first.reached;
    void pages.cancelTransfer(key);
    assert.deepEqual(states(), ['cancelling']);
    first.open();
    await settled();
    assert.deepEqual([states(), told], [[], ['drop']]);

    const stuck = gate(undefined);
    let code = 'node-unreachable';
    const other = add(
      up(told, {
        put: stuck.pass,
        drop: async () => {
          throw new pages.Failed({ code, message: '', next: '' });
        },
      }),
    );
    await stuck.reached;
    void pages.cancelTransfer(other);
    stuck.open();
    await settled();
    assert.deepEqual(states(), ['failed']);
    assert.equal(lines()[0]?.failure?.code, 'node-unreachable');
    code = 'file-unknown';
    await pages.cancelTransfer(other);
    assert.deepEqual(states(), [], 'what is gone already is let go of');
  });

  test('what one party adds never begins as another, nor is it seen there; signed out, nothing of it stays', async () => {
    const told: string[] = [];
    const part = gate(undefined);
    add(up(told, { put: part.pass }));
    add(up(told));
    await part.reached;
    pages.actAs('leo');
    assert.deepEqual(lines(), []);
    part.open();
    await settled();
    assert.deepEqual(told, ['begin'], 'nothing of hers is sent as him');
    const his = gate(undefined);
    add(up(told, { finish: his.pass }));
    await his.reached;
    pages.actAs('maya');
    assert.deepEqual(states(), ['paused', 'waiting']);
    his.open();
    await settled();
    assert.deepEqual(states(), ['paused', 'done'], 'hers goes on when she is back');
    pages.actAs(undefined);
    pages.actAs('maya');
    assert.deepEqual(lines(), []);
  });

  test('pages cut files as the node does', async () => {
    const { fileBytes, partBytes, trashDays } = FILE_LIMITS;
    const { ...said } = await load('files/parts');
    const own = { FILE_OCTETS: fileBytes, PART_OCTETS: partBytes, TRASH_MS: trashDays * DAY_MS };
    assert.deepEqual(said, own);
  });
});
