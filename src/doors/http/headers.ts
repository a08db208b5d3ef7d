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

/** For a year, this name is asked over TLS only. Not said of `localhost`, where other programs are asked without. */
export function strictTransport(origin: string | undefined): Readonly<Record<string, string>> {
  if (!isSecure(origin) || /^https:\/\/localhost(:|$)/.test(origin ?? '')) return {};
  return { 'strict-transport-security': 'max-age=31536000' };
}

/** Sent with every answer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
