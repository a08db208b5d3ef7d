import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of a program on the PATH or in one of these further folders. */
export function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  return placesOf(name, folders).find(isExecutable);
}

/** The same of every program of that name. */
export function findPrograms(name: string, folders: readonly string[] = []): string[] {
  return placesOf(name, folders).filter(isExecutable);
}

function placesOf(name: string, folders: readonly string[]): string[] {
  const all = [...(process.env.PATH ?? '').split(delimiter), ...folders].filter((folder) => folder !== '');
  return [...new Set(all)].map((folder) => join(folder, name));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
