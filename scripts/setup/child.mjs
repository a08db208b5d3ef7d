import { constants } from 'node:os';

const PATIENCE_MS = 2000;

/** What a person can put right; `exitCode` is the command's. */
export class SetupError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Standard output belongs to the command that follows. */
export function say(text) {
  process.stderr.write(`parley: ${text}\n`);
}

/** Passes signals on to the command until it ends; its exit code, or 128 + the signal that ended it. */
export async function relay(child) {
  // A terminal sends its interrupt to the whole group, the child included, and twice would mean "at once".
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const { code, signal } = await ended(child, (received) => {
    if (received !== 'SIGINT' || !atTerminal) child.kill(received);
  });
  return code ?? 128 + constants.signals[signal];
}

/** Waits for a helper; true when it did its work. An interrupt ends it soon, whatever it is at, and then us. */
export async function finish(child) {
  let interrupt;
  const { code } = await ended(child, (received) => {
    interrupt ??= received;
    child.kill(received);
    setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
  });
  if (interrupt)
    throw new SetupError(
      'interrupted; the next command goes on from here',
      128 + constants.signals[interrupt],
    );
  return code === 0;
}

function ended(child, onSignal) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  const watch = onOrphaned(() => onSignal('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  }).finally(() => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, onSignal);
  });
}

/** npm passes signals on to a shell between it and us that dies of them without telling us. */
function onOrphaned(act) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, 500).unref();
  return watch;
}
