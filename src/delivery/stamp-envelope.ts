import { breathe } from '../kernel/clock.ts';
import { makeStamp } from '../network/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { readEnvelope } from './envelope.ts';

/** A stamp for one envelope, in the receiver's day; undefined when it would cost more than is paid here. */
export async function stampFor(
  deps: BaseDeps,
  octets: Uint8Array,
  bits: number,
  offset: number,
): Promise<string | undefined> {
  const envelope = readEnvelope(octets);
  if (!envelope.ok) return undefined;
  const stamped = { path: envelope.value.to, envelope: envelope.value.id };
  const made = await makeStamp(stamped, bits, deps.clock.now() + offset, { breathe });
  return made.ok ? made.value : undefined;
}
