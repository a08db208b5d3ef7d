import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { finish, SetupError, say } from './child.mjs';
import { forgetNode, outerPath, workingBroughtNode } from './node.mjs';

const OPTIONS = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs exactly what the lock file says, with whichever npm the machine has (9, 10 and 11 are known to do). */
export async function installPackages(root) {
  if (isInstalled(root)) return;
  say('installing packages with npm ci, half a minute or so, once');
  forgetNode(root);
  const path = outerPath(root);
  await npm(root, ['ci', ...OPTIONS], path);
  // On a Node too old for them npm leaves optional packages out without a word; on the one just brought it does not.
  const node = workingBroughtNode(root);
  if (!node || isInstalled(root)) return;
  await npm(root, ['install', '--no-save', ...OPTIONS], [dirname(node), ...path]);
}

async function npm(root, args, path) {
  const child = spawn('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2], // standard output belongs to the command that follows
    env: { ...process.env, PATH: path.join(delimiter) },
  });
  const done = await finish(child).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new SetupError(
      'npm is not installed: it comes with Node.js from https://nodejs.org, install it and try again.',
    );
  });
  if (!done) {
    throw new SetupError(
      `npm ${args[0]} failed (see above): check the connection to the package registry and try again.`,
    );
  }
}

/** True when all that the lock file asks for is in npm's own list, which it writes last; also after npm by hand. */
function isInstalled(root) {
  const list = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  try {
    const wanted = packages(join(root, 'package-lock.json'));
    const present = packages(list);
    return Object.entries(wanted).every(
      ([path, wish]) =>
        path === '' ||
        (present[path]
          ? present[path].integrity === wish.integrity && existsSync(join(root, path))
          : wish.optional === true && !isForHere(wish)),
    );
  } catch {
    return false; // unreadable: npm makes it anew
  }
}

function packages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** Optional packages without a platform serve those of some other platform. */
function isForHere({ os, cpu, libc }) {
  const allows = (list, value) => !list || list.includes(value);
  const isAnywhere = !os && !cpu && !libc;
  return !isAnywhere && allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libcHere());
}

function libcHere() {
  return process.report?.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
}
