import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { hashId } from '../../kernel/bytes.ts';

/** The built pages: one answer per path; paths that no file has get the first page, which routes by itself. */
export interface Pages {
  answer(path: string, request: Headers): Promise<Response>;
}

interface PageFile {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly tag: string;
  readonly isHashed: boolean;
  readonly isPackable: boolean;
  readonly packed: Map<'br' | 'gzip', Promise<Uint8Array<ArrayBuffer>>>;
}

interface Edition {
  readonly made: number;
  readonly files: ReadonlyMap<string, PageFile>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
};
const PACKED = new Set(['html', 'js', 'css', 'json', 'webmanifest', 'svg', 'txt']);
const FIRST = '/index.html';

/** The pages in a folder, read into memory when first asked for, and again when they have been built anew. */
export function pagesIn(folder: string): Pages {
  let edition: Edition | undefined;
  const current = (): Edition | undefined => {
    const made = statSync(join(folder, FIRST), { throwIfNoEntry: false })?.mtimeMs;
    if (made === undefined) return undefined;
    if (edition?.made !== made) edition = { made, files: readFiles(folder) };
    return edition;
  };
  return {
    async answer(path, request) {
      const files = (path === '/' || !edition ? current() : edition)?.files;
      const file =
        files?.get(path === '/' ? FIRST : path) ?? (looksLikeFile(path) ? undefined : files?.get(FIRST));
      if (!files)
        return plain(503, 'The pages have not been built: run npm run build, then load this again.');
      return file ? fileAnswer(file, request) : plain(404, 'There is nothing here.');
    },
  };
}

async function fileAnswer(file: PageFile, request: Headers): Promise<Response> {
  const headers = new Headers({
    'content-type': file.type,
    'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.tag,
    vary: 'accept-encoding',
  });
  if (request.get('if-none-match') === file.tag) return new Response(null, { status: 304, headers });
  const packing = packingFor(file, request.get('accept-encoding') ?? '');
  if (!packing) return new Response(file.octets, { headers });
  headers.set('content-encoding', packing);
  return new Response(await packed(file, packing), { headers });
}

/** What the browser takes (RFC 9110, 12.5.3), the smaller first. */
function packingFor(file: PageFile, accepts: string): 'br' | 'gzip' | undefined {
  if (!file.isPackable || file.octets.length < 1024) return undefined;
  const taken = accepts.split(',').flatMap((entry) => {
    const [name = '', quality = ''] = entry.trim().toLowerCase().split(';');
    return /q=0(\.0*)?$/.test(quality.trim()) ? [] : name.trim();
  });
  return (['br', 'gzip'] as const).find((packing) => taken.includes(packing));
}

function packed(file: PageFile, packing: 'br' | 'gzip'): Promise<Uint8Array<ArrayBuffer>> {
  const before = file.packed.get(packing);
  if (before) return before;
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const work =
    packing === 'br' ? promisify(brotliCompress)(file.octets, options) : promisify(gzip)(file.octets);
  const octets = work.then((buffer) => new Uint8Array(buffer));
  file.packed.set(packing, octets);
  return octets;
}

function readFiles(folder: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const path = full.slice(folder.length).split(sep).join('/');
    const octets = new Uint8Array(readFileSync(full));
    const ending = entry.name.split('.').at(-1) ?? '';
    files.set(path, {
      octets,
      type: TYPES[ending] ?? 'application/octet-stream',
      tag: `"${hashId(octets).slice(0, 22)}"`,
      isHashed: path.startsWith('/assets/'),
      isPackable: PACKED.has(ending),
      packed: new Map(),
    });
  }
  return files;
}

function looksLikeFile(path: string): boolean {
  return path.startsWith('/assets/') || /\.[a-z0-9]{1,12}$/i.test(path);
}

function plain(status: number, text: string): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(`${text}\n`, { status, headers });
}
