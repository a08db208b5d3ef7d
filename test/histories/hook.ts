import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUGS } from './bugs.ts';

const bug = BUGS.find((it) => it.name === process.env.PARLEY_HISTORIES_PLANT);
if (!bug) throw new Error(`there is no planted bug ${process.env.PARLEY_HISTORIES_PLANT}`);
const target = pathToFileURL(join(import.meta.dirname, '..', '..', bug.file)).href;

// The files stay as they are; only what this process loads of one of them differs.
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    const source = Buffer.from(loaded.source as Uint8Array).toString('utf8'); // a file's octets
    if (source.split(bug.text).length !== 2)
      throw new Error(`${bug.name}: its text is not in ${bug.file} once`);
    return { ...loaded, source: source.replace(bug.text, () => bug.instead) };
  },
});
