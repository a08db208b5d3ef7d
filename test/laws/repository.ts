import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The repository's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** Texts by path, relative to the repository and with slashes. */
export type Sources = ReadonlyMap<string, string>;

const CODE = /^(src|device|web|test|bench|scripts)\/.*\.(ts|tsx|mjs)$/;
const TEXT =
  /\.(ts|tsx|mjs|js|json|md|css|html|svg|txt|xml|csv|yml|yaml|sh|sql|vcf)$|(^|\/)[^./]+$|^\.[^/]+(\/run)?$/;
const NOT_OURS = new Set(['node_modules', 'build', '.git', 'data']);

/** Everything that belongs to the repository, committed or about to be. */
function repositoryFiles(): string[] {
  const listed = git(['ls-files', '--cached', '--others', '--exclude-standard']) ?? walk(ROOT);
  return listed.filter((path) => existsSync(join(ROOT, path)));
}

/** Files among the sources that git would leave out of a clone; undefined where there is no git. */
export function ignoredSources(): string[] | undefined {
  const folders = ['src', 'device', 'web', 'test', 'bench', 'scripts', 'docs', 'fixtures'];
  return git(['ls-files', '--others', '--ignored', '--exclude-standard', '--', ...folders]);
}

/** The code, without what is built. */
export function codeSources(): Sources {
  return read(repositoryFiles().filter((path) => CODE.test(path)));
}

/** Every text file, code or not. */
export function textSources(): Sources {
  return read(repositoryFiles().filter((path) => TEXT.test(path)));
}

/** One file of the repository; empty when there is none. */
export function repositoryText(path: string): string {
  return existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : '';
}

/** Sources written down in a test. */
export function sources(texts: Record<string, string>): Sources {
  return new Map(Object.entries(texts));
}

function read(paths: readonly string[]): Sources {
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

function git(args: readonly string[]): string[] | undefined {
  if (!existsSync(join(ROOT, '.git'))) return undefined;
  const said = execFileSync('git', ['-c', 'safe.directory=*', ...args, '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return said.split('\0').filter((path) => path !== '');
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : walk(path);
    return [relative(ROOT, path).split(sep).join('/')];
  });
}
