import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Clock } from '../../kernel/clock.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { boundConnections, type DoorLimits, serverOptions } from './bound-connections.ts';
import { DOOR_LIMITS } from './limits.ts';

export interface Listening {
  readonly port: number;
  /** Takes no new connections, waits for answers under way, then cuts what is left. */
  stop(): Promise<void>;
}

export type Place = { readonly host: string; readonly port: number } | { readonly path: string };

/** How long answers under way may take when the node stops. */
const PATIENCE_MS = 3_000;

/** Serves the app there. Fails with `port-taken`, `port-refused` and `address-unusable`. */
export async function listen(
  app: Hono,
  place: Place,
  clock: Clock,
  limits: DoorLimits = DOOR_LIMITS,
): Promise<Result<Listening>> {
  // The adaptor makes a server of node:http unless it is told otherwise.
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: serverOptions(limits),
  }) as Server;
  const error = await new Promise<Error | undefined>((resolve) => {
    server.once('error', resolve);
    server.listen(place, () => resolve(undefined));
  });
  if (error) return refusal(error, place);
  const unbound = boundConnections(server, clock, limits);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return ok({ port, stop: () => stop(server, clock).finally(unbound) });
}

async function stop(server: Server, clock: Clock): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const leaveUncut = clock.after(PATIENCE_MS, () => server.closeAllConnections());
  await closed;
  leaveUncut();
}

function refusal(error: Error, place: Place): Result<never> {
  const code = 'code' in error ? String(error.code) : '';
  if ('port' in place && code === 'EADDRINUSE') {
    return fail(
      'port-taken',
      `Port ${place.port} is taken by another program.`,
      `Stop that one, or take another port: npm start -- --port ${place.port === 65_535 ? 7448 : place.port + 1}`,
    );
  }
  if ('port' in place && code === 'EACCES') {
    return fail(
      'port-refused',
      `Port ${place.port} may not be used here.`,
      'Take one above 1023 with --port.',
    );
  }
  const where = 'path' in place ? 'The socket in the data folder' : `The address ${place.host}`;
  return fail(
    'address-unusable',
    `${where} cannot be listened on (${code}).`,
    'Give another --data or --port.',
  );
}
