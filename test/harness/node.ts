import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { httpApp } from '../../src/doors/http/app.ts';
import { type ChangeFeed, changeFeed } from '../../src/doors/http/events.ts';
import { hostsFor } from '../../src/doors/http/host-check.ts';
import { callOperation } from '../../src/kernel/call-operation.ts';
import { type Clock, manualClock, systemClock } from '../../src/kernel/clock.ts';
import { downloadedFile } from '../../src/kernel/download.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { type Failure, isFailure, must, ok, type Result } from '../../src/kernel/result.ts';
import type { PassphraseCost } from '../../src/kernel/sealing.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { closedWayOut, type WayOut, type WireRequest, type WireResponse } from '../../src/network/index.ts';
import { type OpenNode, openNode } from '../../src/node/index.ts';
import { type Deps, OPERATIONS } from '../../src/operations.ts';
import { NOBODY, operatorAs } from '../../src/parties/index.ts';
import { gazetteerForTests } from '../../src/places/testing.ts';
import { putMigrated } from './migrated-sqlite.ts';
import { createMigratedDatabase } from './postgres.ts';
import { CHEAP, type Engine, FEW } from './test-deps.ts';

export const PASSPHRASE = 'correct horse battery';

/** 2026-11-02, 10:00 UTC. */
const START = Date.UTC(2026, 10, 2, 10);

interface TestNodeOptions {
  readonly engine?: Engine;
  /** Ids, keys and times from this seed, and a clock that stands still; else those of the system. */
  readonly seed?: string;
  /** Runs every transaction twice; true unless it is turned off. */
  readonly rehearse?: boolean;
  readonly passphraseCost?: PassphraseCost;
  readonly publicOrigin?: string;
  readonly wayOut?: WayOut;
  readonly relay?: string | undefined;
  readonly carriesForOthers?: boolean;
}

/** Who calls: nobody, the operator as nobody in particular, or the operator as this party. */
type CalledBy = undefined | 'operator' | { readonly as: string };

/** A whole node in this process. Nothing listens; `app` answers requests to http://127.0.0.1:7447. */
export interface TestNode {
  readonly deps: Deps;
  readonly data: string;
  readonly app: Hono;
  /** Undefined when it runs on the system's clock. */
  readonly clock: ReturnType<typeof manualClock> | undefined;
  /** Calls an operation; an answer that is not exactly what its schema says fails the test. */
  call(operation: string, input: object, by?: CalledBy): Promise<Result<unknown>>;
  /** The answer of a call that must succeed. */
  done<T>(operation: string, input: object, by?: CalledBy): Promise<T>;
  /** The failure of a call that must not. */
  refused(operation: string, input: object, by?: CalledBy): Promise<Failure>;
  /** A party of that handle with PASSPHRASE; its id. */
  party(handle: string): Promise<string>;
  answerPeer(request: WireRequest, side: string | undefined): Promise<WireResponse>;
  /** Resolves when no job runs and nothing due waits to be delivered. */
  idle(): Promise<void>;
  /** Closes the node and opens it anew on the same data, or on what was made of that in between. */
  reopen(between?: (data: string) => void): Promise<void>;
  close(): Promise<void>;
}

export async function startTestNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const data = mkdtempSync(join(tmpdir(), 'parley-node-'));
  const database = options.engine === 'postgresql' ? await createMigratedDatabase() : undefined;
  assert(options.engine !== 'postgresql' || database, 'there is no PostgreSQL to test on');
  if (!database) await putMigrated(join(data, 'parley.sqlite'));
  const manual = options.seed === undefined ? undefined : manualClock(START);
  const clock: Clock = manual ?? systemClock;
  const random = options.seed === undefined ? systemRandom : seededRandom(options.seed);
  const open = async (): Promise<{ node: OpenNode; app: Hono; feed: ChangeFeed }> => {
    const rehearse = options.rehearse ?? true;
    const opened = await openNode({
      ...{ data, databaseUrl: database?.url, clock, random, log: silentLog, rehearse },
      gazetteer: gazetteerForTests(),
      passphraseCost: options.passphraseCost ?? CHEAP,
      commitmentsAhead: FEW,
      publicOrigin: options.publicOrigin,
      wayOut: options.wayOut ?? closedWayOut,
      relay: options.relay,
      carriesForOthers: options.carriesForOthers ?? false,
    });
    const node = must(opened);
    const feed = changeFeed(node.deps);
    return { node, feed, app: testApp(node, feed, options.publicOrigin) };
  };
  let now = await open();
  const call = (operation: string, input: object, by?: CalledBy): Promise<Result<unknown>> =>
    callOn(now.node.deps, operation, input, by);
  const done = async <T>(operation: string, input: object, by?: CalledBy): Promise<T> => {
    const result = await call(operation, input, by);
    assert(result.ok, `${operation} failed: ${JSON.stringify(result)}`);
    return result.value as T; // the test says what it expects
  };
  const end = async (): Promise<void> => {
    now.feed.close();
    await now.node.close();
  };
  return {
    get deps() {
      return now.node.deps;
    },
    get app() {
      return now.app;
    },
    data,
    clock: manual,
    call,
    done,
    async refused(operation, input, by) {
      const result = await call(operation, input, by);
      assert(isFailure(result), `${operation} should have failed`);
      return result;
    },
    async party(handle) {
      const input = { name: handle, handle, passphrase: PASSPHRASE };
      return (await done<{ id: string }>('create-party', input, 'operator')).id;
    },
    answerPeer: (request, side) => now.node.answerPeer(request, side),
    idle: () => now.node.idle(),
    async reopen(between) {
      await end();
      between?.(data);
      now = await open();
    },
    async close() {
      await end();
      await database?.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function testApp(node: OpenNode, feed: ChangeFeed, publicOrigin: string | undefined): Hono {
  const hosts = new Map(hostsFor(['127.0.0.1', 'localhost', '::1'], 7447));
  if (publicOrigin !== undefined) hosts.set(new URL(publicOrigin).host, publicOrigin);
  const reportBug = (error: unknown): void => {
    throw error;
  };
  return httpApp(
    {
      deps: node.deps,
      operations: OPERATIONS,
      scratch: node.folder.scratch,
      reportBug,
      hosts: () => hosts,
    },
    feed,
  );
}

async function callOn(deps: Deps, name: string, input: object, by: CalledBy): Promise<Result<unknown>> {
  const operation = OPERATIONS.find((candidate) => candidate.name === name);
  assert(operation, `there is no operation ${name}`);
  const handle = typeof by === 'object' ? by.as : undefined;
  const found = by === undefined ? ok(NOBODY) : await operatorAs(deps, handle);
  if (!found.ok) return found;
  const actor = by === 'operator' ? { ...found.value, home: undefined, mayActAs: [] } : found.value;
  const result = await callOperation(operation, deps, actor, input);
  if (result.ok && operation.output !== downloadedFile) {
    assert.deepEqual(
      plain(operation.output.parse(result.value)),
      plain(result.value),
      `what ${name} answers`,
    );
  }
  return result;
}

/** As it goes over the wire. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
