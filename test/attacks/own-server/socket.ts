import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../../../device/index.ts';
import { runCommand } from '../../../src/doors/cli/run-command.ts';
import { socketPath } from '../../../src/node/index.ts';
import { gazetteerForTests } from '../../../src/places/testing.ts';
import type { Device, Door } from './device.ts';
import type { World } from './world.ts';

/** The command line as it is installed, before a node that answers as its owner wishes. */
interface CommandLine {
  /** Runs one command, and answers the code of what it told, or `ok`. */
  run(...words: string[]): Promise<string>;
  /** What it asked the node to do, by name. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** `known`: it remembers what this device does, at this node. */
export async function commandLine(world: World, known: Device, door: Door): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-own-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const memory = join(folder, 'memory.json');
  if (existsSync(known.file))
    writeFileSync(memory, readFileSync(known.file, 'utf8').replaceAll('"node#', `"${data}#`));
  const asked: string[] = [];
  const answer = door(known.call);
  const server = createServer((request, response) => {
    const name = (request.url ?? '').replace('/api/', '');
    asked.push(name);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      world.watch.see({ name, text, input: JSON.parse(text) });
      void answer(name, JSON.parse(text)).then((it) => {
        response.writeHead(it.ok ? 200 : 422, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(it.ok ? it.value : { code: it.code, title: it.message, detail: it.next }),
        );
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath(data), resolve));
  return {
    asked,
    async run(...words) {
      const left = await runCommand({
        words: [...words, '--json'],
        here: folder,
        dataFolder: () => data,
        keyFile: () => undefined,
        databaseUrl: undefined,
        gazetteer: gazetteerForTests(),
        memoryFile: () => memory,
        columns: 0,
        tell: () => {},
        show: () => {},
        reportBug: (error) => {
          throw error;
        },
      });
      return left.exitCode === 0 ? 'ok' : String(JSON.parse(left.out).code);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Call = Surroundings['call'];

/** Takes everything that it is sent, and says that it was done. */
export function takingAll(answers: Readonly<Record<string, unknown>>): Door {
  return () => ((name: string) => Promise.resolve({ ok: true, value: answers[name] ?? {} })) satisfies Call;
}
