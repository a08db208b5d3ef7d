import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { ROOT, type Sources } from './repository.ts';

/** Written so that this file does not hold what it looks for. */
const PUBLIC_REGISTRY = ['registry', 'npmjs', 'org'].join('.');
const NOTES_TO_SELF = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);

/** What must not leave the machine it was written on. */
export function machineTraces(): string[] {
  const folders = [ROOT, homedir()].filter((path) => path.split('/').length > 2);
  return [...new Set([...folders, PUBLIC_REGISTRY, ...configuredRegistry()])];
}

/** Files that name a folder of this machine or the host of a package registry. */
export function placesNaming(texts: Sources, traces: readonly string[]): string[] {
  return traces.flatMap((trace) => {
    const escaped = trace.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const before = trace.startsWith('/') ? '[\\w./-]' : '[\\w.-]';
    return placesOf(texts, new RegExp(`(?<!${before})${escaped}(?![\\w-])`), `names ${trace}`);
  });
}

/** Notes that a reader can do nothing with; what is to be done stands in an issue. */
export function notesToSelf(texts: Sources): string[] {
  return placesOf(texts, NOTES_TO_SELF, 'is a note to self');
}

/** A lock file that fixes contents by their hashes and leaves open where they come from. */
export function lockBreaches(lock: string): string[] {
  const parsed: {
    readonly packages?: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
  } = JSON.parse(lock);
  return Object.entries(parsed.packages ?? {}).flatMap(([path, it]) => [
    ...(it.resolved === undefined ? [] : [`the lock file says where ${path} comes from`]),
    ...(path === '' || it.integrity !== undefined || it.link ? [] : [`the lock file has no hash of ${path}`]),
  ]);
}

function placesOf(texts: Sources, pattern: RegExp, what: string): string[] {
  return [...texts].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1} ${what}`] : [])),
  );
}

function configuredRegistry(): string[] {
  try {
    const said = execFileSync('npm', ['config', 'get', 'registry'], { cwd: ROOT, stdio: 'pipe' });
    const { host, hostname } = new URL(said.toString().trim());
    const isLoopback = ['localhost', '127.0.0.1'].includes(hostname);
    return isLoopback && host === hostname ? [] : [host];
  } catch {
    return []; // no npm here, so it has left no trace either
  }
}
