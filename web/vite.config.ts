import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * React Aria ships its own few words in 35 languages; the pages speak the languages in i18n/ only.
 * Without this the first page carries all of them.
 */
const spoken = new Set(['en-US']);
const onlySpokenLocales: Plugin = {
  name: 'only-spoken-locales',
  enforce: 'pre',
  load(id) {
    const locale = /\/react-(?:aria|stately|aria-components)\/.*\/([a-z]{2}-[A-Z]{2})\.m?js$/.exec(id)?.[1];
    return locale !== undefined && !spoken.has(locale) ? 'export default {}' : undefined;
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), onlySpokenLocales],
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:7377' } },
});
