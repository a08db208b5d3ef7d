import { spawn } from 'node:child_process';
import { findChromium } from '../../test/harness/browser.ts';
import { findPostgres } from '../../test/harness/postgres-server.ts';
import { findProgram } from '../../test/harness/programs.ts';
import { findPython } from '../../test/harness/python.ts';

interface Needs {
  readonly postgres: boolean;
  readonly browser: boolean;
  readonly python: boolean;
  readonly age: boolean;
  /** File systems of their own, which only root can have; a test without them says so itself. */
  readonly disks: boolean;
}

interface Provided extends Needs {
  /** What the run goes without, each with what to do about it. */
  readonly leftOut: string[];
}

/** Looks for the programs the tests drive, and installs Debian's packages of those that are missing when it may. */
export async function provide(needs: Needs): Promise<Provided> {
  const missing = () => [
    ...(needs.browser && !findChromium() ? ['chromium'] : []),
    ...(needs.postgres && !findPostgres() ? ['postgresql'] : []),
    ...(needs.python && !findPython() ? ['python3-cryptography'] : []),
    ...(needs.age && !findProgram('age') ? ['age'] : []),
    ...(needs.disks && process.getuid?.() === 0 && !findProgram('mkfs.ext4') ? ['e2fsprogs'] : []),
  ];
  const wanted = missing();
  if (wanted.length > 0) await install(wanted);
  const left = missing();
  return {
    postgres: needs.postgres && !left.includes('postgresql'),
    browser: needs.browser && !left.includes('chromium'),
    python: needs.python && !left.includes('python3-cryptography'),
    age: needs.age && !left.includes('age'),
    disks: needs.disks && !left.includes('e2fsprogs'),
    leftOut: [
      ...(left.includes('chromium')
        ? ['everything in a browser: no Chromium on the PATH (the Debian package is chromium)']
        : []),
      ...(left.includes('postgresql')
        ? [
            'everything on PostgreSQL: no initdb found (the Debian package is postgresql; or set PARLEY_TEST_POSTGRES)',
          ]
        : []),
      ...(left.includes('python3-cryptography')
        ? [
            'the second implementation: no python3 of 3.11 or newer with cryptography (the Debian package is python3-cryptography)',
          ]
        : []),
      ...(left.includes('age')
        ? ['what the page on backups says for PostgreSQL: no age on the PATH (the Debian package is age)']
        : []),
    ],
  };
}

async function install(packages: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) return;
  console.error(`parley: installing ${packages.join(' and ')} with apt-get, a minute or so, once`);
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  await apt([...options, 'update']);
  await apt([...options, 'install', '-y', '--no-install-recommends', ...packages]);
}

/** A failure shows in what is still missing afterwards. */
function apt(args: readonly string[]): Promise<void> {
  const child = spawn('apt-get', args, {
    stdio: ['ignore', 2, 2], // standard output belongs to the test run
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
}
