import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../../harness/postgres-server.ts';
import { limitedFiles } from '../../story/small-disk.ts';
import type { Half } from '../world/pair.ts';
import { whyNoDevice } from './device.ts';
import { type Machine, openMachine } from './machine.ts';

/** What a node stands on, and what can be done to that while it works. */
export interface Ground {
  readonly place: { readonly data: string; readonly databaseUrl?: string | undefined } | undefined;
  /** Leaves so much room for what it writes. */
  fill(half: Half, room: number): void;
  refuseWrites(half: Half): Promise<void>;
  /** Room and writing again; the node runs afterwards. `isAlive` says whether it still does. */
  relieve(half: Half, isAlive: boolean): Promise<void>;
  remove(): Promise<void>;
}

interface Grounds {
  readonly over: string;
  /** Those whose disk can be troubled; the other one's cannot. */
  readonly person: Ground;
  readonly vendor: Ground | undefined;
}

/** A disk of its own for each node where there can be; otherwise the limits that anybody may set for their own files. */
export async function openGrounds(): Promise<Grounds> {
  const why = whyNoDevice();
  if (why)
    return { person: limited(), vendor: undefined, over: `limits on files (a disk of its own ${why})` };
  const engine = findPostgres() ? 'postgresql' : 'sqlite';
  const [one, two] = [await openMachine('sqlite'), await openMachine(engine)];
  return { person: onMachine(one), vendor: onMachine(two), over: 'ext4 on loop devices' };
}

function onMachine(machine: Machine): Ground {
  let isWornOut = false;
  return {
    place: machine,
    fill: (_half, room) => machine.device.fill(room),
    async refuseWrites() {
      isWornOut = true;
      await machine.device.refuseWrites();
    },
    async relieve(half, isAlive) {
      if (isWornOut) {
        await machine.stop(half);
        await machine.device.restorePower();
      } else machine.device.relieve();
      await machine.startServer();
      if (isWornOut || !isAlive) await half.start();
      isWornOut = false;
    },
    remove: () => machine.remove(),
  };
}

function limited(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'parley-disk-'));
  const disk = limitedFiles(folder);
  return {
    place: { data: disk.data },
    fill: (half, room) => disk.squeeze(half.pid(), room),
    refuseWrites: async (half) => disk.squeeze(half.pid(), 0),
    async relieve(half, isAlive) {
      if (isAlive) disk.relieve(half.pid());
      else await half.start();
    },
    async remove() {
      rmSync(folder, { recursive: true });
    },
  };
}
