import { type Context, Hono } from 'hono';
import { fail } from '../../kernel/result.ts';
import { failureOf } from '../call.ts';
import { operationRoute } from './api.ts';
import { apiPage, apiStyle } from './api-page.ts';
import type { HttpDoor } from './door.ts';
import { type ChangeFeed, eventsRoute } from './events.ts';
import { securityHeaders, strictTransport } from './headers.ts';
import { originOf, refuseForeign } from './host-check.ts';
import { openApi } from './openapi.ts';
import { peerRoute } from './peers.ts';
import { problemResponse } from './problem.ts';

/** Where other nodes come. */
const PEERS = ['/parley/*', '/.well-known/parley', '/.well-known/webfinger', '/parties/:name/did.json'];

/** Everything this node answers over HTTP; on the socket (no `hosts`) the operations only. */
export function httpApp(door: HttpDoor, feed: ChangeFeed): Hono {
  const app = new Hono();
  if (door.peers) for (const path of PEERS) app.all(path, peerRoute(door.peers));
  app.use(async (c, next) => {
    const refused = door.hosts && refuseForeign(c.req.raw.headers, door.hosts());
    if (refused) c.res = problemResponse(refused);
    else await next();
    const origin = door.hosts && originOf(c.req.raw.headers, door.hosts());
    const headers = { ...securityHeaders(c.req.path), ...strictTransport(origin) };
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  });
  app.onError((error) => problemResponse(failureOf(error, door.reportBug)));
  app.get('/api/events', eventsRoute(door, feed));
  let description: object | undefined;
  app.get('/api/openapi.json', (c) => {
    description ??= openApi(door.operations);
    return c.json(description);
  });
  app.get('/api/style.css', () => apiStyle());
  app.get('/api', () => apiPage(door.operations));
  app.all('/api/:operation', operationRoute(door));
  app.all('/api/*', () => nothingHere());
  app.get('*', (c: Context) => door.pages?.answer(c.req.path, c.req.raw.headers) ?? nothingHere());
  app.all('*', () => nothingHere());
  return app;
}

function nothingHere(): Response {
  return problemResponse(fail('page-unknown', 'There is nothing here.', 'See /api for the operations.'));
}
