import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A bug to be planted: what stands once in a file, and what shall be read in its place. */
interface Bug {
  readonly name: string;
  /** Relative to the repository. */
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

const ROOT = join(import.meta.dirname, '..', '..');

/** Plants the bug of that name. The files stay as they are; only what this process loads of one of them differs. */
export function plant(bugs: readonly Bug[], name: string | undefined): void {
  const bug = bugs.find((it) => it.name === name);
  if (!bug) throw new Error(`there is no planted bug ${name}`);
  const target = pathToFileURL(join(ROOT, bug.file)).href;
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
}
