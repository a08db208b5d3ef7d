import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, '..');
const SIBLING = /new URL\('\.\/([\w/-]+)\.(ts|json)', import\.meta\.url\)/g;

/** What a module reaches by its address, a program to start or a file to read, lies beside the output under its own name. */
const siblings: Plugin = {
  name: 'siblings',
  enforce: 'pre',
  async transform(code, id) {
    if (!id.startsWith(resolve(root, 'src'))) return undefined;
    for (const [, name = '', kind] of code.matchAll(SIBLING)) {
      const path = resolve(dirname(id), `${name}.${kind}`);
      if (kind === 'ts') this.emitFile({ type: 'chunk', id: path, fileName: `${name}.js` });
      else this.emitFile({ type: 'asset', fileName: `${name}.json`, source: await readFile(path) });
    }
    return code.replaceAll(SIBLING, (_, name, kind) => {
      return `new URL('./${name}.${kind === 'ts' ? 'js' : kind}', import.meta.url)`;
    });
  },
};

/** `npm start` and the command line as a few files: a process that begins reads these instead of a thousand (docs/decisions/0022). */
export default defineConfig({
  root,
  plugins: [siblings],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    emitAssets: true,
    target: 'node24',
    // Where a bug was is said by the names of functions and the lines of these files.
    minify: false,
    rolldownOptions: {
      input: {
        main: resolve(root, 'src/main.ts'),
        parley: resolve(root, 'src/doors/cli/main.ts'),
      },
      // The packages below it look for each other while they are read, in an order that only theirs has.
      external: ['pg-native', /^@simplewebauthn\/server/],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
