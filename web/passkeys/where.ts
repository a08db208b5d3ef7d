/** Whether this browser can use passkeys on this page: it needs a name, and a way that nobody reads along. */
type Possible = 'yes' | 'needs-name' | 'in-the-open' | 'never';

export function passkeysHere(): Possible {
  const { hostname } = window.location;
  if (/^(127\.[\d.]+|\[::1\])$/.test(hostname)) return 'needs-name';
  if (!window.isSecureContext || /^([\d.]+|\[.*\])$/.test(hostname)) return 'in-the-open';
  return 'PublicKeyCredential' in window && 'credentials' in navigator ? 'yes' : 'never';
}

/** This very page under the name that means this machine. */
export function sameUnderName(): string {
  const { port, pathname } = window.location;
  return `http://localhost${port === '' ? '' : `:${port}`}${pathname}`;
}
