import { answers } from './answers.ts';
import { envelopes } from './envelopes.ts';
import { forgedRecords } from './forged-records.ts';
import { foundings } from './foundings.ts';
import { identities } from './identities.ts';
import type { Attack } from './model.ts';
import { outward } from './outward.ts';
import { reconciling } from './reconciling.ts';
import { records } from './records.ts';
import { relays } from './relays.ts';
import { sealingKeys } from './sealing-keys.ts';
import { signatures } from './signatures.ts';
import { sockets } from './sockets.ts';
import { speakers } from './speakers.ts';
import { strangers } from './strangers.ts';

/** Every attack, in the order in which they are tried: later ones meet what earlier ones left. */
export const ATTACKS: readonly Attack[] = [
  ...signatures,
  ...envelopes,
  ...speakers,
  ...forgedRecords,
  ...records,
  ...sealingKeys,
  ...reconciling,
  ...foundings,
  ...identities,
  ...strangers,
  ...answers,
  ...relays,
  ...sockets,
  ...outward,
];
