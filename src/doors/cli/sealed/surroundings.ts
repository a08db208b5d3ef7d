import type { Surroundings, Whose } from '../../../../device/index.ts';
import { systemClock, systemPause } from '../../../kernel/clock.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { assert, fail, ok, type Result } from '../../../kernel/result.ts';
import { passphraseKey } from '../../../kernel/sealing.ts';
import { OPERATIONS } from '../../../operations.ts';
import { isObject } from '../shape.ts';
import type { Way } from '../way.ts';

/** The command line as a device: it reaches the node as every command does, and works argon2id out itself. */
export function surroundingsOf(
  way: Way,
  as: string | undefined,
  memory: Surroundings['memory'],
): Surroundings {
  return {
    call: (name, input) => callByName(way, as, name, input),
    send: (name, input, octets) => callByName(way, as, name, input, octets),
    async take(name, input) {
      const said = await callByName(way, as, name, input);
      if (!said.ok) return said;
      assert(said.value instanceof Uint8Array, `${name} answers with octets`);
      return ok(said.value);
    },
    memory,
    random: (count) => systemRandom.bytes(count),
    argon2: passphraseKey,
    now: () => systemClock.now(),
    pause: systemPause,
  };
}

function callByName(
  way: Way,
  as: string | undefined,
  name: string,
  input: object,
  file?: Uint8Array,
): Promise<Result<unknown>> {
  const operation = OPERATIONS.find((candidate) => candidate.name === name);
  assert(operation, `a device asks for operations that there are, and ${name} is none`);
  return way.call({ operation, as, input, file, holds: true, saveAs: (it) => it });
}

/** Whose sealed data it is about. Fails with `sign-in-needed` and as `who-am-i` does. */
export async function whoseOf(way: Way, as: string | undefined): Promise<Result<Whose>> {
  const said = await callByName(way, as, 'who-am-i', {});
  if (!said.ok) return said;
  const acting = isObject(said.value) ? said.value.acting : undefined;
  if (!isObject(acting)) {
    return fail('sign-in-needed', 'This needs somebody to act as.', 'Say who with --as.');
  }
  // Whoever was named here is believed before the node.
  return ok({ home: String(acting.id), handle: as ?? String(acting.handle) });
}
