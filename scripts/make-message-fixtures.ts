import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageFixtures } from './messages/files.ts';

/** Makes fixtures/messages anew: what other nodes may send, with what has to be said of it. */
const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'messages');

mkdirSync(FOLDER, { recursive: true });
for (const name of readdirSync(FOLDER)) if (name.endsWith('.json')) rmSync(join(FOLDER, name));
for (const [name, text] of await messageFixtures()) writeFileSync(join(FOLDER, name), text);
