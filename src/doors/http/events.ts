import type { Context } from 'hono';
import { LIMITS } from '../../kernel/limits.ts';
import { fail } from '../../kernel/result.ts';
import type { Deps } from '../../operations.ts';
import type { HttpDoor } from './door.ts';
import { problemResponse } from './problem.ts';
import { actorOf } from './session.ts';

/** How long changes gather after one was told. */
const GATHER_MS = 100;
const HEARTBEAT_MS = 25_000;

/** Who listens for changes of which party; one listener at the storage serves all streams of a party. */
export interface ChangeFeed {
  /** Calls back after changes; the returned function ends it. Undefined when there are too many already. */
  subscribe(home: string, onChange: () => void): (() => void) | undefined;
  /** Ends every stream. */
  close(): void;
  onClose(callback: () => void): () => void;
}

export function changeFeed(deps: Deps): ChangeFeed {
  const subscribers = new Map<string, Set<() => void>>();
  const closers = new Set<() => void>();
  let open = 0;
  return {
    subscribe(home, onChange) {
      if (open >= LIMITS.eventStreams) return undefined;
      open++;
      let group = subscribers.get(home);
      if (!group) {
        const created = new Set<() => void>();
        group = created;
        subscribers.set(home, created);
        deps.storage.listen(`changed:${home}`, () => {
          for (const tell of created) tell();
        });
      }
      group.add(onChange);
      const joined = group;
      return () => {
        if (joined.delete(onChange)) open--;
      };
    },
    close() {
      for (const closer of closers) closer();
    },
    onClose(callback) {
      closers.add(callback);
      return () => closers.delete(callback);
    },
  };
}

/**
 * `GET /api/events`: server-sent events (HTML standard, 9.2). `changed`, without data, whenever something of the acting
 * party changed; `?as=` names it, because an EventSource sends no headers of its own.
 */
export function eventsRoute(door: HttpDoor, feed: ChangeFeed): (c: Context) => Promise<Response> {
  return async (c) => {
    const actor = await actorOf(door, c, c.req.query('as') ?? c.req.header('parley-as'));
    if (!actor.ok) return problemResponse(actor);
    const { home, scopes } = actor.value;
    if (home === undefined) {
      return problemResponse(fail('sign-in-needed', 'This needs somebody to act as.', 'Sign in first.'));
    }
    if (scopes && !scopes.includes('reads')) {
      return problemResponse(
        fail('scope-missing', 'This token may not read.', 'Make a token with that scope.'),
      );
    }
    return streamOf(door.deps, feed, home);
  };
}

function streamOf(deps: Deps, feed: ChangeFeed, home: string): Response {
  let end = (): void => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => controller.enqueue(new TextEncoder().encode(text));
      const changes = gather(deps, () => write('event: changed\ndata:\n\n'));
      const leave = feed.subscribe(home, changes.tell);
      if (!leave) {
        write('event: busy\ndata:\n\n');
        controller.close();
        return;
      }
      let stopHeart = (): void => {};
      const beat = (): void => {
        write(':\n\n');
        stopHeart = deps.clock.after(HEARTBEAT_MS, beat);
      };
      const stopWaiting = feed.onClose(() => {
        end();
        controller.close();
      });
      end = () => {
        leave();
        changes.stop();
        stopHeart();
        stopWaiting();
      };
      write('retry: 1000\n');
      beat();
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

/** Tells at once, then gathers what comes within a moment into one more. */
function gather(deps: Deps, tellOn: () => void): { tell: () => void; stop: () => void } {
  let cancel: (() => void) | undefined;
  let again = false;
  const rest = (): void => {
    cancel = deps.clock.after(GATHER_MS, () => {
      cancel = undefined;
      if (!again) return;
      again = false;
      tellOn();
      rest();
    });
  };
  return {
    tell() {
      if (cancel) {
        again = true;
        return;
      }
      tellOn();
      rest();
    },
    stop: () => cancel?.(),
  };
}
