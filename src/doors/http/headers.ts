import { isSecure } from './host-check.ts';

/** Only what this node itself serves is loaded or called, and nothing is written into a page by hand. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The one script that works out argon2id may compile WebAssembly; it can ask nobody anything and stands in a worker of its
 * own, whose policy is this and not the page's (docs/decisions/0021-argon2-in-pages.md).
 */
const ARGON2 = /^\/assets\/argon2-worker-[\w-]+\.js$/;
const ARGON2_POLICY = ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "base-uri 'none'"].join(
  '; ',
);

/** For a year, this name is asked over TLS only. Not said of `localhost`, where other programs are asked without. */
export function strictTransport(origin: string | undefined): Readonly<Record<string, string>> {
  if (!isSecure(origin) || /^https:\/\/localhost(:|$)/.test(origin ?? '')) return {};
  return { 'strict-transport-security': 'max-age=31536000' };
}

/** Sent with every answer. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export function securityHeaders(path: string): Readonly<Record<string, string>> {
  return ARGON2.test(path)
    ? { ...SECURITY_HEADERS, 'content-security-policy': ARGON2_POLICY }
    : SECURITY_HEADERS;
}
